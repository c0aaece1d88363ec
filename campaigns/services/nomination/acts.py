"""What may people do to a nomination outside the usual course? Take it back, clear it, revoke it.

Each act needs a reason, which is kept beside the log. What was not told yet about the nomination is
taken back; who nominated and the coordinators are told.
"""

from __future__ import annotations

from typing import Final

from campaigns.rules import keys
from campaigns.rules.access.errors import PersonNotAppointed, ThingNotFound
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import Thing, decide
from campaigns.rules.log import seals
from campaigns.rules.nomination import acts as rules
from campaigns.rules.nomination.errors import DocumentMissing
from campaigns.services import sight
from campaigns.services.may import ensure_approver, ensure_role
from campaigns.services.registers.directory import Directory, today
from campaigns.services.results import notices, releasing
from campaigns.store import campaigns, replication
from campaigns.store.mail import messages
from campaigns.store.nomination import acts, nominations
from campaigns.store.nomination.acts import ActRecord
from campaigns.store.recognition import council
from campaigns.store.records import NominationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from language import _
from schemas.commands.nomination import ClearHold, WithdrawNomination
from schemas.commands.recognition import RevokeRecognition
from schemas.messages.nomination import NominationChanged, NominationChecked, NominationTurn
from schemas.messages.outgoing import Recipient
from schemas.messages.recognition import RecognitionRevoked
from schemas.messages.replication import AdoptedModelRevoked
from schemas.outcomes import Done
from schemas.playbook.values import Label
from schemas.vocabulary import AdoptionState, CampaignState, NominationState, Role, Stage

_WITHDRAW: Final = Label(en="withdraw a nomination", vi="rút hồ sơ")
_REVOKE: Final = Label(en="revoke a recognition", vi="thu hồi công nhận")
_CLEAR: Final = Label(en="clear a hold", vi="kết thúc tạm hoãn xét")
_TURNS: Final[dict[str, NominationTurn]] = {
    "withdraw": "withdrawn",
    "clear": "hold_cleared",
}


def withdraw(tx: Transaction, command: WithdrawNomination) -> Done:
    """Take a nomination back; nothing more is decided on it.

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed: It takes who nominates for its unit, or a coordinator.
        ThingNotFound: There is none of this code, or it is another unit's.
        WithdrawalTooLate, VotingBegun: The council has voted on it; has begun to vote.
        TransitionNotAllowed: It has its result, or the campaign does not run.
    """
    ensure_reason(command.reason, _("Withdrawing a nomination"))
    unit = _unit_or_all(tx, command.person_id)

    def act() -> Done:
        record = _found(tx, command.nomination_code)
        if unit is not None and record.nominated_by_id != unit:
            raise ThingNotFound(record.code)
        _ensure_campaign(tx, "withdraw", CampaignState.RUNNING)
        known = sight.of_person(tx, command.person_id).state(record)
        if unit is None:
            voted = bool(council.voted(tx, [record.id]))
            rules.ensure_withdrawable(record.code, known, voted=voted)
        else:
            # Whether it is before the council at all is not the unit's to know.
            rules.ensure_withdrawable_by_unit(record.code, known, voting=council.has_voted(tx))
        notices.supersede(tx, _about(tx, record))
        _carry_out(tx, record, "withdraw", command.person_id, command.reason)
        return Done(changed=1)

    return tx.carry_out(command, act)


def clear_hold(tx: Transaction, command: ClearHold) -> Done:
    """Let a nomination that was on hold be judged with the others.

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed: Only a coordinator clears a hold.
        ThingNotFound: There is no nomination of this code.
        HoldTooLate: The stage that would judge it is over.
        TransitionNotAllowed: It is not on hold, or the campaign does not run.
    """
    ensure_reason(command.reason, _("Clearing a hold"))
    ensure_role(tx, command.person_id, Role.COORDINATOR, _CLEAR)

    def act() -> Done:
        record = _found(tx, command.nomination_code)
        _ensure_campaign(tx, "clear", CampaignState.RUNNING)
        decide(Thing.NOMINATION, record.state, "clear", record.code)
        stages = {one.name: one.state for one in campaigns.stages(tx)}
        scored = tx.playbook.rubric is not None
        convened = bool(council.sessions(tx))
        rules.ensure_hold_clearable(record.code, stages, scored=scored, convened=convened)
        notices.supersede(tx, _about(tx, record, NominationChecked.template))
        # Nobody learns an outcome before it is released; nor that it is another one now.
        held = record.told != NominationState.ON_HOLD
        _carry_out(tx, record, "clear", command.person_id, command.reason, held=held)
        releasing.hold_cleared(tx)
        return Done(changed=1)

    return tx.carry_out(command, act)


