"""How is a campaign given up? By who may approve its launch, with a reason; nothing of it is lost.

Its stages end, so that no door takes anything any more; what was not sent is taken back; everybody
who takes part is told once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from campaigns.rules import keys
from campaigns.rules.approvals.signatures import ensure_reason
from campaigns.rules.launch.errors import CancellationNotAllowed
from campaigns.rules.lifecycle import Thing, decide
from campaigns.rules.log import seals
from campaigns.services.may import ensure_approver, ensure_role
from campaigns.services.registers.directory import Directory
from campaigns.services.results import notices
from campaigns.services.stages import as_change
from campaigns.store import campaigns
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.recognition import council
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply
from language import _
from schemas.commands.launch import CancelCampaign
from schemas.messages.launch import CampaignCancelled
from schemas.messages.outgoing import Recipient
from schemas.outcomes import Done
from schemas.playbook.values import Label
from schemas.vocabulary import Role, Stage, StageState

_CANCEL: Final = Label(en="cancel the campaign", vi="hủy phong trào")


def cancel(tx: Transaction, command: CancelCampaign) -> Done:
    """Give the campaign up.

    Raises:
        ReasonMissing: No reason was given.
        PersonNotAppointed: It takes an approver of the launch; for a draft, a coordinator.
        CancellationNotAllowed: They launched it themselves.
        TransitionNotAllowed: The campaign is closed, or cancelled already.
    """
    ensure_reason(command.reason, _("Cancelling a campaign"))
    _ensure_may(tx, command.person_id)
    return tx.carry_out(command, lambda: _cancel(tx, command))


def _ensure_may(tx: Transaction, person_id: str) -> None:
    if tx.campaign.launched_at is None:
        ensure_role(tx, person_id, Role.COORDINATOR, _CANCEL)
        return
    ensure_approver(tx, person_id, Stage.LAUNCH, _CANCEL)
    if person_id == tx.campaign.launched_by:
        raise CancellationNotAllowed(person_id)


def _cancel(tx: Transaction, command: CancelCampaign) -> Done:
    decide(Thing.CAMPAIGN, tx.campaign.state, "cancel", tx.campaign.code)
    told = list(_taking_part(tx))
    going_on = [one for one in campaigns.stages(tx) if one.state != StageState.APPROVED]
    apply(tx, Thing.STAGE, "end", [as_change(one) for one in going_on])
    salt, reason = tx.campaign.salt, command.reason
    sealed = seals.of_reason(salt, "cancel", command.person_id, reason)
    facts = {"person": command.person_id, seals.SEAL: sealed}
    change = Change(tx.campaign.id, tx.campaign.code, tx.campaign.state, facts)
    apply(tx, Thing.CAMPAIGN, "cancel", [change], closed_at=tx.now)
    campaigns.keep_cancellation(tx, command.reason, command.person_id)
    notices.supersede(tx, messages.find(tx, states=notices.UNSENT))
    _tell(tx, told, command.reason)
    return Done(changed=1 + len(going_on))


def _taking_part(tx: Transaction) -> Iterator[Recipient]:
    """Yield who was told of the campaign, or was to do something in it; some more than once."""
    if tx.campaign.launched_at is None:
        return
    directory = Directory(tx)
    roles = [Role.COORDINATOR, Role.LEADER]
    appraisal = campaigns.find_stage(tx, Stage.APPRAISAL)
    if appraisal is not None and appraisal.state != StageState.PENDING:
        roles.append(Role.REVIEWER)
    if council.sessions(tx):
        roles.append(Role.COUNCIL)
    for role in roles:
        yield from map(directory.to_person, directory.holding(role))
    if tx.campaign.announced_at is not None:
        kinds = tx.playbook.messages.announce_to_kinds
        for unit in directory.active_units.values():
            if not kinds or unit.kind in kinds:
                yield directory.to_unit(unit)
    for unit_id in sorted(nominations.count_by_unit(tx)):
        yield directory.to_nominating_unit(unit_id)


def _tell(tx: Transaction, told: list[Recipient], reason: str) -> None:
    directory = Directory(tx)
    about = keys.subject("campaign", tx.campaign.code)
    for recipient in {one.id: one for one in told}.values():
        payload = CampaignCancelled(**directory.heading(recipient), reason=reason)
        tx.notify(recipient, payload, about=about, cause=1)
