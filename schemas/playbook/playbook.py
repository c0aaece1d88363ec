"""What is a campaign made of? The playbook: one YAML file that says everything a campaign needs.

Fields, subject kinds, form, eligibility rules, quotas, rubric, vote rule, calendar, approvals,
messages, decision and follow-up are data. At launch the campaign keeps an immutable snapshot with
its hash (ADR 0004). `campaigns.rules.playbook.reading` checks what one model cannot see alone.
"""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, field_validator, model_validator

from language import Language
from schemas.base import Code, Model, Text
from schemas.messages.signing import ALWAYS
from schemas.playbook.approvals import Approvals
from schemas.playbook.deadlines import LatePolicy, Reminders
from schemas.playbook.form import Form
from schemas.playbook.judging import (
    AnyRule,
    ConflictPolicy,
    NominatingPolicy,
    Quota,
    Rubric,
    VoteRule,
)
from schemas.playbook.values import Choice, Label, LocalTime, known_timezone
from schemas.vocabulary import Stage


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
    extra_holidays: tuple[date, ...] = ()
    """Days off that the Government or the province gave beside the known public holidays."""
    extra_working_days: tuple[date, ...] = ()
    """Days that are worked all the same, such as a week-end day swapped for another."""

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
        if both := set(self.extra_holidays) & set(self.extra_working_days):
            msg = f"{min(both)} is given both as a day off and as a day that is worked"
            raise ValueError(msg)
        return self


class DecisionForm(Model):
    """How the decision is numbered; the number is given at signing only, never reused."""

    issuer_unit: Code
    series: Code
    """Numbers run per series and year, from 1 on 1 January (Decree 30/2020, appendix I)."""
    number_format: Text = "{number:02d}-QĐ/{series}"
    source: Text = ""


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


TimeOfDay = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""Hours and minutes, in the campaign's zone."""


class QuietHours(Model):
    """Hours in which no mail leaves but urgent ones; they may pass midnight."""

    begins: TimeOfDay
    ends: TimeOfDay


class MessagePolicy(Model):
    """Which messages go out, when, and which wait for a coordinator's release."""

    held: tuple[Code, ...] = ("result-announced",)
    """Templates whose messages are held until released."""
    silent: tuple[Code, ...] = ()
    """Templates this campaign does not send."""
    announce_to_kinds: tuple[Code, ...] = ()
    """Unit kinds the launch is announced to; empty: every unit."""
    pledge_to_kinds: tuple[Code, ...] = ("commune",)
    """Unit kinds that are asked to replicate recognised models."""
    bundled: tuple[Code, ...] = (
        "approval-requested",
        "campaign-amended",
        "deadline-escalated",
        "deadline-extended",
        "deadline-reminder",
        "follow-up-due",
        "nomination-checked",
        "nomination-returned",
        "pledge-requested",
        "reminders-stopped",
        "result-announced",
        "result-corrected",
        "review-assigned",
        "stage-returned",
    )
    """Templates whose messages to one address, due together, leave as one mail."""
    urgent: tuple[Code, ...] = (
        "approval-requested",
        "council-invited",
        "deadline-reminder",
        "engine-alert",
        "stage-returned",
    )
    """Templates that wait neither for a daily digest nor for the end of the quiet hours."""
    digest_at: TimeOfDay = "07:30"
    """When the daily digest leaves, to those who want one."""
    quiet: QuietHours | None = None
    """Hours in which only urgent mail leaves; none where left out."""

    @property
    def at_once(self) -> tuple[Code, ...]:
        """Templates that wait for nothing: the urgent ones, and those nobody may keep back."""
        return (*self.urgent, *sorted(ALWAYS.difference(self.urgent)))


class Playbook(Model):
    """A campaign's definition, whole."""

    playbook: Code
    """Id of the playbook, e.g. `dan-van-kheo`."""
    version: int = Field(ge=1)
    name: Label
    code: Code = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$")
    """The campaign's code where none is given at creation."""
    timezone: Annotated[str, AfterValidator(known_timezone)] = "Asia/Ho_Chi_Minh"
    language: Language = "vi"
    source: Text
    """Where the rules come from, and which are constructed."""
    coordinator_unit: Code
    fields: tuple[Choice, ...] = ()
    subject_kinds: tuple[Choice, ...] = Field(min_length=1)
    form: Form
    rules: tuple[AnyRule, ...] = ()
    quota: Quota = Quota()
    nominating: NominatingPolicy = NominatingPolicy()
    late: LatePolicy = LatePolicy()
    rubric: Rubric | None = None
    conflicts: ConflictPolicy = ConflictPolicy()
    vote: VoteRule
    calendar: Calendar
    approvals: Approvals
    decision: DecisionForm
    follow_up: FollowUp = FollowUp()
    messages: MessagePolicy = MessagePolicy()
    reminders: Reminders = Reminders()

    def instant(self, local: datetime) -> datetime:
        """Turn a local time of the calendar into a point in time with the campaign's zone."""
        return local.replace(tzinfo=ZoneInfo(self.timezone))

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
            for key in rule.reads:
                wanted = getattr(rule, key)
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
        if self.late.policy == "penalty" and self.rubric is None:
            msg = "late.policy penalty takes points off, and without a rubric there are none"
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
