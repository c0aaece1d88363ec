"""How does a vote become a recognition? Sessions, ballots, tallies, a signed decision, results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final

from campaigns.rules import keys
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing
from campaigns.rules.log import seals
from campaigns.rules.recognition.errors import SessionClosed, VoteContradicted
from campaigns.rules.recognition.rolls import EMPTY, Addition, add_to, is_counted
from campaigns.rules.recognition.votes import (
    Attendees,
    Ballots,
    counted_vote,
    decide_vote,
    quorum_needed,
)
from campaigns.services.appraisal.conflicts import Conflicts
from campaigns.services.calendar_entries import entry
from campaigns.services.recognition import corrections
from campaigns.services.registers.directory import Directory, local
from campaigns.services.results import notices, releasing
from campaigns.services.stages import ensure_open, is_open
from campaigns.store import campaigns
from campaigns.store.chunks import chunked
from campaigns.store.commit import flush
from campaigns.store.deadlines import extensions
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council, decisions
from campaigns.store.recognition.council import Ballot, Participation, TallyRow
from campaigns.store.records import NominationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply, record_new
from language import _
from schemas.events import Facts
from schemas.imports import VoteRow
from schemas.messages.recognition import CouncilInvited
from schemas.outcomes import Done, Remark
from schemas.vocabulary import Attendance, NominationState, Role, Stage, Vote

RECORD_VOTES: Final = _("record votes")


def convene(tx: Transaction) -> Done:
    """Plan the council's sessions, once, bring nominations before it, and invite the members."""
    if not is_open(tx, Stage.RECOGNITION) or council.sessions(tx):
        return Done()
    if tx.playbook.rubric is None:
        _shortlist_eligible(tx)
    directory = Directory(tx)
    members = directory.holding(Role.COUNCIL)
    planned = [
        (one.number, tx.playbook.instant(one.starts)) for one in tx.playbook.calendar.sessions
    ]
    council.plan_sessions(tx, planned, len(members))
    candidates = len(nominations.ids_in(tx, [NominationState.SHORTLISTED]))
    quorum = quorum_needed(tx.playbook.vote, len(members))
    for number, starts_at in planned:
        subject = keys.subject("session", str(number))
        tx.record(
            "thidua.session.planned",
            subject,
            {"starts": starts_at.isoformat(), "members": len(members)},
        )
        for member in members:
            recipient = directory.to_person(member)
            payload = CouncilInvited(
                **directory.heading(recipient),
                calendar=entry(
                    tx,
                    recipient,
                    keys.calendar_uid(tx.campaign.code, "session", str(number)),
                    extensions.calendar_sequence(extensions.times_moved(tx, "session", "work")),
                    starts_at,
                    matter="session",
                    number=number,
                ),
                session=number,
                starts_at=starts_at,
                nominations=candidates,
                members=len(members),
                quorum=quorum,
            )
            tx.notify(recipient, payload, about=subject, cause=1)
    return Done(changed=len(planned))


def _shortlist_eligible(tx: Transaction) -> None:
    """Without scoring, every eligible nomination goes before the council."""
    records = nominations.find(tx, states=[NominationState.ELIGIBLE])
    changes = [Change(record.id, record.code, record.state) for record in records]
    apply(tx, Thing.NOMINATION, "shortlist", changes)


def record_votes(tx: Transaction, rows: Iterable[VoteRow]) -> Done:
    """Store who took part in the votes and, apart from it, the ballots; count whole rolls.

    Votes may come in parts: a nomination is counted when every member has a row, absent ones too,
    or when its session is closed (`services.sessions`). A member who is too near casts no yes or
    no: the ballot is stored blank, with the reason.

    Raises:
        StageNotOpen: The council is not sitting.
        TransitionNotAllowed: A nomination is not before it.
        VoteContradicted: Votes are stored already, and were otherwise.
        SessionClosed: No more votes are taken in it.
    """
    given = {
        code: list(votes)
        for code, votes in groupby(
            sorted(rows, key=attrgetter("nomination_code")), key=attrgetter("nomination_code")
        )
    }
    known = nominations.by_code(tx, list(given))
    additions = compared(tx, known, given)
    new = {code: one.new for code, one in additions.items() if one.new}
    remarks = [
        Remark(code="ballots_uncompared", what=code, count=one.uncompared)
        for code, one in additions.items()
        if one.uncompared
    ]
    if new:
        ensure_open(tx, Stage.RECOGNITION, RECORD_VOTES)
        for code in new:
            if known[code].state != NominationState.SHORTLISTED:
                raise TransitionNotAllowed("nomination", code, known[code].state, "vote on", [])
        remarks += store_votes(tx, {code: known[code] for code in new}, new)
    return Done(changed=len(new), known=len(given) - len(new), remarks=tuple(remarks))


