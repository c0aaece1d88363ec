"""What may go wrong with an amendment, and what to do then?"""

from __future__ import annotations

from collections.abc import Sequence

from language import N_, _
from language.errors import Kind, Refusal
from schemas.playbook.problems import PlaybookProblem


class PlaybookInvalid(Refusal):
    """A playbook breaks its schema; `problems` names every place, the text one per line."""

    kind = Kind.INVALID
    message = "{problem}"

    def __init__(self, problem: object, problems: Sequence[PlaybookProblem] = ()) -> None:
        self.problems = tuple(problems)
        super().__init__(problem=problem)


class PlaybookNotFound(Refusal):
    """No playbook of this name or path; `nearest` is the name that was probably meant."""

    kind = Kind.NOT_FOUND
    message = "{problem}"
    remedy = N_("or give the path of a YAML file.")

    def __init__(self, name: str, known: Sequence[str], nearest: str | None = None) -> None:
        problem = (
            _(
                "There is no playbook {name!r}. Did you mean {nearest!r}? Known: {known}.",
                nearest=nearest,
            )
            if nearest
            else _("There is no playbook {name!r}. Known: {known}.")
        )
        super().__init__(problem=problem.with_values(name=name, known=", ".join(known)))
