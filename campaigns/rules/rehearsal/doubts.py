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
from campaigns.rules.remarks import say
from schemas.outcomes import Remark
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Label
from schemas.views.preview import PostedMail
from schemas.vocabulary import STAGES, label

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


def doubts(playbook: Playbook, facts: Facts, mails: Sequence[PostedMail]) -> list[Label]:
    """Return everything to look at, the gravest first."""
    return [
        *_unfinished(facts),
        *(Label(vi=say(one, "vi"), en=say(one, "en")) for one in facts.too_few),
        *_unreached(facts, mails),
        *_few_approvers(playbook, facts),
        *_work(playbook, facts),
        *_floods(mails),
        *_many_reminders(mails),
        *_late_follow_ups(playbook),
    ]


def _unfinished(facts: Facts) -> Iterator[Label]:
    if facts.waits_for:
        yield Label(
            vi=f"Diễn tập không đi hết được phong trào; dừng ở: {facts.waits_for}.",
            en=f"The rehearsal did not come to the end of the campaign; it stopped at: "
            f"{facts.waits_for}.",
        )


def _unreached(facts: Facts, mails: Iterable[PostedMail]) -> Iterator[Label]:
    for who, vietnamese, english in (
        (
            facts.people_without_address,
            "người chưa có địa chỉ thư, sẽ không nhận được thư",
            "people have no address and will get no mail",
        ),
        (
            facts.units_without_address,
            "đơn vị được thông báo nhưng chưa có địa chỉ thư",
            "units that are to be told have no address",
        ),
        (
            facts.units_without_nominator,
            "đơn vị được đề cử nhưng chưa có người đề cử; thư gửi vào hộp thư đơn vị",
            "units may nominate and have no nominator; mail goes to the unit's mailbox",
        ),
    ):
        if who:
            yield Label(
                vi=f"{len(who)} {vietnamese}: {_named(who)}.",
                en=f"{len(who)} {english}: {_named(who)}.",
            )
    unsent = sum(bool(mail.problem) for mail in mails)
    if unsent:
        yield Label(
            vi=f"{unsent} thư không gửi được vì thiếu hoặc sai địa chỉ.",
            en=f"{unsent} mails cannot be sent: no address, or one that cannot be used.",
        )


def _few_approvers(playbook: Playbook, facts: Facts) -> Iterator[Label]:
    for stage in STAGES:
        if playbook.calendar.of(stage) is None:
            continue
        chain = playbook.approvals.of(stage).chain
        for number, (step, have) in enumerate(
            zip(chain, facts.approvers[stage], strict=True), start=1
        ):
            if have > step.required:
                continue
            name, is_one = label(stage, "vi"), len(chain) == 1
            yield Label(
                vi=f"Giai đoạn {name}{'' if is_one else f', bước {number}'}: ngoài người phát động "
                f"chỉ có {have} người phê duyệt được, cần {step.required}; không có ai thay khi "
                "vắng.",
                en=f"Stage {stage}{'' if is_one else f', step {number}'}: besides the launcher "
                f"{have} people can approve and {step.required} must; nobody can stand in.",
            )


def _work(playbook: Playbook, facts: Facts) -> Iterator[Label]:
    if facts.places is None:
        yield Label(
            vi="Có đơn vị không bị giới hạn chỉ tiêu; không ước được số hồ sơ.",
            en="Some units have no quota, so the number of nominations cannot be foreseen.",
        )
    elif playbook.rubric is not None and facts.reviewers:
        each = -(-facts.places * playbook.rubric.reviews_per_nomination // facts.reviewers)
        if each > REVIEWS_EACH:
            yield Label(
                vi=f"Nếu các đơn vị dùng hết {facts.places} chỉ tiêu, mỗi người thẩm định chấm "
                f"{each} phiếu; thêm người hoặc giảm chỉ tiêu.",
                en=f"If units use all {facts.places} places, each reviewer has {each} reviews; "
                "appoint more or lower the quota.",
            )


def _floods(mails: Iterable[PostedMail]) -> Iterator[Label]:
    by_day = Counter((mail.at.date(), mail.to_name) for mail in mails if mail.to_address)
    floods = sorted(key for key, number in by_day.items() if number > FLOOD)
    if floods:
        shown = [f"{who} ({day:%d/%m/%Y}: {by_day[day, who]})" for day, who in floods]
        yield Label(
            vi=f"{len(floods)} lần một người nhận quá {FLOOD} thư trong một ngày: {_named(shown)}.",
            en=f"{len(floods)} times somebody gets more than {FLOOD} mails in a day: "
            f"{_named(shown)}.",
        )


def _many_reminders(mails: Iterable[PostedMail]) -> Iterator[Label]:
    by_day = Counter(mail.at.date() for mail in mails if mail.template == _REMINDER)
    many = [
        f"{day:%d/%m/%Y}: {number}" for day, number in sorted(by_day.items()) if number > REMINDERS
    ]
    if many:
        yield Label(
            vi=f"Nếu không ai làm trước hạn, có {len(many)} ngày gửi quá {REMINDERS} thư nhắc "
            f"({_named(many)}); xem mục `reminders` của kịch bản.",
            en=f"If nobody acts before the deadlines, more than {REMINDERS} reminders go out on "
            f"{len(many)} days ({_named(many)}); look at `reminders` in the playbook.",
        )


def _late_follow_ups(playbook: Playbook) -> Iterator[Label]:
    dates = playbook.calendar.replication
    late = [
        months
        for months in playbook.follow_up.months
        if add_months(dates.opens.date(), months) > dates.closes.date()
    ]
    if late:
        said = ", ".join(map(str, late))
        yield Label(
            vi=f"Mốc theo dõi {said} tháng rơi sau ngày kết thúc nhân rộng "
            f"({dates.closes:%d/%m/%Y}).",
            en=f"Follow-ups after {said} months fall after the end of the replication "
            f"({dates.closes:%d/%m/%Y}).",
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