def compared(
    tx: Transaction,
    known: Mapping[str, NominationRecord],
    given: Mapping[str, Sequence[VoteRow]],
) -> dict[str, Addition]:
    """Compare votes with the rolls that are stored, by nomination code.

    Raises:
        VoteContradicted: They say otherwise, or add to a roll that was counted.
    """
    ids = [record.id for record in known.values()]
    rolls, counted = council.rolls(tx, ids), council.tallied(tx, ids)
    written = tx.playbook.vote.written
    found = {
        code: add_to(rolls.get(known[code].id, EMPTY), votes, written=written)
        for code, votes in given.items()
    }
    differing = {
        code: (*one.differing, *(row.member_id for row in one.new if known[code].id in counted))
        for code, one in found.items()
    }
    if any(differing.values()):
        raise VoteContradicted(
            [f"{code}: {', '.join(who)}" for code, who in differing.items() if who]
        )
    return found


def store_votes(
    tx: Transaction,
    known: Mapping[str, NominationRecord],
    new: Mapping[str, Sequence[VoteRow]],
    *,
    correcting: bool = False,
) -> list[Remark]:
    """Store votes of members who have none yet; count the rolls that are whole, and name others.

    Raises:
        SessionClosed: No more votes are taken in it, except to correct a roll.
    """
    sessions = {one.number: one for one in council.sessions(tx)}
    members = people.named(tx, {row.member_id for votes in new.values() for row in votes})
    conflicts = Conflicts(tx, list(known.values()), Directory(tx))
    participations: list[Participation] = []
    ballots: list[Ballot] = []
    for code, votes in new.items():
        record = known[code]
        for row in votes:
            session = sessions[row.session]
            if session.closed_at is not None and not correcting:
                raise SessionClosed(row.session)
            near = conflicts.of(members[row.member_id], record)
            part = (session.id, record.id, row.member_id, row.attendance.value, near is not None)
            participations.append(Participation(*part, near.value if near else None))
            choice = counted_vote(row.vote, conflicted=near is not None)
            if choice is not None and is_counted(row.attendance, written=tx.playbook.vote.written):
                ballots.append(Ballot(session.id, record.id, choice.value))
    council.record(tx, participations, ballots)
    return _count_whole(tx, known, new)


def _count_whole(
    tx: Transaction,
    known: Mapping[str, NominationRecord],
    new: Mapping[str, Sequence[VoteRow]],
) -> list[Remark]:
    """Tally what every member has a row for; say how many are missing of the others."""
    have = council.attendance(tx, [record.id for record in known.values()])
    of = {one.number: one.members for one in council.sessions(tx)}
    whole, remarks = [], []
    for code, record in known.items():
        members = of[new[code][0].session]
        missing = members - sum(have[record.id][1].values())
        if missing <= 0:
            whole.append(record)
        else:
            remarks.append(Remark(code="roll_incomplete", what=code, count=missing, of=members))
        if missing > 0 or len(new[code]) < members:
            facts: Facts = {"session": new[code][0].session, "members": len(new[code])}
            about = keys.subject("nomination", code)
            tx.record("thidua.vote.recorded", about, {**facts, "missing": max(0, missing)})
    tally(tx, whole)
    return remarks


def tally(tx: Transaction, records: Sequence[NominationRecord]) -> None:
    """Count the votes on nominations; a member without a row was absent."""
    ids = [record.id for record in records]
    rolls, choices = council.presence(tx, ids), council.ballots(tx, ids)
    sessions = {one.id: one for one in council.sessions(tx)}
    rows = []
    for record in records:
        roll = rolls[record.id]
        session = sessions[roll.session_id]
        counted = choices.get(record.id, {})
        present, written = roll.count(Attendance.PRESENT), roll.count(Attendance.WRITTEN)
        attendees = Attendees(
            members=session.members,
            present=present,
            written=written,
            absent=session.members - present - written,
        )
        ballots = Ballots(*(counted.get(vote.value, 0) for vote in (Vote.YES, Vote.NO, Vote.BLANK)))
        result = decide_vote(tx.playbook.vote, attendees, ballots)
        rows.append(
            TallyRow(
                nomination_id=record.id,
                session_id=session.id,
                members=attendees.members,
                present=attendees.present,
                written=attendees.written,
                yes=ballots.yes,
                no=ballots.no,
                blank=ballots.blank,
                needed=result.needed,
                denominator=result.denominator,
                passed=result.passed,
            )
        )
        tx.record(
            "thidua.nomination.tallied",
            keys.subject("nomination", record.code),
            {
                "members": attendees.members,
                "present": attendees.present,
                "written": attendees.written,
                "yes": ballots.yes,
                "no": ballots.no,
                "blank": ballots.blank,
                "needed": result.needed,
                "denominator": result.denominator,
                "passed": result.passed,
                seals.ROLL: seals.of_roll(record.salt, session.number, roll.parts),
            },
        )
    council.save_tallies(tx, rows)


