"""What is a campaign made of? The playbook: one YAML file that says everything a campaign needs.

Fields, subject kinds, form, eligibility rules, quotas, rubric, vote rule, calendar, approvals,
messages, decision and follow-up are data. At launch the campaign keeps an immutable snapshot with
its hash (ADR 0004). `campaigns.rules.playbooks` checks what one model cannot see alone.
"""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    field_validator,
    model_validator,
)

from schemas.base import Code, Model, Text
from schemas.playbook_form import Form
from schemas.vocabulary import Language, Role, Severity, Stage


def _share(value: object) -> Fraction:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as error:
        msg = "write a share as 2/3 or 0.7"
        raise ValueError(msg) from error
    if not 0 < share <= 1:
        msg = "a share is above 0 and at most 1"
        raise ValueError(msg)
    return share


Share = Annotated[
    Fraction,
    PlainValidator(_share, json_schema_input_type=str | float),
    PlainSerializer(str, return_type=str),
]
"""A share of a whole, above 0 and at most 1, as `2/3` or `0.7`; compared exactly, never rounded."""


def _known_timezone(name: str) -> str:
    if name not in available_timezones():
        msg = f"unknown time zone {name!r}; use an IANA name such as Asia/Ho_Chi_Minh"
        raise ValueError(msg)
    return name


def _local(value: datetime) -> datetime:
    if value.tzinfo is not None:
        msg = "write local time of the campaign's zone, without an offset"
        raise ValueError(msg)
    return value


LocalTime = Annotated[datetime, AfterValidator(_local)]
"""A time in the campaign's zone; `Playbook.instant` turns it into a point in time."""


class Label(Model):
    """Words people read, in Vietnamese and, where given, in English."""

    vi: Text
    en: Text = ""

    def say(self, language: Language) -> str:
        """Return the words in `language`; Vietnamese where there is no English."""
        return self.en if language == "en" and self.en else self.vi


class Choice(Model):
    """A field or a subject kind: its id in data, its name on paper."""

    id: Code
    name: Label


# --- Eligibility -------------------------------------------------------------------------------


class Rule(Model):
    """What every eligibility rule states about itself, whatever it checks."""

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


class SubmittedByDeadline(Rule):
    """The nomination arrived by the deadline of its unit."""

    check: Literal["submitted_by_deadline"]


class RankWithinQuota(Rule):
    """The rank its unit gave the nomination is within the unit's quota.

    A nomination that is rejected for another reason does not free its place.
    """

    check: Literal["rank_within_quota"]


class AnswerIs(Rule):
    """A yes/no box of the form has the wanted answer."""

    check: Literal["answer_is"]
    item: Code
    value: bool = True


class RunningSince(Rule):
    """The work began at least `months` months before the cut-off date."""

    check: Literal["running_since"]
    item: Code
    months: int = Field(ge=0)
    before: date
    """The cut-off date."""


class AtLeast(Rule):
    """A number of the form is at least `minimum`; an empty box passes (no survey was held)."""

    check: Literal["at_least"]
    item: Code
    minimum: Decimal


class CaseClosed(Rule):
    """No open case (discipline, inspection, complaint, press): opened and not yet closed."""

    check: Literal["case_closed"]
    opened: Code
    closed: Code


class NotRecognisedBefore(Rule):
    """No model of the same name by the same unit was recognised in earlier years."""

    check: Literal["not_recognised_before"]


AnyRule = Annotated[
    SubmittedByDeadline
    | RankWithinQuota
    | AnswerIs
    | RunningSince
    | AtLeast
    | CaseClosed
    | NotRecognisedBefore,
    Field(discriminator="check"),
]


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


Denominator = Literal["all_members", "present", "present_or_written"]


class VoteRule(Model):
    """Quorum and majority of the council (domain 2.4 lists the rules seen)."""

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


# --- Calendar, approvals, papers ---------------------------------------------------------------


class StageDates(Model):
    """When a stage opens, closes, and its approval is due (local time)."""

    opens: LocalTime
    closes: LocalTime
    approval: LocalTime

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.opens <= self.closes <= self.approval:
            msg = "a stage opens, then closes, then is approved"
            raise ValueError(msg)
        return self


class SessionDate(Model):
    """One sitting of the council."""

    number: int = Field(ge=1)
    starts: LocalTime


class Calendar(Model):
    """The dates of the five stages, the council's sessions, and the release of results."""

    launch: StageDates
    nomination: StageDates
    appraisal: StageDates | None = None
    """None: the campaign has no scoring; what is eligible goes straight to the council."""
    recognition: StageDates
    replication: StageDates
    sessions: tuple[SessionDate, ...] = Field(min_length=1)
    results_released: LocalTime

    def of(self, stage: Stage) -> StageDates | None:
        """Return the dates of one stage."""
        dates: StageDates | None = getattr(self, stage.value)
        return dates

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        stages = [dates for stage in Stage if (dates := self.of(stage))]
        for earlier, later in pairwise(stages):
            if later.opens < earlier.opens:
                msg = "a stage opens before the one it follows"
                raise ValueError(msg)
        numbers = [session.number for session in self.sessions]
        if len(set(numbers)) != len(numbers):
            msg = "a session number stands twice"
            raise ValueError(msg)
        return self


