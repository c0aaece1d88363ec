"""What is launched? Dates, units, conditions, scores and votes, in lines for who approves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from campaigns.services.registers.directory import Directory
from campaigns.store.transaction import Transaction
from language import Language, Text, _
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES, Stage, label, text_of

Line = tuple[Text, str]
_CODE = _("by a link, with a one-time code")


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
            stage = text_of(name)
            yield stage, f"{_at(dates.opens)} – {_at(dates.closes)} ({playbook.timezone})"
    for one in playbook.calendar.sessions:
        session = _("Council session {number}", number=one.number)
        yield session, _at(one.starts)
    released = _("Results released")
    yield released, _at(playbook.calendar.results_released)
    months = ", ".join(map(str, playbook.follow_up.months))
    if months:
        followed = _("Replication followed up (months)")
        yield followed, months


def _at(local: datetime) -> str:
    return f"{local:%d/%m/%Y %H:%M}"


def _units(tx: Transaction, language: Language) -> Iterator[Line]:
    playbook, units = tx.playbook, Directory(tx).active_units.values()
    kinds = playbook.messages.announce_to_kinds
    told = sum(not kinds or unit.kind in kinds for unit in units)
    yield _("Units told"), str(told)
    able = [unit for unit in units if unit.kind not in playbook.quota.not_nominating]
    yield _("Units that may nominate"), str(len(able))
    if playbook.nominating.own_and_below:
        free = sum(unit.kind in playbook.nominating.anywhere for unit in able)
        scope = _("Who may be nominated")
        said = _("own unit and units below")
        some = _("; any: {count} units", count=free)
        yield scope, said.say(language) + (some.say(language) if free else "")
    places = [playbook.quota.for_kind(unit.kind) for unit in able]
    if None not in places:
        quota = _("Quota in all")
        yield quota, str(sum(filter(None, places)))


def _choices(playbook: Playbook, language: Language) -> Iterator[Line]:
    for name, found in (
        (_("Fields"), playbook.fields),
        (_("Kinds of subject"), playbook.subject_kinds),
    ):
        if found:
            yield name, "; ".join(one.name.say(language) for one in found)


def _conditions(playbook: Playbook, language: Language) -> Iterator[Line]:
    for number, rule in enumerate(playbook.rules, start=1):
        name = _("Turned down or held when ({number})", number=number)
        yield name, rule.reason.say(language)


def _scores(playbook: Playbook, language: Language) -> Iterator[Line]:
    rubric = playbook.rubric
    if rubric is None:
        return
    for line in rubric.criteria:
        name = _("Criterion {code}", code=line.code)
        most = _("at most {maximum}", maximum=f"{line.maximum:f}")
        yield name, f"{line.name.say(language)}: {most.say(language)}"
    total = _("Points in all")
    yield total, f"{rubric.total:f}"
    if rubric.minimum_total is not None:
        yield _("Points needed"), f"{rubric.minimum_total:f}"
    each = _("Reviews of each nomination")
    yield each, str(rubric.reviews_per_nomination)


def _votes(playbook: Playbook, language: Language) -> Iterator[Line]:
    vote = playbook.vote
    more = _("more than") if vote.strictly_more else _("at least")
    ballot = _("by secret ballot") if vote.ballot == "secret" else _("by open vote")
    of_whom = {
        "all_members": _("all members"),
        "present": _("members present"),
        "present_or_written": _("members present or voting in writing"),
    }[vote.denominator]
    yield (
        _("The council passes it with"),
        f"{more.say(language)} {vote.threshold} {of_whom.say(language)}, {ballot.say(language)}",
    )
    yield _("Quorum"), f"≥ {vote.quorum}"


def _approvals(playbook: Playbook, language: Language) -> Iterator[Line]:
    for name in STAGES:
        policy = playbook.approvals.of(Stage(name))
        who = [
            ", ".join([*(label(role, language) for role in step.roles), *step.people])
            for step in policy.chain
        ]
        stage = _("Approval of {stage}", stage=text_of(name))
        code = f"; {_CODE.say(language)}" if policy.one_time_code else ""
        yield stage, f"{policy.total}: {' → '.join(who)}{code}"
