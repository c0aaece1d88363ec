"""Who is sent a code to decide with, and is what was typed that code?

A code goes out in a mail of its own, to the address the link went to, when somebody is about to
act. So whoever signs has the mailbox now, and not only a link that was forwarded, kept or leaked
(ADR 0044).
"""

from __future__ import annotations

import secrets
from typing import Final

from campaigns.rules import keys
from campaigns.rules.signing import errors
from campaigns.rules.signing import one_time_codes as rules
from campaigns.services.approvals import verdicts
from campaigns.services.approvals.signers import Chain
from campaigns.services.approvers import approvers
from campaigns.services.registers.directory import Directory, local
from campaigns.store import campaigns
from campaigns.store.mail import handover, mailboxes, messages, pauses
from campaigns.store.records import PersonRecord, StageRecord
from campaigns.store.registers import people
from campaigns.store.signing import one_time_codes as rows
from campaigns.store.transaction import Transaction
from language.errors import Refusal
from schemas.commands.signing import AskForCode
from schemas.links import CodeAsked, DecisionLink, SigningAct
from schemas.messages.signing import OneTimeCode
from schemas.outcomes import Done
from schemas.views.approval_page import CodePage
from schemas.vocabulary import CampaignState, MessageState, Stage

_NONCE: Final = 16
_ON_ITS_WAY: Final = frozenset({MessageState.QUEUED, MessageState.CLAIMED})


def is_wanted(tx: Transaction, stage: Stage) -> bool:
    """Say whether who decides on a stage by a link gives a code besides."""
    return tx.playbook.approvals.of(stage).one_time_code


def reached(tx: Transaction) -> list[tuple[str, str]]:
    """Return (person, address) of all who may be asked for codes in a campaign that goes on."""
    if tx.campaign.clock_at is not None or tx.campaign.state != CampaignState.RUNNING:
        return []
    wanted = [Stage(one.name) for one in campaigns.stages(tx) if is_wanted(tx, Stage(one.name))]
    found = {one.id: one.email for stage in wanted for one in approvers(tx, stage)}
    return sorted(found.items())


def forget(tx: Transaction) -> None:
    """Take out the codes of yesterday and before, of all campaigns."""
    rows.forget(tx, tx.wall - rules.KEPT)


def ask(tx: Transaction, command: AskForCode, per_hour: int = 0) -> Done:
    """Send a person a code for one act; the one before it counts no more.

    Args:
        tx: A transaction that writes.
        command: Who wants to do what; the caller knows that it comes from the person's link.
        per_hour: How many mails may leave in an hour, of all campaigns; 0: no limit.

    Raises:
        CodeNotWanted: The stage asks for none.
        CodesTooMany: As many as may were asked for within the hour.
        CodeNotSendable: No mail to the person leaves now.
        PersonNotAppointed, TransitionNotAllowed, ApprovalNotAllowed, FiguresChanged: They may not
            do it anyway.
    """
    if not is_wanted(tx, command.stage):
        raise errors.CodeNotWanted
    stage = campaigns.get_stage(tx, command.stage)
    verdicts.right_to(tx, Chain(tx, stage), command.act, command)
    person = people.named(tx, [command.person_id])[command.person_id]
    before = [one.asked_at for one, _ in _bound(tx, stage, command.round, person)]
    rules.ensure_not_too_many([local(tx, one) for one in before], local(tx, tx.now))
    _ensure_sendable(tx, person, per_hour)
    asked = CodeAsked(
        campaign=tx.campaign.code,
        stage=command.stage,
        round=command.round,
        person_id=person.id,
        act=command.act,
        nonce=secrets.token_hex(_NONCE),
    )
    asked = tx.links.bound(asked, person.email, person.links_since)
    until = tx.now + rules.LASTS
    number = rows.add(tx, stage, asked, until)
    facts: dict[str, str | int] = {"person": person.id, "round": command.round}
    cause = tx.record("thidua.stage.code_asked", keys.subject("stage", stage.name), facts)
    directory = Directory(tx)
    recipient = directory.to_person(person)
    payload = OneTimeCode(
        **directory.heading(recipient),
        stage=stage.name,
        act=command.act,
        code=tx.links.code(asked),
        until=until,
    )
    tx.notify(recipient, payload, about=keys.code(stage.name, number), cause=cause)
    return Done(changed=1)


