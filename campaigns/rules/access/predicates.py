"""Which facts decide whether somebody may? Predicates, each named as it is spoken of.

A predicate asks about the *person* (which roles today), about the *thing* (whose it is), or about
the *situation* (a draft, a campaign that runs). What a refusal says depends on which of them fails:
who has no role learns which role it takes; a thing that is not theirs is not there for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

from campaigns.rules.access.errors import ThingNotFound, UnitNotYours
from campaigns.rules.registers.errors import SecondPersonMissing
from language.errors import Refusal
from schemas.actors import Actor
from schemas.vocabulary import Role, Stage

Kind = Literal["person", "thing", "situation"]


class About(NamedTuple):
    """What an act or a look is about, as far as a right depends on it."""

    what: str = ""
    """Its code, as a refusal names it."""
    unit_id: str | None = None
    """The unit that nominates it; None: there is no such thing."""
    given_unit_id: str | None = None
    """The unit that somebody says they nominate for."""
    owners: frozenset[str] = frozenset()
    """People whose own it is."""
    stage: Stage | None = None
    is_to_review: bool = False
    """It is, or was, before the reviewers."""
    is_before_council: bool = False
    is_draft: bool = False
    """The campaign is not launched yet."""


class Facts(Protocol):
    """What is known of who acts, today, and of what they act on."""

    @property
    def actor(self) -> Actor:
        """Who acts, and by which way they came."""
        ...

    @property
    def about(self) -> About:
        """What it is about."""
        ...

    @property
    def roles(self) -> frozenset[str]:
        """The roles the person holds today."""
        ...

    @property
    def unit_id(self) -> str | None:
        """The person's unit; None: nobody has this id."""
        ...

    def approves(self, stage: Stage) -> bool:
        """Say whether the person may approve a stage today in their own right."""
        ...

    def signs(self, stage: Stage) -> bool:
        """Say whether the person has any right to a stage: new, abstained from, or passed on."""
        ...

    @property
    def is_of_standing(self) -> bool:
        """Whether they coordinate or lead by an appointment that does not rest any more."""
        ...

    def roles_approving(self, stage: Stage) -> tuple[Role, ...]:
        """Return the roles by which a stage is approved."""
        ...

    def refuse_signer(self, stage: Stage) -> Refusal:
        """Return what is said to who has no right to a stage."""
        ...


@dataclass(frozen=True)
class Predicate:
    """One named question, answered by facts."""

    name: str
    holds: Callable[[Facts], bool]
    kind: Kind = "person"
    roles: Callable[[Facts], Iterable[Role]] = lambda _facts: ()
    """By which roles a person passes; they are named in a refusal."""
    refusal: Callable[[Facts], Refusal] | None = None
    """What is said where this alone fails; None: which roles it takes."""

    def __and__(self, other: Predicate) -> Alternative:
        """Ask both."""
        return Alternative((self, other))


@dataclass(frozen=True)
class Alternative:
    """Predicates that must hold together."""

    predicates: tuple[Predicate, ...]

    def __and__(self, other: Predicate) -> Alternative:
        """Ask one more."""
        return Alternative((*self.predicates, other))

    @property
    def name(self) -> str:
        """Its predicates, as the reference page lists them."""
        return " and ".join(one.name for one in self.predicates)

    def of(self, kind: Kind) -> list[Predicate]:
        """Return the predicates of a kind."""
        return [one for one in self.predicates if one.kind == kind]


def _role(role: Role) -> Predicate:
    return Predicate(role.value, lambda facts: role in facts.roles, roles=lambda _: (role,))


coordinator: Final = _role(Role.COORDINATOR)
leader: Final = _role(Role.LEADER)
nominator: Final = _role(Role.NOMINATOR)
reviewer: Final = _role(Role.REVIEWER)
council: Final = _role(Role.COUNCIL)

any_role: Final = Predicate(
    "anybody with a role",
    lambda facts: not facts.roles.isdisjoint(Role),
    roles=lambda _facts: tuple(Role),
)
concerned: Final = Predicate(
    "whoever is asked or has decided",
    lambda facts: facts.actor.person_id in facts.about.owners,
    kind="thing",
)
themselves: Final = Predicate(
    "the person concerned",
    lambda facts: facts.unit_id is not None and facts.about.owners == {facts.actor.person_id},
    kind="thing",
)
anybody: Final = Predicate("any person of the register", lambda facts: facts.unit_id is not None)
second_person: Final = Predicate(
    "coordinator or leader of longer standing",
    lambda facts: facts.is_of_standing,
    refusal=lambda facts: SecondPersonMissing(facts.actor.person_id),
)
"""That they neither made nor gain by it is a rule of the matter."""
console: Final = Predicate(
    "the operator at the console",
    lambda facts: facts.actor.how == "console" and not facts.actor.person_id,
)
engine: Final = Predicate("the engine", lambda facts: facts.actor.how == "system")


def approver_of(stage: Stage) -> Predicate:
    """Ask for who may approve a stage in their own right."""
    return Predicate(
        f"approver of the {stage} stage",
        lambda facts: facts.approves(stage),
        roles=lambda facts: facts.roles_approving(stage),
    )


def _of_the_stage(facts: Facts) -> Stage:
    if facts.about.stage is None:
        msg = "the act is about no stage"
        raise ValueError(msg)
    return facts.about.stage


signer_of_the_stage: Final = Predicate(
    "signer of the stage",
    lambda facts: facts.signs(_of_the_stage(facts)),
    refusal=lambda facts: facts.refuse_signer(_of_the_stage(facts)),
)
"""Whether they may sign *now* is told by the approval's own rules: whose turn it is, who signed."""

of_own_unit: Final = Predicate(
    "of their own unit",
    lambda facts: facts.about.unit_id is not None and facts.about.unit_id == facts.unit_id,
    kind="thing",
    refusal=lambda facts: ThingNotFound(facts.about.what),
)
for_own_unit: Final = Predicate(
    "for their own unit",
    lambda facts: facts.about.given_unit_id == facts.unit_id,
    kind="thing",
    refusal=lambda facts: UnitNotYours(facts.unit_id or ""),
)
new_or_of_own_unit: Final = Predicate(
    "new, or of their own unit",
    lambda facts: facts.about.unit_id in {None, facts.unit_id},
    kind="thing",
    refusal=lambda facts: ThingNotFound(facts.about.what),
)
before_council: Final = Predicate(
    "before the council",
    lambda facts: facts.about.is_before_council,
    kind="thing",
    refusal=lambda facts: ThingNotFound(facts.about.what),
)
to_review: Final = Predicate(
    "given to reviewers",
    lambda facts: facts.about.is_to_review,
    kind="thing",
    refusal=lambda facts: ThingNotFound(facts.about.what),
)

of_a_draft: Final = Predicate(
    "before the launch", lambda facts: facts.about.is_draft, kind="situation"
)
of_a_launched: Final = Predicate(
    "after the launch", lambda facts: not facts.about.is_draft, kind="situation"
)
