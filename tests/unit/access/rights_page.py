"""What does the page of rights say? Who may do and see what, as the table answers for each role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from campaigns.acts import ACTS
from campaigns.rules.access.permissions import SIGHTS
from campaigns.rules.access.predicates import About
from campaigns.rules.access.rights import Permission
from campaigns.rules.approvals.errors import ApprovalNotAllowed
from language import Text
from language.errors import Refusal
from schemas.actors import Actor, at_console
from schemas.vocabulary import Role, Stage

PAGE: Final = Path(__file__).parents[3] / "docs/reference/rights.md"
_ROLES: Final = (Role.COORDINATOR, Role.LEADER, Role.NOMINATOR, Role.REVIEWER, Role.COUNCIL)
_HEAD: Final = """# Reference: who may do and see what

This page is made from the table in `campaigns/rules/access/permissions.py` by
`tests/unit/access/rights_page.py`, which asks it for each role; a test holds the page to it.

"yes": the role is enough. "own": it is enough for what is their own (of their unit, given to them,
about themselves). A person with several roles may what any of them may. "Who" names every way,
those too that follow from no role alone: who approves or signs a stage is said by the campaign's
playbook and by delegations ([who signs for whom](../decisions/0016-who-signs-for-whom.md)). The
operator is who types a command on the server without naming a person; whoever names one there may
what that person may.

A token of the API needs one of the scopes besides; "-" means that no token does this. A refusal
says which role it takes, or that there is no such thing for them, and nothing of how things stand
([0055](../decisions/0055-one-door-and-one-table-of-rights.md)).
"""


@dataclass(frozen=True)
class Known:
    """What is known of somebody, said outright."""

    actor: Actor
    about: About
    roles: frozenset[str] = frozenset()
    unit_id: str | None = "ours"
    stages: frozenset[Stage] = frozenset()
    """Those they may approve, and sign."""

    def approves(self, stage: Stage) -> bool:
        return stage in self.stages

    def signs(self, stage: Stage) -> bool:
        return stage in self.stages

    @property
    def is_of_standing(self) -> bool:
        return not self.roles.isdisjoint({Role.COORDINATOR, Role.LEADER})

    def roles_approving(self, _stage: Stage) -> tuple[Role, ...]:
        return (Role.LEADER,)

    def refuse_signer(self, stage: Stage) -> Refusal:
        return ApprovalNotAllowed(Text("{stage} is for others", {"stage": stage}))


FOREIGN: Final = About(
    what="A",
    unit_id="theirs",
    given_unit_id="theirs",
    owners=frozenset({"another"}),
    stage=Stage.RECOGNITION,
    is_draft=True,
)
OWN: Final = About(
    what="A",
    unit_id="ours",
    given_unit_id="ours",
    owners=frozenset({"me"}),
    stage=Stage.RECOGNITION,
    is_draft=True,
    is_to_review=True,
    is_before_council=True,
)
"""A draft: what is done after the launch follows from no role, but from who approves."""


def with_role(*roles: Role) -> Known:
    """Return somebody who holds these roles, before a thing of others."""
    return Known(Actor("me", "console"), FOREIGN, frozenset(roles))


def answer(permission: Permission, somebody: Known) -> str:
    """Return the cell: `yes` for any thing, `own` for what is their own, else nothing."""
    if permission.allows(somebody):
        return "yes"
    return "own" if permission.allows(replace(somebody, about=OWN)) else ""


def _row(name: str, permission: Permission) -> str:
    nobody = with_role()
    cells = [answer(permission, with_role(role)) for role in _ROLES]
    own = answer(permission, nobody)
    operator = answer(permission, replace(nobody, actor=at_console(), unit_id=None))
    who = "; ".join(one.name for one in permission.who)
    scopes = ", ".join(permission.scopes) or "-"
    return f"| {' | '.join((name, who, *cells, own, operator, scopes))} |"


def made() -> str:
    """Return the whole page."""
    return "\n".join(_lines()) + "\n"


def _acts() -> list[tuple[str, Permission]]:
    return [(f"`{kind.__name__}`", act.may) for kind, act in ACTS.items()]


def _sights() -> list[tuple[str, Permission]]:
    return [(sight.value, right) for sight, right in SIGHTS.items()]


def _lines() -> Iterator[str]:
    yield _HEAD
    heads = (*(role.value.capitalize() for role in _ROLES), "No role", "Operator", "Scopes")
    for title, first, rows in (
        ("Acts", "Command", _acts()),
        ("Sights", "What", _sights()),
    ):
        yield f"## {title}\n"
        yield f"| {' | '.join((first, 'Who', *heads))} |"
        yield "| --- " * (len(heads) + 2) + "|"
        yield from (_row(name, permission) for name, permission in rows)
        if title == "Acts":
            yield ""


if __name__ == "__main__":
    PAGE.write_text(made(), "utf-8")
