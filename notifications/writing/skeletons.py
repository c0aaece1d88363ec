"""What do mails of one template share? Rendered once, it is filled in for each of them.

Ten thousand receipts differ in a code, a name and a time, which stand in them as they are. What a
template only prints is left open in a skeleton; by what it looks at otherwise (in a condition, a
loop, a filter) the skeletons are told apart. The outcome is the template's own, to the character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from jinja2 import BaseLoader, Environment, nodes
from markupsafe import escape

_MARK: Final = "\0"
"""Stands around the name of an open place; `language.harmless` lets it into no value."""
_MOST: Final = 500
"""Skeletons of one part that are kept; more differ in what no two mails have in common."""
_NOT_FILLED_IN: Final = (
    nodes.AssignBlock,
    nodes.CallBlock,
    nodes.FilterBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
)
"""What may do something else with printed text than print it."""


# Who sends and who is written to stands in thousands of mails; yes is not one.
_escaped: Final = lru_cache(maxsize=1_000, typed=True)(escape)


class _Skeleton(NamedTuple):
    """A part with open places, as `%` fills them in."""

    text: str
    names: tuple[str, ...]


_NEVER_SEEN: Final = _Skeleton("", ())


class Part:
    """The subject, the text or the HTML of a mail."""

    def __init__(self, environment: Environment, name: str) -> None:
        template = environment.get_template(name)
        # A plain dict: looking through layers of globals took a third of the time of rendering.
        template.globals = dict(template.globals)
        self._render = template.render
        self._say: Callable[[Any], str] = _escaped if name.endswith(".html") else str
        self._looked_at = _looked_at(environment, name)
        self._known: dict[Hashable, _Skeleton | None] = {}

    def render(self, shown: Mapping[str, object]) -> str:
        """Return the part with these values."""
        if self._looked_at is None:
            return self._render(shown)
        key = tuple(map(_fixed, map(shown.get, self._looked_at)))
        try:
            skeleton = self._known.get(key, _NEVER_SEEN)
        except TypeError:  # a value without a hash, as a bundle has
            return self._render(shown)
        if skeleton is _NEVER_SEEN:
            self._note(key, None)
            return self._render(shown)
        if skeleton is None:
            # Seen for the second time, so there will be more.
            skeleton = self._skeleton(shown, self._looked_at)
            self._note(key, skeleton)
        say = self._say
        return skeleton.text % tuple([say(shown[name]) for name in skeleton.names])

    def _note(self, key: Hashable, skeleton: _Skeleton | None) -> None:
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[key] = skeleton

    def _skeleton(self, shown: Mapping[str, object], looked_at: frozenset[str]) -> _Skeleton:
        open_places = {
            name: value if name in looked_at else f"{_MARK}{name}{_MARK}"
            for name, value in shown.items()
        }
        pieces = self._render(open_places).replace("%", "%%").split(_MARK)
        return _Skeleton("%s".join(pieces[::2]), tuple(pieces[1::2]))


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _looked_at(environment: Environment, name: str) -> frozenset[str] | None:
    """Return the names that a template does not only print; None where that cannot be told."""
    printed: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for tree in _trees(environment, name):
        if next(tree.find_all(_NOT_FILLED_IN), None) is not None:
            return None
        used.update(one.name for one in tree.find_all(nodes.Name))
        for output in tree.find_all(nodes.Output):
            printed.update(one.name for one in output.nodes if isinstance(one, nodes.Name))
    return frozenset(used - printed)


def _trees(environment: Environment, name: str) -> Iterator[nodes.Template]:
    """Yield a template and those it extends, as Jinja reads them."""
    loader = environment.loader
    if not isinstance(loader, BaseLoader):
        msg = "templates come from a loader"
        raise TypeError(msg)
    tree = environment.parse(loader.get_source(environment, name)[0], name)
    yield tree
    for one in tree.find_all(nodes.Extends):
        yield from _trees(environment, one.template.as_const())