def missing_votes(tx: Transaction) -> int:
    """Count the nominations before the council whose votes were not counted yet."""
    waiting = nominations.ids_in(tx, [NominationState.SHORTLISTED])
    return len(waiting) - len(council.tallied(tx, waiting))


def draft_decision(tx: Transaction) -> Done:
    """Draft the decision, without a number, once every nomination was voted on."""
    stage = campaigns.get_stage(tx, Stage.RECOGNITION)
    newest = decisions.latest(tx)
    if not is_open(tx, Stage.RECOGNITION) or missing_votes(tx) or not council.sessions(tx):
        return Done()
    if newest is not None and newest.round == stage.round:
        return Done()
    form = tx.playbook.decision
    decision_id = decisions.draft(tx, stage.round, form.issuer_unit, form.series)
    passed = sum(council.outcomes(tx).values())
    facts: Facts = {"recognised": passed, "series": form.series}
    record_new(tx, Thing.DECISION, "draft", [Change(decision_id, str(stage.round), "", facts)])
    corrections.carry_over(tx, newest, decision_id)
    return Done(changed=1)


def sign(tx: Transaction) -> None:
    """Sign the decision: it gets its number now, and the nominations their result.

    Called with the last approval of the stage, in its transaction (`services.approvals`).
    """
    draft = decisions.latest(tx)
    if draft is None:
        raise TransitionNotAllowed("decision", "of the campaign", "not drafted", "sign", [])
    form, signed_on = tx.playbook.decision, local(tx, tx.now)
    number = decisions.next_number(tx, draft.series, signed_on.year)
    symbol = form.number_format.format(number=number, series=draft.series, year=signed_on.year)
    sealed = seals.of_decision(
        tx.campaign.salt, draft.series, signed_on.year, number, symbol, draft.issuer_unit_id
    )
    facts: Facts = {"number": number, "symbol": symbol, seals.SEAL: sealed}
    apply(
        tx,
        Thing.DECISION,
        "sign",
        [Change(draft.id, str(draft.round), draft.state, facts)],
        number=number,
        year=signed_on.year,
        symbol=symbol,
        signed_at=tx.now,
    )
    if not corrections.replace(tx, decisions.get(tx, draft.id)):
        _give_results(tx, draft.id, draft.round, symbol)
        releasing.with_decision(tx)


def _give_results(tx: Transaction, decision_id: int, round_: int, symbol: str) -> None:
    """Give every nomination its result and tell it; a part at a time, so that it stays small."""
    directory, passed = Directory(tx), council.outcomes(tx)
    voted_on = nominations.named(tx, [NominationState.SHORTLISTED])
    for command, wanted in (("recognise", True), ("decline", False)):
        changes = [one for one in voted_on if passed[one[0]] is wanted]
        for part in chunked(changes):
            _decide(tx, command, part, symbol)
    for part in chunked(voted_on):
        records = nominations.find(tx, ids=[nomination_id for nomination_id, _code in part])
        decisions.add_results(
            tx,
            decision_id,
            [(one.id, passed[one.id], directory.unit_name(one.unit_id)) for one in records],
        )
        for record in records:
            # The cause is the version the result has given the nomination.
            notices.announce(
                tx, directory, record, symbol, record.version, recognised=passed[record.id]
            )
        flush(tx)
    decisions.vouch_for_results(tx, decision_id, round_)


def _decide(tx: Transaction, command: str, part: Sequence[tuple[int, str]], symbol: str) -> None:
    facts: Facts = {"decision": symbol}
    changes = [Change(*one, NominationState.SHORTLISTED, facts) for one in part]
    apply(tx, Thing.NOMINATION, command, changes)
    flush(tx)
