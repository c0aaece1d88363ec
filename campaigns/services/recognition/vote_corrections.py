"""How is a vote corrected before the decision? By an act with a reason, on record.

Votes are replaced by the whole roll of a nomination while the council sits: whose a ballot is is
not kept, so that none can be changed alone (ADR 0042). Whoever stands in the roll is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from campaigns.rules import keys
from campaigns.rules.appraisal.errors import CorrectionNotPossible
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.log import seals
from campaigns.rules.recognition.rolls import EMPTY, Roll, add_to
from campaigns.services.appraisal import notices
from campaigns.services.appraisal.notices import CorrectedRoll
from campaigns.services.recognition import council as recognition
from campaigns.services.stages import ensure_open
from campaigns.store.appraisal import corrections as judgement_corrections
from campaigns.store.appraisal.corrections import NewCorrection
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.recognition import CorrectVotes
from schemas.imports import VoteRow
from schemas.outcomes import Done
from schemas.vocabulary import NominationState, Stage


def correct_votes(tx: Transaction, command: CorrectVotes, rows: Iterable[VoteRow]) -> Done:
    """Replace the votes on nominations by the whole rolls given.

    Raises:
        ReasonMissing: No reason was given.
        StageNotOpen: The council is not sitting.
        CorrectionNotPossible: A roll is not whole, or nothing is stored that could be corrected.
    """
    ensure_reason(command.reason, _("Correcting votes"))
    ensure_open(tx, Stage.RECOGNITION, recognition.RECORD_VOTES)
    given: dict[str, list[VoteRow]] = defaultdict(list)
    for row in rows:
        given[row.nomination_code].append(row)
    known = nominations.by_code(tx, sorted(given))
    rolls = council.rolls(tx, [record.id for record in known.values()])
    _ensure_replaceable(tx, known, rolls, given)
    written = tx.playbook.vote.written
    changed = {
        code: votes
        for code, votes in sorted(given.items())
        if (one := add_to(rolls[known[code].id], votes, written=written)).new or one.differing
    }
    council.forget_votes(tx, [known[code].id for code in changed])
    corrections = []
    for code, votes in changed.items():
        record = known[code]
        correction = NewCorrection(record.id, None, command.person_id, command.reason, "")
        corrections.append(correction)
        tx.record(
            "thidua.vote.corrected",
            keys.subject("nomination", code),
            {
                "person": command.person_id,
                "session": votes[0].session,
                "members": len(votes),
                seals.CORRECTED: seals.of_judgement_correction(record.salt, *correction[1:]),
            },
        )
    if corrections:
        records = {code: known[code] for code in changed}
        recognition.store_votes(tx, records, changed, correcting=True)
        judgement_corrections.save(tx, corrections)
        replaced = [
            CorrectedRoll(
                records[code],
                votes[0].session,
                frozenset({*rolls[records[code].id].entries, *(row.member_id for row in votes)}),
            )
            for code, votes in changed.items()
        ]
        notices.tell_members(tx, command, replaced)
    return Done(changed=len(changed), known=len(given) - len(changed))


def _ensure_replaceable(
    tx: Transaction,
    known: Mapping[str, NominationRecord],
    rolls: Mapping[int, Roll],
    given: Mapping[str, Sequence[VoteRow]],
) -> None:
    members = {one.number: one.members for one in council.sessions(tx)}
    without = [code for code in given if not rolls.get(known[code].id, EMPTY).entries]
    if without:
        raise CorrectionNotPossible(
            _("no vote is stored on {which}; record the votes instead.", which=", ".join(without))
        )
    for code, votes in given.items():
        record, sessions = known[code], {row.session for row in votes}
        if record.state != NominationState.SHORTLISTED:
            raise CorrectionNotPossible(_("{code} is not before the council any more.", code=code))
        wanted = max(members[one] for one in sessions)
        if len(sessions) > 1 or len(votes) < wanted:
            raise CorrectionNotPossible(
                _(
                    "it takes the whole roll of {code} in one session: {wanted} members, absent "
                    "ones too; {given} were given.",
                    code=code,
                    wanted=wanted,
                    given=len(votes),
                )
            )