def _ensure_sendable(tx: Transaction, person: PersonRecord, per_hour: int) -> None:
    """Refuse a code whose mail would come too late, or never."""
    until = pauses.paused_until(tx)
    if until is None and per_hour and handover.counted_this_hour(tx) >= per_hour:
        until = handover.next_place(tx)
    is_failing = bool(mailboxes.failing(tx, [person.email]))
    if until is not None or is_failing or not person.email:
        raise errors.CodeNotSendable(local(tx, until) if until else None)


def _bound(
    tx: Transaction, stage: StageRecord, round_: int, person: PersonRecord
) -> list[tuple[rules.CodeState, CodeAsked]]:
    """Return the codes of a request that went where the person's mail goes now."""
    same = {
        "campaign": tx.campaign.code,
        "stage": stage.name,
        "round": round_,
        "person_id": person.id,
    }
    found = []
    for one in rows.of_request(tx, stage, round_, person.id):
        its = {"act": one.act, "nonce": one.nonce, "mark": one.mark, "since": one.since}
        asked = CodeAsked.model_validate(same | its)
        if tx.links.is_bound(asked, person.email, person.links_since):
            found.append((one, asked))
    return found


def _newest(
    tx: Transaction, stage: StageRecord, round_: int, person: PersonRecord
) -> tuple[rules.CodeState, CodeAsked] | tuple[None, None]:
    return next(reversed(_bound(tx, stage, round_, person)), (None, None))


def confirm(tx: Transaction, link: DecisionLink, act: SigningAct, typed: str) -> Refusal | None:
    """Use up the code that was sent for an act; None where it is the right one.

    A wrong one is returned and not raised, so that the try is kept: the caller commits.

    Raises:
        CodeIncomplete, CodeNotAsked, CodeUsed, CodeVoid, CodeExpired, CodeOfOtherAct: Nothing was
            tried.
    """
    stage = campaigns.get_stage(tx, link.stage)
    person = people.named(tx, [link.person_id])[link.person_id]
    newest, asked = _newest(tx, stage, link.round, person)
    code = rules.ensure_usable(newest, act, tx.now)
    digits = rules.digits_of(typed)
    if asked is not None and tx.links.is_code(asked, digits):
        rows.end(tx, code.id, "used")
        return None
    tries = code.tries + 1
    rows.count_try(tx, code.id, tries)
    if tries < rules.TRIES:
        return errors.CodeWrong(rules.TRIES - tries)
    rows.end(tx, code.id, "tries")
    facts: dict[str, str | int] = {"person": person.id, "round": link.round, "tries": tries}
    tx.record("thidua.stage.code_voided", keys.subject("stage", stage.name), facts)
    return errors.CodeVoid(rules.TRIES)


def shown(tx: Transaction, link: DecisionLink) -> CodePage | None:
    """Return what the page of a link says of codes; None where the stage asks for none."""
    if not is_wanted(tx, link.stage):
        return None
    stage = campaigns.get_stage(tx, link.stage)
    person = people.named(tx, [link.person_id])[link.person_id]
    name, _, domain = person.email.rpartition("@")
    sent_to = f"{name[:1]}•••@{domain}"
    code, _ = _newest(tx, stage, link.round, person)
    if code is None or not code.is_living(tx.now):
        return CodePage(sent_to=sent_to)
    sent = messages.find(tx, about=keys.code(stage.name, code.id))
    is_here = any(one.state in _ON_ITS_WAY for one in sent)
    was_refused = any(one.state != MessageState.SENT and one.detail for one in sent)
    return CodePage(
        sent_to=sent_to,
        act=code.act,
        until=code.expires_at,
        mail="refused" if was_refused else "waits" if is_here else "",
    )
