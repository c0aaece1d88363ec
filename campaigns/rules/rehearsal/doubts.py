"""What should a coordinator look at before signing a rehearsal off? Each doubt with its remedy.

All limits here are constructed: they ask for a look, and keep nobody from launching.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from holidays import HolidayBase, country_holidays

from campaigns.rules.deadlines.calendar import WorkingCalendar, add_months
from campaigns.rules.remarks import sentence
from language import Text, _
from schemas.outcomes import Remark
from schemas.playbook.playbook import Playbook
from schemas.views.preview import PostedMail
from schemas.vocabulary import STAGES, Word

FLOOD: Final = 5
"""Mails to one address on one day; more are a flood."""
REMINDERS: Final = 100
"""Reminders on one day in all; more are a flood as well."""
REVIEWS_EACH: Final = 60
"""Reviews of one reviewer that can be done in the weeks of an appraisal."""
_NAMED: Final = 12
_REMINDER: Final = "deadline-reminder"


@dataclass(frozen=True)
class Facts:
    """Who and what there is, as far as the doubts ask."""

    people_without_address: Sequence[str]
    units_without_address: Sequence[str]
    """Of those that are told of the launch."""
    units_without_nominator: Sequence[str]
    """Of those that may nominate."""
    places: int | None
    """Nominations that all units may send; None: no limit."""
    reviewers: int
    approvers: Mapping[str, Sequence[int]]
    """People besides the launcher who can approve, in each group of a stage's approvers."""
    too_few: Sequence[Remark]
    """Units whose nominations too few may judge, by role."""
    waits_for: str
    """Where the rehearsal could not go on; empty where it went through."""


def doubts(playbook: Playbook, facts: Facts, mails: Sequence[PostedMail]) -> list[Text]:
    """Return everything to look at, the gravest first."""
    return [
        *_unfinished(facts),
        *(sentence(one) for one in facts.too_few),
        *_unreached(facts, mails),
        *_few_approvers(playbook, facts),
        *_work(playbook, facts),
        *_floods(mails),
        *_many_reminders(mails),
        *_late_follow_ups(playbook),
    ]


def _unfinished(facts: Facts) -> Iterator[Text]:
    if facts.waits_for:
        yield _(
            "The rehearsal did not come to the end of the campaign; it stopped at: {waits_for}.",
            waits_for=facts.waits_for,
        )


def _unreached(facts: Facts, mails: Iterable[PostedMail]) -> Iterator[Text]:
    for who, found in (
        (
            facts.people_without_address,
            _("{count} people have no address and will get no mail: {who}."),
        ),
        (
            facts.units_without_address,
            _("{count} units that are to be told have no address: {who}."),
        ),
        (
            facts.units_without_nominator,
            _(
                "{count} units may nominate and have no nominator; mail goes to the unit's "
                "mailbox: {who}."
            ),
        ),
    ):
        if who:
            yield found.with_values(count=len(who), who=_named(who))
    unsent = sum(bool(mail.problem) for mail in mails)
    if unsent:
        yield _(
            "{count} mails cannot be sent: no address, or one that cannot be used.", count=unsent
        )


def _few_approvers(playbook: Playbook, facts: Facts) -> Iterator[Text]:
    for stage in STAGES:
        if playbook.calendar.of(stage) is None:
            continue
        chain = playbook.approvals.of(stage).chain
        for number, (step, have) in enumerate(
            zip(chain, facts.approvers[stage], strict=True), start=1
        ):
            if have > step.required:
                continue
            yield _(
                "Stage {stage}{step}: besides the launcher {have} people can approve and "
                "{required} must; nobody can stand in.",
                stage=Word(stage),
                step="" if len(chain) == 1 else _(", step {number}", number=number),
                have=have,
                required=step.required,
            )


def _work(playbook: Playbook, facts: Facts) -> Iterator[Text]:
    if facts.places is None:
        yield _("Some units have no quota, so the number of nominations cannot be foreseen.")
    elif playbook.rubric is not None and facts.reviewers:
        each = -(-facts.places * playbook.rubric.reviews_per_nomination // facts.reviewers)
        if each > REVIEWS_EACH:
            yield _(
                "If units use all {places} places, each reviewer has {each} reviews; appoint more "
                "or lower the quota.",
                places=facts.places,
                each=each,
            )


def _floods(mails: Iterable[PostedMail]) -> Iterator[Text]:
    by_day = Counter((mail.at.date(), mail.to_name) for mail in mails if mail.to_address)
    floods = sorted(key for key, number in by_day.items() if number > FLOOD)
    if floods:
        shown = [f"{who} ({day:%d/%m/%Y}: {by_day[day, who]})" for day, who in floods]
        yield _(
            "{count} times somebody gets more than {most} mails in a day: {who}.",
            count=len(floods),
            most=FLOOD,
            who=_named(shown),
        )


def _many_reminders(mails: Iterable[PostedMail]) -> Iterator[Text]:
    by_day = Counter(mail.at.date() for mail in mails if mail.template == _REMINDER)
    many = [
        f"{day:%d/%m/%Y}: {number}" for day, number in sorted(by_day.items()) if number > REMINDERS
    ]
    if many:
        yield _(
            "If nobody acts before the deadlines, more than {most} reminders go out on {count} "
            "days ({days}); look at `reminders` in the playbook.",
            most=REMINDERS,
            count=len(many),
            days=_named(many),
        )


def _late_follow_ups(playbook: Playbook) -> Iterator[Text]:
    dates = playbook.calendar.replication
    late = [
        months
        for months in playbook.follow_up.months
        if add_months(dates.opens.date(), months) > dates.closes.date()
    ]
    if late:
        yield _(
            "Follow-ups after {months} months fall after the end of the replication ({closes}).",
            months=", ".join(map(str, late)),
            closes=f"{dates.closes:%d/%m/%Y}",
        )


def _named(who: Sequence[str]) -> str:
    more = len(who) - _NAMED
    return ", ".join(who[:_NAMED]) + (f" … (+{more})" if more > 0 else "")


def day_remark(day: date, working: WorkingCalendar) -> str:
    """Say in Vietnamese why offices do not work on a day; empty where they do."""
    if working.is_working_day(day):
        return ""
    name = _holidays(day.year).get(day)
    return str(name) if name else "Ngày nghỉ cuối tuần"


@cache
def _holidays(year: int) -> HolidayBase:
    return country_holidays("VN", years=year, language="vi")