class ApprovalPolicy(Model):
    """Who approves a stage, and how many of them."""

    roles: tuple[Role, ...] = Field(min_length=1)
    required: int = Field(default=1, ge=1)


class Approvals(Model):
    """The approval of each stage. The launcher may never approve alone."""

    launch: ApprovalPolicy
    nomination: ApprovalPolicy
    appraisal: ApprovalPolicy
    recognition: ApprovalPolicy
    replication: ApprovalPolicy

    def of(self, stage: Stage) -> ApprovalPolicy:
        """Return the policy of one stage."""
        policy: ApprovalPolicy = getattr(self, stage.value)
        return policy


class DecisionForm(Model):
    """How the decision is numbered; the number is given at signing only, never reused."""

    issuer_unit: Code
    series: Code
    """Numbers run per series and year, from 1 on 1 January (Decree 30/2020, appendix I)."""
    number_format: Text = "{number:02d}-QĐ/{series}"
    source: Text = ""


class LatePolicy(Model):
    """What happens to a nomination after the deadline."""

    policy: Literal["reject", "accept_and_flag"] = "reject"
    grace_minutes: int = Field(default=0, ge=0)
    """Hidden: never announced; within it a nomination counts as on time and is marked late."""


class FollowUp(Model):
    """When a replication is followed up, in months after its commitment."""

    months: tuple[int, ...] = (3, 6, 12)

    @field_validator("months")
    @classmethod
    def _rising(cls, months: tuple[int, ...]) -> tuple[int, ...]:
        if list(months) != sorted(set(months)) or (months and months[0] < 1):
            msg = "months must rise, from 1 on"
            raise ValueError(msg)
        return months


class MessagePolicy(Model):
    """Which messages go out, and which wait for a coordinator's release."""

    held: tuple[Code, ...] = ("result-announced",)
    """Templates whose messages are held until released."""
    silent: tuple[Code, ...] = ()
    """Templates this campaign does not send."""
    announce_to_kinds: tuple[Code, ...] = ()
    """Unit kinds the launch is announced to; empty: every unit."""
    pledge_to_kinds: tuple[Code, ...] = ("commune",)
    """Unit kinds that are asked to replicate recognised models."""


class Playbook(Model):
    """A campaign's definition, whole."""

    playbook: Code
    """Id of the playbook, e.g. `dan-van-kheo`."""
    version: int = Field(ge=1)
    name: Label
    code: Code = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$")
    """The campaign's code where none is given at creation."""
    timezone: Annotated[str, AfterValidator(_known_timezone)] = "Asia/Ho_Chi_Minh"
    language: Language = "vi"
    source: Text
    """Where the rules come from, and which are constructed."""
    coordinator_unit: Code
    fields: tuple[Choice, ...] = ()
    subject_kinds: tuple[Choice, ...] = Field(min_length=1)
    form: Form
    rules: tuple[AnyRule, ...] = ()
    quota: Quota = Quota()
    late: LatePolicy = LatePolicy()
    rubric: Rubric | None = None
    vote: VoteRule
    calendar: Calendar
    approvals: Approvals
    decision: DecisionForm
    follow_up: FollowUp = FollowUp()
    messages: MessagePolicy = MessagePolicy()

    def instant(self, local: datetime) -> datetime:
        """Turn a local time of the calendar into a point in time with the campaign's zone."""
        return local.replace(tzinfo=ZoneInfo(self.timezone))

    def end_of_day(self, day: date) -> datetime:
        """Return the last second of a day in the campaign's zone."""
        return self.instant(datetime.combine(day, time(23, 59, 59)))

    def choice_of(self, choices: Literal["fields", "subject_kinds"], key: str) -> str:
        """Return the Vietnamese name of a field or subject kind; an unknown id as it is."""
        found: tuple[Choice, ...] = getattr(self, choices)
        return next((choice.name.vi for choice in found if choice.id == key), key)

    @model_validator(mode="before")
    @classmethod
    def _plain_names(cls, data: Any) -> Any:  # noqa: ANN401 - raw YAML, before validation
        """Accept a plain Vietnamese string wherever a label is asked."""
        return _labelled(data)

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        items = {item.id for item in self.form.items}
        for rule in self.rules:
            for key in ("item", "opened", "closed"):
                wanted = getattr(rule, key, None)
                if wanted is not None and wanted not in items:
                    msg = f"rule {rule.id}: the form has no item {wanted!r}"
                    raise ValueError(msg)
        for name, ids in (
            ("rule", [rule.id for rule in self.rules]),
            ("field", [field.id for field in self.fields]),
            ("subject kind", [kind.id for kind in self.subject_kinds]),
        ):
            if len(set(ids)) != len(ids):
                msg = f"a {name} id stands twice"
                raise ValueError(msg)
        if (self.rubric is None) != (self.calendar.appraisal is None):
            msg = "rubric and calendar.appraisal belong together: give both or neither"
            raise ValueError(msg)
        return self


_LABEL_KEYS = frozenset({"name", "reason", "remedy", "header", "note"})


def _labelled(data: Any) -> Any:  # noqa: ANN401 - raw YAML, before validation
    if isinstance(data, dict):
        return {
            key: {"vi": value}
            if key in _LABEL_KEYS and isinstance(value, str)
            else _labelled(value)
            for key, value in data.items()
        }
    if isinstance(data, list | tuple):
        return [_labelled(item) for item in data]
    return data
