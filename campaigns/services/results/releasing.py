"""When is a result known outside? When it is released, which is recorded; never by itself.

The approval of the nomination stage releases what the rules came to; a coordinator releases what
the playbook holds, results before all. Where a result letter is not held, or nobody is written to,
the act that makes the result releases it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from campaigns.rules import keys
from campaigns.store import campaigns
from campaigns.store.chunks import chunked
from campaigns.store.mail import messages
from campaigns.store.nomination import disclosed
from campaigns.store.recognition import decisions
from campaigns.store.transaction import Transaction
from schemas.messages.nomination import NominationChanged, NominationChecked
from schemas.messages.recognition import RecognitionRevoked, ResultAnnounced, ResultCorrected
from schemas.vocabulary import MessageState, NominationState

RELEASED: Final = "thidua.results.released"
_OUTCOMES: Final = (NominationChecked.template, NominationChanged.template)
_DECIDED: Final = (NominationState.RECOGNISED, NominationState.NOT_RECOGNISED)
_ALWAYS_HELD: Final = (ResultCorrected.template, RecognitionRevoked.template)


def is_at_once(tx: Transaction, template: str) -> bool:
    """Say whether a message of a result waits for nobody: it leaves at once, or is never written.

    What nobody is written to about is known as soon as it is so.
    """
    policy = tx.playbook.messages
    return template in policy.silent or template not in {*policy.held, *_ALWAYS_HELD}


# --- What the rules came to ----------------------------------------------------------------------


def outcomes(tx: Transaction) -> None:
    """Release what the rules came to, with its messages, once the stage is approved.

    Where the playbook holds them, a coordinator does.
    """
    held = tx.playbook.messages.held
    _let_go(tx, [name for name in _OUTCOMES if name not in held])
    if NominationChecked.template not in held:
        disclosed.outcomes(tx)


def hold_cleared(tx: Transaction) -> None:
    """Release that a nomination is on hold no more; whose hold was not told waits with the rest."""
    if NominationChanged.template not in tx.playbook.messages.held:
        disclosed.cleared_holds(tx)


# --- Results -------------------------------------------------------------------------------------


def by_coordinator(
    tx: Transaction, templates: Iterable[str], abouts: Container[str], person_id: str
) -> None:
    """Release what messages tell, beside the messages: of these templates, about these matters."""
    wanted = set(templates)
    if NominationChecked.template in wanted:
        disclosed.outcomes(tx)
        if NominationChanged.template not in tx.playbook.messages.held:
            _let_go(tx, [NominationChanged.template])
    if NominationChanged.template in wanted:
        disclosed.cleared_holds(tx)
    number = 0
    if ResultAnnounced.template in wanted:
        number += _first_results(tx)
    if RecognitionRevoked.template in wanted:
        number += disclosed.first_results(tx, (NominationState.REVOKED,))
    changed = disclosed.outdated(tx)
    number += disclosed.these(
        tx, [one for one, code in changed if keys.subject("nomination", code) in abouts]
    )
    _note(tx, person_id, number)


def with_decision(tx: Transaction) -> None:
    """Release the results with the signature of their decision, where no letter is held back."""
    if is_at_once(tx, ResultAnnounced.template):
        _note(tx, tx.actor, _first_results(tx))


def these(tx: Transaction, ids: Iterable[int]) -> None:
    """Release the results of these nominations at once: what is told of them waits for nobody."""
    _note(tx, tx.actor, disclosed.these(tx, ids))


def _first_results(tx: Transaction) -> int:
    if decisions.in_force(tx) is None:
        return 0  # those below the cut-off have theirs with the decision, like all others
    campaigns.mark_results_released(tx)
    return disclosed.first_results(tx, _DECIDED)


def _note(tx: Transaction, person_id: str, number: int) -> None:
    if number:
        subject = keys.subject("campaign", tx.campaign.code)
        tx.record(RELEASED, subject, {"person": person_id, "count": number})


def _let_go(tx: Transaction, templates: Iterable[str]) -> None:
    """Let held messages of these templates leave."""
    for part in chunked(messages.ids_in(tx, [MessageState.HELD], list(templates))):
        messages.release(tx, messages.by_id(tx, part))
