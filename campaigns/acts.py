"""How does somebody act? By one door: the right is asked, the act done once, all of it committed.

Whoever acts (the command line, the API, the link of a mail, a recorded act) makes a command and
hands it in here. Who it is, their right, the repeat and the act itself are decided in one
transaction, and one row keeps the answer (ADR 0055).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from campaigns.bootstrap import App
from campaigns.rules import repeats
from campaigns.rules.access import permissions as may
from campaigns.rules.access.predicates import About
from campaigns.rules.access.rights import Permission
from campaigns.rules.errors import ActContradicted, CommandIdReused
from campaigns.rules.repeats import Known
from campaigns.services import clock, webhooks
from campaigns.services.access import about, ways
from campaigns.services.access.facts import PersonFacts
from campaigns.services.appraisal import corrections, reviews
from campaigns.services.approvals import delegations, verdicts
from campaigns.services.deadlines import extensions
from campaigns.services.engine import alerts
from campaigns.services.launch import cancellation, launch
from campaigns.services.mail import bounces, delivery, preferences
from campaigns.services.nomination import acts, checking
from campaigns.services.playbook import amendments
from campaigns.services.recognition import council, sessions, vote_corrections
from campaigns.services.registers import enrolment, imports
from campaigns.services.registers.imports import Import, Spool
from campaigns.services.replication import adoptions
from campaigns.services.signing import one_time_codes
from campaigns.store import repeats as rows
from campaigns.store.commit import commit
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.actors import Actor, Way
from schemas.answers import RegistersChanged, TableTaken
from schemas.commands import (
    access,
    appraisal,
    approvals,
    deadlines,
    engine,
    mail,
    nomination,
    playbook,
    recognition,
    registers,
    signing,
)
from schemas.commands.clock import RepairClock
from schemas.commands.command import Command
from schemas.commands.launch import CancelCampaign, CreateCampaign, LaunchCampaign
from schemas.imports import ImportReport, NominationRow
from schemas.outcomes import Done
from schemas.registers import Means, RegisterChange

Answer = TypeVar("Answer", bound=Done)
_MEANS: Final[Mapping[Way, Means]] = {"token": "token", "link": "link", "console": "console"}
"""By what an act counts as confirmed; the engine's are by nothing."""


class Act(NamedTuple):
    """One row of the table: who may, and what is done."""

    may: Permission
    carry_out: Callable[..., Done]
    """Called with the transaction, the command, and what comes beside it."""
    of: Callable[..., About] = lambda *_: About()
    """Called as `carry_out` is: what the command is about, as far as the right depends on it."""


class Entrance(NamedTuple):
    """What a way in asks for besides the right."""

    admit: Callable[[Transaction], None] = lambda _tx: None
    """Before anything else, a repeat too: the link holds still, say."""
    confirm: Callable[[Transaction], None] = lambda _tx: None
    """Of an act that is no repeat: the code that was sent, the version that was read."""
    said: str | None = None
    """What a repeat must say as well; None: the command, and what comes beside it."""
    formerly: tuple[Known, ...] = ()
    """Under what the act is known if it was carried out before an upgrade, or by an older key."""


