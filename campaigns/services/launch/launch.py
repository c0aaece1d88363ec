"""How does a campaign come to life? Created, launched, announced to every unit."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from campaigns.rules import keys
from campaigns.rules.launch.errors import CampaignExists, LaunchNotAllowed
from campaigns.rules.launch.readiness import LaunchFacts, missing_for_launch
from campaigns.rules.lifecycle import Thing
from campaigns.rules.nomination.receiving import deadline_of
from campaigns.rules.playbook.reading import is_same, playbook_hash, snapshot
from campaigns.services.appraisal import able
from campaigns.services.approvers import rights_of_stage
from campaigns.services.calendar_entries import entry
from campaigns.services.enclosing import nomination_form
from campaigns.services.nomination.checking import check_context
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.campaign_lookup import find_campaign
from campaigns.store.deadlines import extensions
from campaigns.store.enclosure_port import Enclosed
from campaigns.store.records import UnitRecord
from campaigns.store.transaction import Transaction
from campaigns.store.transitions import Change, apply, record_new
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.messages.launch import CampaignLaunched
from schemas.outcomes import Done
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import STAGES, CampaignState, Role, Stage, StageState


def create(tx: Transaction, command: CreateCampaign, playbook: Playbook) -> Done:
    """Create a campaign, a draft, with an immutable snapshot of its playbook (ADR 0004).

    Raises:
        CampaignExists: There is a campaign of this code with another playbook.
    """
    if command.code in campaigns.codes(tx):
        tx.adopt(find_campaign(tx.connection, command.code))
        if not is_same(tx.playbook, playbook):
            raise CampaignExists(command.code)
        return Done(detail="exists")
    digest = playbook_hash(playbook)
    campaigns.create(
        tx,
        command.code,
        playbook.name.vi,
        snapshot(playbook),
        digest,
        command.rehearsal_starts_at,
    )
    facts = {"playbook": playbook.playbook, "playbook_hash": digest}
    record_new(tx, Thing.CAMPAIGN, "create", [Change(tx.campaign.id, command.code, "", facts)])
    if command.rehearsal_starts_at is not None:  # its registers are those of another day
        return Done(changed=1)
    return Done(changed=1, remarks=able.remarks(able.for_units(tx, Directory(tx))))


def launch(tx: Transaction, command: LaunchCampaign) -> Done:
    """Launch the campaign: plan its stages.

    Raises:
        LaunchNotAllowed: Something is missing; the error names all of it.
        TransitionNotAllowed: The campaign is running, closed or cancelled already.
    """
    facts = _facts(tx)
    missing = missing_for_launch(tx.playbook, facts)
    if missing:
        raise LaunchNotAllowed(tx.campaign.code, missing)
    change = Change(
        tx.campaign.id, tx.campaign.code, tx.campaign.state, {"person": command.person_id}
    )
    apply(tx, Thing.CAMPAIGN, "launch", [change])
    campaigns.mark_launched(tx, command.person_id)
    calendar = tx.playbook.calendar
    planned = [
        (
            name,
            tx.playbook.instant(dates.opens),
            tx.playbook.instant(dates.closes),
            tx.playbook.instant(dates.approval),
        )
        for name in STAGES
        if (dates := calendar.of(name))
    ]
    campaigns.plan_stages(tx, planned)
    record_new(
        tx,
        Thing.STAGE,
        "plan",
        [
            Change(
                0,
                name.value,
                "",
                {
                    "opens": opens.isoformat(),
                    "due": due.isoformat(),
                    "approval": approval.isoformat(),
                },
            )
            for name, opens, due, approval in planned
        ],
    )
    return Done(changed=len(planned), remarks=able.remarks(facts.able))


def _facts(tx: Transaction) -> LaunchFacts:
    directory = Directory(tx)
    return LaunchFacts(
        units=len(directory.active_units),
        coordinators=len(directory.holding(Role.COORDINATOR)),
        rights_by_stage={name: rights_of_stage(tx, name, resting=True) for name in STAGES},
        council_members=len(directory.holding(Role.COUNCIL)),
        reviewers=len(directory.holding(Role.REVIEWER)),
        unit_ids=frozenset(directory.active_units),
        able=able.for_units(tx, directory),
    )


def announce(tx: Transaction) -> Done:
    """Tell every unit that the campaign has started, once its launch is approved."""
    stage = campaigns.find_stage(tx, Stage.LAUNCH)
    if (
        tx.campaign.state != CampaignState.RUNNING
        or tx.campaign.announced_at is not None
        or stage is None
        or stage.state != StageState.APPROVED
    ):
        return Done()
    directory = Directory(tx)
    kinds = tx.playbook.messages.announce_to_kinds
    told = [unit for unit in directory.active_units.values() if not kinds or unit.kind in kinds]
    context = check_context(tx)
    moved = extensions.times_moved(tx, Stage.NOMINATION, "work")
    form = nomination_form(tx, tx.playbook.language)
    for unit in told:
        closes_at = deadline_of(unit.id, context)
        sequence = extensions.calendar_sequence(moved, unit.id)
        _announce_to(tx, directory, unit, _Call(closes_at, sequence, form))
    campaigns.mark_announced(tx)
    subject = keys.subject("campaign", tx.campaign.code)
    tx.record("thidua.campaign.announced", subject, {"units": len(told)})
    return Done(changed=len(told))


class _Call(NamedTuple):
    """What a unit is called on to do: until when, and on which form."""

    closes_at: datetime
    sequence: int
    form: Enclosed | None


def _announce_to(tx: Transaction, directory: Directory, unit: UnitRecord, call: _Call) -> None:
    playbook, recipient = tx.playbook, directory.to_unit(unit)
    quota = playbook.quota
    nominates = quota.nominates(unit.kind)
    language = recipient.language
    payload = CampaignLaunched(
        **directory.heading(recipient),
        calendar=entry(
            tx,
            recipient,
            keys.calendar_uid(tx.campaign.code, Stage.NOMINATION),
            call.sequence,
            call.closes_at,
            stage=Stage.NOMINATION,
        ),
        opens_at=playbook.instant(playbook.calendar.nomination.opens),
        closes_at=call.closes_at,
        fields=tuple(field.name.say(language) for field in playbook.fields),
        subject_kinds=tuple(kind.name.say(language) for kind in playbook.subject_kinds),
        nominates=nominates,
        quota=quota.for_kind(unit.kind) if nominates else None,
        interface=tx.links.interface(),
    )
    tx.notify(
        recipient,
        payload,
        about=keys.subject("campaign", tx.campaign.code),
        cause=1,
        enclosed=call.form if nominates else None,
    )
