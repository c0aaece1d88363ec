"""Who signs in place of whom? Delegations are recorded, listed and revoked here (ADR 0016).

Each belongs to one campaign, so that its event log holds the whole trail. The days are those of the
campaign's own zone.
"""

from __future__ import annotations

from campaigns.rules import keys
from campaigns.rules.approvals.delegations import Span, ensure_possible
from campaigns.rules.approvals.errors import DelegationNotAllowed, DelegationNotFound
from campaigns.rules.registers.errors import NothingResting
from campaigns.services.approvals import signer_notices
from campaigns.services.approvals.requests import ask
from campaigns.services.approvals.signers import Chain, span_of
from campaigns.services.approvers import has_rests, rights_of_stage
from campaigns.services.registers import enrolment
from campaigns.services.registers.directory import today
from campaigns.store import approvals as rows
from campaigns.store import campaigns
from campaigns.store.records import DelegationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language import _
from schemas.commands.approvals import ConfirmDelegation, RecordDelegation, RevokeDelegation
from schemas.outcomes import Done
from schemas.views.approvals import DelegationView
from schemas.vocabulary import STAGES, StageState


def record(tx: Transaction, command: RecordDelegation) -> Done:
    """Let a substitute sign for a principal on given days; `detail` is the delegation's number.

    Raises:
        DelegationNotAllowed: Somebody is unknown, the principal approves nothing, or the rules
            refuse it (`rules.delegations`).
    """
    wanted = Span(
        command.principal_id,
        command.substitute_id,
        command.first_on,
        command.last_on,
        command.stage,
        command.letter.strip(),
    )
    _ensure_known(tx, wanted)
    living = {one.id: span_of(one) for one in rows.delegations(tx) if one.revoked_at is None}
    known = next((number for number, one in living.items() if one == wanted), None)
    if known is not None:
        return Done(known=1, detail=str(known))
    ensure_possible(wanted, living.values(), today(tx))
    # Whoever is away gives the right; recorded by another, it rests like any new right.
    is_own = command.person_id == wanted.principal_id
    rests_until = None if is_own or not has_rests(tx) else tx.now + tx.rest
    number = rows.record_delegation(
        tx,
        DelegationRecord(
            id=0,
            stage=wanted.stage,
            principal_id=wanted.principal_id,
            substitute_id=wanted.substitute_id,
            first_on=wanted.first,
            last_on=wanted.last,
            letter=wanted.letter,
            recorded_at=tx.now,
            revoked_at=None,
            recorded_by=command.person_id,
            rests_until=rests_until,
        ),
    )
    facts = {
        "person": command.person_id,
        "principal": wanted.principal_id,
        "substitute": wanted.substitute_id,
        "first": wanted.first.isoformat(),
        "last": wanted.last.isoformat(),
        "letter": wanted.letter,
        "stage": wanted.stage or "",
    }
    if rests_until is not None:
        facts["rests_until"] = rests_until.replace(microsecond=0).isoformat()
    tx.record("thidua.delegation.recorded", keys.subject("delegation", str(number)), facts)
    if rests_until is not None:
        signer_notices.tell_of_delegation(tx, wanted, number, command.person_id, rests_until)
    _ask_again(tx)
    return Done(changed=1, detail=str(number))


def _ensure_known(tx: Transaction, wanted: Span) -> None:
    known = people.named(tx, {wanted.principal_id, wanted.substitute_id})
    for person_id in (wanted.principal_id, wanted.substitute_id):
        if person_id not in known:
            raise DelegationNotAllowed(
                _(
                    "Nobody has the id {person!r}; import people, or correct the id.",
                    person=person_id,
                )
            )
    stages = [name for name in STAGES if wanted.stage in {None, name}]
    if not any(
        right.person_id == wanted.principal_id
        for name in stages
        for right in rights_of_stage(tx, name)
    ):
        raise DelegationNotAllowed(
            _(
                "{person} approves nothing here, so there is nothing to pass on; see who does "
                "under `approvals` in the playbook.",
                person=wanted.principal_id,
            )
        )


def revoke(tx: Transaction, command: RevokeDelegation) -> Done:
    """End a delegation now; what the substitute has signed stays signed.

    Raises:
        DelegationNotFound: The campaign has no delegation of this number.
    """
    found = get(tx, command.delegation_id)
    if found.revoked_at is not None:
        return Done(known=1, detail="revoked")
    rows.revoke_delegation(tx, found.id)
    facts = {"person": command.person_id}
    tx.record("thidua.delegation.revoked", keys.subject("delegation", str(found.id)), facts)
    _ask_again(tx)
    return Done(changed=1, detail="revoked")


def confirm(tx: Transaction, command: ConfirmDelegation) -> Done:
    """Let a delegation that rests count at once: the principal's act, or a second person's.

    Raises:
        DelegationNotFound: The campaign has no delegation of this number.
        NothingResting: It does not rest.
        SecondPersonMissing: Who confirms recorded it, is the substitute, or has no role of longer
            standing.
    """
    found = get(tx, command.delegation_id)
    if _state(tx, found) != "resting":
        raise NothingResting(f"delegation {found.id}")
    if command.person_id != found.principal_id:
        concerned = {found.recorded_by or "", found.substitute_id}
        enrolment.ensure_second(tx, command.person_id, concerned)
    rows.confirm_delegation(tx, found.id, command.person_id)
    facts = {"person": command.person_id}
    tx.record("thidua.delegation.confirmed", keys.subject("delegation", str(found.id)), facts)
    _ask_again(tx)
    return Done(changed=1)


def _ask_again(tx: Transaction) -> None:
    """Ask whom a change of delegations makes the one to be asked, where a stage waits now."""
    for stage in campaigns.stages(tx):
        if stage.state == StageState.AWAITING_APPROVAL:
            ask(tx, Chain(tx, stage))


def get(tx: Transaction, number: int) -> DelegationRecord:
    """Return a delegation of the campaign.

    Raises:
        DelegationNotFound: The campaign has none of this number.
    """
    found = next((one for one in rows.delegations(tx) if one.id == number), None)
    if found is None:
        raise DelegationNotFound(number, tx.campaign.code)
    return found


def listed(tx: Transaction) -> list[DelegationView]:
    """List the campaign's delegations by name, with what they are today."""
    found = rows.delegations(tx)
    known = people.named(
        tx, {one for row in found for one in (row.principal_id, row.substitute_id)}
    )
    return [
        DelegationView(
            number=row.id,
            principal_id=row.principal_id,
            principal_name=known[row.principal_id].full_name,
            substitute_id=row.substitute_id,
            substitute_name=known[row.substitute_id].full_name,
            first_on=row.first_on,
            last_on=row.last_on,
            letter=row.letter,
            stage=row.stage,
            state=_state(tx, row),
            recorded_by=row.recorded_by or "",
            rests_until=row.rests_until if _state(tx, row) == "resting" else None,
            confirmed_by=row.confirmed_by or "",
        )
        for row in found
    ]


def _state(tx: Transaction, row: DelegationRecord) -> str:
    if row.revoked_at is not None:
        return "revoked"
    if has_rests(tx) and row.rests_until is not None and row.rests_until > tx.now:
        return "resting"
    if today(tx) < row.first_on:
        return "coming"
    return "in_force" if today(tx) <= row.last_on else "over"