class RefusedAndKept(Exception):
    """A refusal of `confirm` whose traces stay, such as the count of wrong tries."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__()
        self.refusal = refusal


OPEN: Final = Entrance()


def carry_out(
    app: App,
    who: Actor,
    campaign: str | None,
    command: Command,
    *beside: object,
    entrance: Entrance = OPEN,
) -> Done:
    """Carry out a command once, if it may be, and commit; a repeat gets the first answer.

    Args:
        app: The installation.
        who: The person behind it, and by which way they came.
        campaign: The campaign's code; None: the act is on what belongs to none.
        command: What is asked. The same act has the same id however often it is sent.
        beside: What is too large or too secret to stand in a command: rows, a playbook.
        entrance: What the way in asks for besides.

    Raises:
        ScopeMissing, PersonNotAppointed, SignerNotAppointed, ThingNotFound, UnitNotYours: They may
            not; see `rules.access.permissions`.
        ActContradicted, CommandIdReused: The id was used for another act.
        Refusal: What the act itself refuses.
    """
    return carry_out_for(Done, app, who, campaign, command, *beside, entrance=entrance)


def carry_out_for(
    answer: type[Answer],
    app: App,
    who: Actor,
    campaign: str | None,
    command: Command,
    *beside: object,
    entrance: Entrance = OPEN,
) -> Answer:
    """Carry out a command that has an answer of its own kind, as `carry_out` does."""
    _ensure_own(who, command)
    ACTS[type(command)].may.ensure_scope(who)
    signed_with = (app.settings.signing_key, *app.settings.older_keys)
    with app.store.writing(who.name, campaign) as tx:
        try:
            done = within(answer, tx, signed_with, who, command, *beside, entrance=entrance)
        except RefusedAndKept as refused:
            commit(tx)
            raise refused.refusal from None
        commit(tx)
    return done


def within(
    answer: type[Answer],
    tx: Transaction,
    signed_with: Sequence[bytes],
    who: Actor,
    command: Command,
    *beside: object,
    entrance: Entrance = OPEN,
) -> Answer:
    """Do what `carry_out` does in a transaction that the caller commits.

    `signed_with` are the keys by which a repeat is known, the one of today first.
    """
    act, identity = ACTS[type(command)], command.command_id
    code = tx.campaign.code if tx.has_campaign else ""
    said = entrance.said or repeats.said_of(command, beside)
    names = [
        repeats.name_of(key, type(command), identity, who.name, code, said) for key in signed_with
    ]
    tx.means = _MEANS.get(who.how, "")
    entrance.admit(tx)
    same = Known(identity, (*names, *repeats.formerly(command)))
    stored = _stored(tx, (same, *entrance.formerly))
    if isinstance(stored, str):
        return repeats.answer(answer, stored)
    act.may.ensure(PersonFacts(tx, who, act.of(tx, command, *beside)))
    if stored is not None:
        raise stored
    entrance.confirm(tx)
    done = act.carry_out(tx, command, *beside)
    if not isinstance(done, answer):
        msg = f"{type(command).__name__} answers by {type(done).__name__}"
        raise TypeError(msg)
    rows.keep(tx.connection, tx.now, identity, names[0], done.model_dump_json())
    return done


def ensure_person(app: App, who: Actor, campaign: str | None, command: type[Command]) -> None:
    """Refuse who may not give such a command at all, before anything is read for it.

    Raises:
        ScopeMissing, PersonNotAppointed: They may not.
    """
    permission = ACTS[command].may
    app.read(campaign, lambda tx: permission.ensure_person(PersonFacts(tx, who, About())))


def _ensure_own(who: Actor, command: Command) -> None:
    """Refuse to act as another than the one whose right is asked: a fault of the caller."""
    named = getattr(command, "person_id", who.name)
    if named != who.name:
        msg = f"{who.name} hands in a command of {named}"
        raise ValueError(msg)


def _stored(tx: Transaction, known: Sequence[Known]) -> str | Refusal | None:
    """Return the answer that is stored of the same act, or what to say of another by its id."""
    names: dict[str, list[str]] = {}
    for one in known:
        names.setdefault(one.command_id, []).extend(one.names)
    for command_id, same in names.items():
        found = rows.find(tx.connection, command_id)
        if found is None:
            continue
        name, answer = found
        if name in same:
            return answer
        was, wanted = (each.partition(" ")[0] for each in (name, same[0]))
        return ActContradicted() if was == wanted else CommandIdReused(command_id, was, wanted)
    return None


# --- The table ------------------------------------------------------------------------------------


def _submit(tx: Transaction, command: nomination.SubmitNomination, row: NominationRow) -> Done:
    done = checking.receive(tx, [row])
    return done.model_copy(update={"detail": command.nomination_code})


def _replay(tx: Transaction, command: engine.ReplayActs, rows: Sequence[Any]) -> Done:
    match command.kind:
        case "nominations":
            return checking.receive(tx, rows, recorded=command.recorded)
        case "scores":
            return reviews.record_reviews(tx, rows)
        case "votes":
            return council.record_votes(tx, rows)
        case "adoptions":
            return adoptions.record_adoptions(tx, rows)


def _import(
    tx: Transaction,
    _command: nomination.ImportTable,
    wanted: Import[Any],
    report: ImportReport,
    spool: Spool[Any],
) -> TableTaken:
    done = imports.store(tx, wanted, report, spool)
    return TableTaken(changed=done.stored, known=done.known, report=done)


def _repair_clock(tx: Transaction, command: RepairClock) -> Done:
    service = clock.repair if tx.has_campaign else clock.repair_registers
    return service(tx, command)


def _changed(
    service: Callable[[Transaction, Any], list[RegisterChange]],
) -> Callable[[Transaction, Command], RegistersChanged]:
    def carry_out(tx: Transaction, command: Command) -> RegistersChanged:
        changes = service(tx, command)
        resting = any(one.rests_until is not None for one in changes)
        detail = "resting" if resting else ""
        return RegistersChanged(changed=len(changes), detail=detail, changes=tuple(changes))

    return carry_out


ACTS: Final[Mapping[type[Command], Act]] = {
    CreateCampaign: Act(may.CREATE_CAMPAIGN, launch.create),
    LaunchCampaign: Act(may.LAUNCH_CAMPAIGN, launch.launch),
    CancelCampaign: Act(may.CANCEL_CAMPAIGN, cancellation.cancel, about.of_campaign),
    playbook.AmendPlaybook: Act(may.AMEND_PLAYBOOK, amendments.amend),
    playbook.ConfirmAmendment: Act(may.CONFIRM_AMENDMENT, amendments.confirm),
    approvals.ApproveStage: Act(may.DECIDE_ON_STAGE, verdicts.approve, about.of_stage),
    approvals.ReturnStage: Act(may.DECIDE_ON_STAGE, verdicts.return_stage, about.of_stage),
    approvals.AbstainFromStage: Act(may.DECIDE_ON_STAGE, verdicts.abstain, about.of_stage),
    signing.AskForCode: Act(may.ASK_FOR_CODE, one_time_codes.ask, about.of_stage),
    approvals.AskApprovalAgain: Act(may.ASK_AGAIN, verdicts.ask_again, about.of_stage),
    approvals.RecordDelegation: Act(may.RECORD_DELEGATION, delegations.record, about.of_principal),
    approvals.RevokeDelegation: Act(may.REVOKE_DELEGATION, delegations.revoke, about.of_delegation),
    approvals.ConfirmDelegation: Act(
        may.CONFIRM_DELEGATION, delegations.confirm, about.of_delegation
    ),
    deadlines.ExtendDeadline: Act(may.EXTEND_DEADLINE, extensions.extend),
    nomination.SubmitNomination: Act(may.SUBMIT_NOMINATION, _submit, about.of_form),
    nomination.SendWorkbook: Act(may.SEND_WORKBOOK, lambda tx, _command, book: book.receive(tx)),
    nomination.WithdrawNomination: Act(may.WITHDRAW_NOMINATION, acts.withdraw, about.of_nomination),
    nomination.ClearHold: Act(may.CLEAR_HOLD, acts.clear_hold),
    nomination.RecordReview: Act(may.RECORD_REVIEWS, reviews.hand_in, about.of_review),
    appraisal.CorrectOwnReview: Act(
        may.CORRECT_OWN_REVIEW, corrections.correct_reviews, about.of_reviews
    ),
    appraisal.CorrectReviews: Act(
        may.CORRECT_REVIEWS, corrections.correct_reviews, about.of_reviews
    ),
    nomination.RecordVotes: Act(
        may.RECORD_VOTES, lambda tx, _command, rows: council.record_votes(tx, rows)
    ),
    recognition.CorrectVotes: Act(may.CORRECT_VOTES, vote_corrections.correct_votes),
    recognition.CloseSession: Act(may.CLOSE_SESSION, sessions.close),
    recognition.CorrectDecision: Act(may.CORRECT_DECISION, verdicts.correct_decision),
    recognition.RevokeRecognition: Act(may.REVOKE_RECOGNITION, acts.revoke),
    nomination.RecordAdoptions: Act(
        may.RECORD_ADOPTIONS, lambda tx, _command, rows: adoptions.record_adoptions(tx, rows)
    ),
    mail.ReleaseMessages: Act(may.RELEASE_MESSAGES, delivery.release),
    mail.RetryMessages: Act(may.RETRY_MESSAGES, delivery.retry),
    mail.ClearAddress: Act(may.CLEAR_ADDRESS, bounces.clear),
    engine.ReviveRuns: Act(may.REVIVE_RUNS, lambda tx, _command: alerts.revive_all(tx)),
    engine.ReplayActs: Act(may.REPLAY_ACTS, _replay),
    RepairClock: Act(may.REPAIR_CLOCK, _repair_clock),
    nomination.ImportTable: Act(may.IMPORT_TABLE, _import),
    registers.AppointPerson: Act(may.APPOINT, _changed(enrolment.appoint)),
    registers.EndAppointment: Act(may.END_APPOINTMENT, _changed(enrolment.end)),
    registers.ConfirmPerson: Act(may.CONFIRM_PERSON, _changed(enrolment.confirm)),
    registers.RefusePerson: Act(may.REFUSE_PERSON, _changed(enrolment.refuse), about.of_person),
    signing.RevokeLinks: Act(may.REVOKE_LINKS, enrolment.revoke_links, about.of_person),
    mail.SetMailPreference: Act(may.SET_PREFERENCE, preferences.set_preference, about.of_person),
    access.MakeFeed: Act(may.MAKE_FEED, ways.make_feed, about.of_person),
    access.EndFeed: Act(may.END_FEED, ways.end_feed, about.of_person),
    access.CreateToken: Act(may.MANAGE_TOKENS, ways.create_token),
    access.RevokeToken: Act(may.MANAGE_TOKENS, ways.revoke_token),
    access.AddWebhook: Act(may.MANAGE_WEBHOOKS, ways.add_webhook),
    access.RemoveWebhook: Act(may.MANAGE_WEBHOOKS, ways.remove_webhook),
    access.ResendWebhook: Act(
        may.MANAGE_WEBHOOKS, lambda tx, command: webhooks.resend(tx, command.number)
    ),
}
"""Every command, who may give it, and what it does."""
