"""When is a session of the council over? When a coordinator says so, on record.

Until then votes are added as they come in; a roll that is whole is counted at once. What is not
whole then is counted as it stands: who has no vote was absent.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules import keys
from campaigns.rules.log import seals
from campaigns.rules.recognition.errors import SessionNotClosable, SessionNotFound
from campaigns.services.recognition import council as recognition
from campaigns.services.stages import ensure_open
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.recognition import CloseSession
from schemas.outcomes import Done
from schemas.vocabulary import NominationState, Stage

CLOSE: Final = _("close a session of the council")


def close(tx: Transaction, command: CloseSession) -> Done:
    """Take no more votes in a session, and count what was voted on in it.

    Raises:
        StageNotOpen: The council is not sitting.
        SessionNotFound: There is no session of this number.
        SessionNotClosable: It is the last one, and nominations have no vote at all.
    """
    sessions = {one.number: one for one in council.sessions(tx)}
    session = sessions.get(command.session)
    if session is None:
        raise SessionNotFound(command.session, sorted(sessions))
    if session.closed_at is not None:
        return Done(known=1, detail="closed")
    ensure_open(tx, Stage.RECOGNITION, CLOSE)
    waiting = nominations.find(tx, states=[NominationState.SHORTLISTED])
    counted = council.tallied(tx, [record.id for record in waiting])
    open_ones = [record for record in waiting if record.id not in counted]
    have = council.attendance(tx, [record.id for record in open_ones])
    others = [one for one in sessions.values() if one.closed_at is None and one != session]
    if not others and (without := [one.code for one in open_ones if one.id not in have]):
        raise SessionNotClosable(without)
    mine = [one for one in open_ones if one.id in have and have[one.id][0] == session.id]
    missing = sum(session.members - sum(have[one.id][1].values()) for one in mine)
    reason = command.reason.strip()
    council.close_session(tx, session.id, command.person_id, reason)
    sealed = seals.of_reason(tx.campaign.salt, f"close {session.number}", command.person_id, reason)
    tx.record(
        "thidua.session.closed",
        keys.subject("session", str(session.number)),
        {
            "person": command.person_id,
            "counted": len(mine),
            "missing": missing,
            seals.SEAL: sealed,
        },
    )
    recognition.tally(tx, mine)
    return Done(changed=1 + len(mine), detail="closed")
