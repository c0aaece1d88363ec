"""How does a campaign judge? Eligibility rules, quotas, rubric and vote rule, as data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from schemas.base import Code, Model, Text
from schemas.playbook.form import ItemType
from schemas.playbook.values import Label, Share
from schemas.vocabulary import Severity

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

# --- Eligibility -------------------------------------------------------------------------------


class Rule(Model):
    """What every eligibility rule states about itself, whatever it checks.

    Its kinds are in `campaigns.rules.eligibility`, one file each.
    """

    reads: ClassVar[Mapping[str, tuple[ItemType, ...]]] = {}
    """Parameters of the kind that name a box of the form, and the types of box each can read."""

    id: Code
    """Names the rule in findings and reports, e.g. `no_party_opinion`."""
    version: int = Field(default=1, ge=1)
    severity: Severity = Severity.BLOCK
    source: Text
    """Law, article or local document the rule comes from; `constructed` where there is none."""
    reason: Label
    """What a nominator reads when the rule finds something."""
    remedy: Label = Label(vi="")
    """What would mend it."""
    correctable: bool = False
    """Before the deadline the nomination is returned once for correction instead of decided."""


class RuleKindsMissing(RuntimeError):
    """A playbook was to be read before the kinds of its rules were known."""

    def __init__(self) -> None:
        super().__init__(
            "No rule kind is registered, so no playbook can be read: import "
            "campaigns.rules.eligibility first."
        )


class RuleKindUnfit(RuntimeError):
    """A rule kind cannot be registered: it has no name of its own, or it comes too late."""


_KINDS: Final[dict[str, type[Rule]]] = {}


def register(kinds: Iterable[type[Rule]]) -> None:
    """Make the rule kinds known by the word of their `check`, in the order pages show them.

    Called once, with every kind there is: a kind that came later would be missing in the schema
    of the playbooks read before. The kinds stand a floor above, since they decide.

    Raises `RuleKindUnfit`.
    """
    if _KINDS:
        msg = "The rule kinds are registered already; name every kind in one tuple."
        raise RuleKindUnfit(msg)
    named: dict[str, type[Rule]] = {}
    for kind in kinds:
        name = name_of(kind)
        if name in named:
            msg = f"{named[name].__name__} and {kind.__name__} are both named {name!r}."
            raise RuleKindUnfit(msg)
        named[name] = kind
    _KINDS.update(named)


def name_of(kind: type[Rule]) -> str:
    """Return the one word of the kind's `check`.

    Raises `RuleKindUnfit` where there is none.
    """
    field = kind.model_fields.get("check")
    match get_args(field.annotation) if field else ():
        case (str(name),):
            return name
    msg = f'{kind.__name__} has no name; give it `check: Literal["its_name"]`.'
    raise RuleKindUnfit(msg)


def rule_kinds() -> Mapping[str, type[Rule]]:
    """Return every rule kind by its name, the word of `check`.

    Raises `RuleKindsMissing`.
    """
    if not _KINDS:
        raise RuleKindsMissing
    return _KINDS


class _ReadByKind:
    """Has Pydantic read a rule as the kind that its `check` names."""

    def __get_pydantic_core_schema__(
        self, _source: object, handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        kinds: Any = reduce(or_, rule_kinds().values())
        return handler.generate_schema(Annotated[kinds, Field(discriminator="check")])


AnyRule = Annotated[Rule, _ReadByKind()]
"""A rule of any registered kind."""


class Quota(Model):
    """How many nominations a unit may send, by its kind. `None`: no limit."""

    per_unit_kind: dict[str, int] = Field(default_factory=dict)
    other: int | None = None
    """For every kind that is not named."""
    not_nominating: tuple[Code, ...] = ()
    """Unit kinds that do not nominate themselves; the announcement tells them no quota."""

    def for_kind(self, unit_kind: str) -> int | None:
        """Return the number of places of a unit of this kind."""
        return self.per_unit_kind.get(unit_kind, self.other)

    @property
    def is_limited(self) -> bool:
        """Whether any unit has a number of places."""
        return self.other is not None or bool(self.per_unit_kind)

    def nominates(self, unit_kind: str) -> bool:
        """Say whether a unit of this kind nominates itself: it has places, or nobody is limited."""
        if unit_kind in self.not_nominating:
            return False
        return not self.is_limited or bool(self.for_kind(unit_kind))


class NominatingPolicy(Model):
    """For whom a unit may nominate; what is outside is refused when it comes in.

    By default a unit may nominate for any. With `own_and_below` it nominates for itself, for units
    below it, and people, households and collectives that belong to one of these; the register of
    the day of submission counts, and a unit that ceased is where its successor is.
    """

    own_and_below: bool = False
    """A unit nominates only for itself and for units below it."""
    anywhere: tuple[Code, ...] = ()
    """Unit kinds that may nominate for any all the same, such as agencies of one line of work."""


# --- Appraisal and vote ------------------------------------------------------------------------


class Criterion(Model):
    """One line of the rubric."""

    code: Code
    name: Label
    maximum: Decimal = Field(gt=0)


class Rubric(Model):
    """How reviewers score, and how many of them."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    step: Decimal = Field(default=Decimal("0.5"), gt=0)
    reviews_per_nomination: int = Field(default=5, ge=1)
    disagreement: Share = Fraction(2, 5)
    """A line whose scores spread over more than this share of its maximum is flagged."""
    trim_from: int | None = 7
    """From this many reviews on, the highest and the lowest total are left out."""
    minimum_total: Decimal | None = None
    """Cut-off for the shortlist; none: every appraised nomination goes to the council."""

    @property
    def total(self) -> Decimal:
        """The highest possible total."""
        return sum((line.maximum for line in self.criteria), Decimal(0))

    @model_validator(mode="after")
    def _steps_fit(self) -> Self:
        codes = [line.code for line in self.criteria]
        if len(set(codes)) != len(codes):
            msg = "a criterion code stands twice"
            raise ValueError(msg)
        for line in self.criteria:
            if line.maximum % self.step:
                msg = f"maximum {line.maximum} of {line.code} is not a multiple of {self.step}"
                raise ValueError(msg)
        return self


class ConflictPolicy(Model):
    """Who is too near to a nomination to score it or vote on it.

    Always: people of the unit that nominated, of the unit whose model it is, of those that came
    before or after them, and whoever has an address of theirs. A unit above or below counts only
    where it is named here: a board of the province is above everybody.
    """

    also: tuple[Literal["parent", "child"], ...] = ()
    """`parent`: people of the units directly above; `child`: of those directly below."""


Denominator = Literal["all_members", "present", "present_or_written"]


class VoteRule(Model):
    """Quorum and majority of the council (sources V1 to V7 list the rules seen)."""

    quorum: Share
    """Share of all members who must be present in the session."""
    threshold: Share
    """Share of the denominator that must vote yes."""
    strictly_more: bool = False
    """`more than half` instead of `at least half`."""
    denominator: Denominator = "all_members"
    ballot: Literal["open", "secret"] = "open"
    written: bool = True
    """A member who is away may send a written ballot, and it is counted."""
    conflict: Literal["blank"] = "blank"
    """A member of the nominating unit casts no yes or no; the denominator does not shrink."""
    source: Text