def revoke(tx: Transaction, command: RevokeRecognition) -> Done:
    """Take a recognition back, by a decision of who may sign recognitions.

    Raises:
        ReasonMissing, DocumentMissing: No reason, or no number of the decision was given.
        PersonNotAppointed: It takes an approver of the recognition stage.
        ThingNotFound: There is no nomination of this code.
        TransitionNotAllowed: It is not recognised, or the campaign was cancelled.
    """
    ensure_reason(command.reason, _("Revoking a recognition"))
    if not command.document.strip():
        raise DocumentMissing
    ensure_approver(tx, command.person_id, Stage.RECOGNITION, _REVOKE)

    def act() -> Done:
        record = _found(tx, command.nomination_code)
        _ensure_campaign(tx, "revoke", CampaignState.RUNNING, CampaignState.CLOSED)
        decide(Thing.NOMINATION, record.state, "revoke", record.code)
        for template in notices.TEMPLATES:
            notices.supersede(tx, _about(tx, record, template))
        _carry_out(
            tx,
            record,
            "revoke",
            command.person_id,
            command.reason,
            document=command.document.strip(),
            held=True,
        )
        if releasing.is_at_once(tx, RecognitionRevoked.template):
            releasing.these(tx, [record.id])
        _tell_adopters(tx, record, command.document.strip())
        return Done(changed=1)

    return tx.carry_out(command, act)


# --- Who may, and when ---------------------------------------------------------------------------


def _unit_or_all(tx: Transaction, person_id: str) -> str | None:
    """Return the unit whose nominations a person may take back; None: all, as a coordinator."""
    roles = people.roles_of(tx, person_id, today(tx))
    if Role.COORDINATOR in roles:
        return None
    if Role.NOMINATOR not in roles:
        raise PersonNotAppointed(person_id, _WITHDRAW, [Role.NOMINATOR, Role.COORDINATOR])
    return people.named(tx, [person_id])[person_id].unit_id


def _ensure_campaign(tx: Transaction, command: str, *states: CampaignState) -> None:
    if tx.campaign.state not in states:
        raise TransitionNotAllowed("campaign", tx.campaign.code, tx.campaign.state, command, [])


def _found(tx: Transaction, code: str) -> NominationRecord:
    record = nominations.by_code(tx, [code]).get(code)
    if record is None:
        raise ThingNotFound(code)
    return record


# --- What follows --------------------------------------------------------------------------------


def _about(
    tx: Transaction, record: NominationRecord, template: str | None = None
) -> list[messages.MessageRow]:
    return messages.find(tx, template=template, about=keys.subject("nomination", record.code))


def _carry_out(
    tx: Transaction,
    record: NominationRecord,
    command: str,
    person_id: str,
    reason: str,
    *,
    document: str = "",
    held: bool = False,
) -> None:
    sealed = seals.of_reason(record.salt, command, person_id, reason, document)
    facts = {"person": person_id, seals.SEAL: sealed}
    facts |= {"document": document} if document else {}
    apply(tx, Thing.NOMINATION, command, [Change(record.id, record.code, record.state, facts)])
    acts.save(tx, ActRecord(record.id, command, reason, document, person_id, tx.now))
    directory = Directory(tx)
    told = {one.id: one for one in map(directory.to_person, directory.holding(Role.COORDINATOR))}
    nominating = directory.to_nominating_unit(record.nominated_by_id)
    about = keys.subject("nomination", record.code)
    for recipient in (nominating, *(one for one in told.values() if one.id != nominating.id)):
        informed = recipient.id != nominating.id
        payload = _payload(
            directory, recipient, record, command, reason, document, informed=informed
        )
        waits = held and not informed
        tx.notify(recipient, payload, about=about, cause=record.version + 1, held=waits)


def _tell_adopters(tx: Transaction, record: NominationRecord, document: str) -> None:
    """Tell units that replicate a model that it lost its recognition; held like the result."""
    directory = Directory(tx)
    for one in replication.by_code(tx).values():
        if one.nomination_id != record.id or one.state == AdoptionState.ABANDONED:
            continue
        recipient = directory.to_nominating_unit(one.unit_id)
        payload = AdoptedModelRevoked(
            **directory.heading(recipient),
            adoption_code=one.code,
            nomination_code=record.code,
            nomination_name=record.name,
            document=document,
        )
        about = keys.subject("adoption", one.code)
        tx.notify(recipient, payload, about=about, cause=record.version + 1, held=True)


def _payload(
    directory: Directory,
    recipient: Recipient,
    record: NominationRecord,
    command: str,
    reason: str,
    document: str,
    *,
    informed: bool,
) -> NominationChanged | RecognitionRevoked:
    heading = directory.heading(recipient)
    if document:
        return RecognitionRevoked(
            **heading,
            nomination_code=record.code,
            nomination_name=record.name,
            reason=reason,
            document=document,
            informed=informed,
        )
    return NominationChanged(
        **heading,
        turn=_TURNS[command],
        nomination_code=record.code,
        nomination_name=record.name,
        reason=reason,
        informed=informed,
    )
