"""How does a page speak its reader's language? By the catalogue, with Jinja's extension `i18n`.

A template writes `{{ _("State") }}`, or `{% trans %}` around longer text; whoever renders it passes
the `language`.
"""

from __future__ import annotations

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from language.catalogue import Catalogue, catalogue_of


def speak(environment: Environment) -> None:
    """Let templates of an environment mark their sentences."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        _gettext, _ngettext, newstyle=True, pgettext=_pgettext, npgettext=_npgettext
    )


def _known(context: Context) -> Catalogue:
    return catalogue_of(context["language"])


@pass_context
def _gettext(context: Context, message: str) -> str:
    return _known(context).gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, number: int) -> str:
    return _known(context).ngettext(one, many, number)


@pass_context
def _pgettext(context: Context, meaning: str, message: str) -> str:
    return _known(context).pgettext(meaning, message)


@pass_context
def _npgettext(context: Context, meaning: str, one: str, many: str, number: int) -> str:
    return _known(context).npgettext(meaning, one, many, number)
