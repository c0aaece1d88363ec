"""What is launched? Dates, units, conditions, scores and votes, in lines for who approves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from campaigns.services.registers.directory import Directory
from campaigns.store.transaction import Transaction
from language import Language
from schemas.playbook.playbook import Playbook
from schemas.playbook.values import Label
from schemas.vocabulary import STAGES, Stage, label

Line = tuple[Label, str]
_CODE = Label(vi="bằng liên kết thì cần thêm mã dùng một lần", en="by a link, with a one-time code")


def plan(tx: Transaction, language: Language) -> tuple[tuple[str, str], ...]:
    """Return what the playbook's snapshot and the registers say, as (label, value), in order."""
    playbook = tx.playbook
    lines = (
        *_dates(playbook),
        *_units(tx, language),
        *_choices(playbook, language),
        *_conditions(playbook, language),
        *_scores(playbook, language),
        *_votes(playbook, language),
        *_approvals(playbook, language),
    )
    return tuple((one.say(language), value) for one, value in lines)


def _dates(playbook: Playbook) -> Iterator[Line]:
    for name in STAGES[1:]:
        dates = playbook.calendar.of(Stage(name))
        if dates is not None:
            stage = Label(vi=label(name, "vi"), en=label(name, "en"))
            yield stage, f"{_at(dates.opens)} – {_at(dates.closes)} ({playbook.timezone})"
    for one in playbook.calendar.sessions:
        session = Label(vi=f"Họp hội đồng, phiên {one.number}", en=f"Council session {one.number}")
        yield session, _at(one.starts)
    released = Label(vi="Công bố kết quả", en="Results released")
    yield released, _at(playbook.calendar.results_released)
    months = ", ".join(map(str, playbook.follow_up.months))
    if months:
        followed = Label(vi="Kiểm tra nhân rộng sau (tháng)", en="Replication followed up (months)")
        yield followed, months


def _at(local: datetime) -> str:
    return f"{local:%d/%m/%Y %H:%M}"


def _units(tx: Transaction, language: Language) -> Iterator[Line]:
    playbook, units = tx.playbook, Directory(tx).active_units.values()
    kinds = playbook.messages.announce_to_kinds
    told = sum(not kinds or unit.kind in kinds for unit in units)
    yield Label(vi="Đơn vị được thông báo", en="Units told"), str(told)
    able = [unit for unit in units if unit.kind not in playbook.quota.not_nominating]
    yield Label(vi="Đơn vị được đề cử", en="Units that may nominate"), str(len(able))
    if playbook.nominating.own_and_below:
        free = sum(unit.kind in playbook.nominating.anywhere for unit in able)
        scope = Label(vi="Phạm vi đề cử", en="Who may be nominated")
        said = Label(vi="đơn vị mình và cấp dưới", en="own unit and units below")
        some = Label(vi=f"; mọi nơi: {free} đơn vị", en=f"; any: {free} units")
        yield scope, said.say(language) + (some.say(language) if free else "")
    places = [playbook.quota.for_kind(unit.kind) for unit in able]
    if None not in places:
        quota = Label(vi="Tổng chỉ tiêu", en="Quota in all")
        yield quota, str(sum(filter(None, places)))


def _choices(playbook: Playbook, language: Language) -> Iterator[Line]:
    for name, found in (
        (Label(vi="Lĩnh vực", en="Fields"), playbook.fields),
        (Label(vi="Đối tượng", en="Kinds of subject"), playbook.subject_kinds),
    ):
        if found:
            yield name, "; ".join(one.name.say(language) for one in found)


def _conditions(playbook: Playbook, language: Language) -> Iterator[Line]:
    for number, rule in enumerate(playbook.rules, start=1):
        name = Label(
            vi=f"Loại hoặc tạm hoãn khi ({number})", en=f"Turned down or held when ({number})"
        )
        yield name, rule.reason.say(language)


def _scores(playbook: Playbook, language: Language) -> Iterator[Line]:
    rubric = playbook.rubric
    if rubric is None:
        return
    for line in rubric.criteria:
        name = Label(vi=f"Tiêu chí {line.code}", en=f"Criterion {line.code}")
        most = Label(vi=f"tối đa {line.maximum:f} điểm", en=f"at most {line.maximum:f}")
        yield name, f"{line.name.say(language)}: {most.say(language)}"
    total = Label(vi="Thang điểm", en="Points in all")
    yield total, f"{rubric.total:f}"
    if rubric.minimum_total is not None:
        yield Label(vi="Điểm tối thiểu", en="Points needed"), f"{rubric.minimum_total:f}"
    each = Label(vi="Phiếu chấm mỗi hồ sơ", en="Reviews of each nomination")
    yield each, str(rubric.reviews_per_nomination)


def _votes(playbook: Playbook, language: Language) -> Iterator[Line]:
    vote = playbook.vote
    more = Label(vi="trên", en="more than") if vote.strictly_more else Label(vi="từ", en="at least")
    ballot = (
        Label(vi="bỏ phiếu kín", en="by secret ballot")
        if vote.ballot == "secret"
        else Label(vi="biểu quyết công khai", en="by open vote")
    )
    of_whom = {
        "all_members": Label(vi="tổng số thành viên", en="all members"),
        "present": Label(vi="số thành viên có mặt", en="members present"),
        "present_or_written": Label(
            vi="số thành viên có mặt hoặc gửi phiếu", en="members present or voting in writing"
        ),
    }[vote.denominator]
    yield (
        Label(vi="Hội đồng thông qua khi", en="The council passes it with"),
        f"{more.say(language)} {vote.threshold} {of_whom.say(language)}, {ballot.say(language)}",
    )
    yield Label(vi="Số thành viên phải có mặt", en="Quorum"), f"≥ {vote.quorum}"


def _approvals(playbook: Playbook, language: Language) -> Iterator[Line]:
    for name in STAGES:
        policy = playbook.approvals.of(Stage(name))
        who = [
            ", ".join([*(label(role, language) for role in step.roles), *step.people])
            for step in policy.chain
        ]
        stage = Label(vi=f"Phê duyệt {label(name, 'vi')}", en=f"Approval of {label(name, 'en')}")
        code = f"; {_CODE.say(language)}" if policy.one_time_code else ""
        yield stage, f"{policy.total}: {' → '.join(who)}{code}"
