"""Who is asked to decide on a stage, when, and who is told that somebody else is?

`ask` is safe to run at any time: it asks those for whom the stage waits and whom it has not asked
yet. So the next step of a sequence is asked when the one before it is complete, a substitute on
the first day of the delegation, and the principal again when its days are over.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from campaigns.rules import keys
from campaigns.rules.approvals.right import Right
from campaigns.rules.log import anchors
from campaigns.services.approvals import basis
from campaigns.services.approvals.signers import Chain
from campaigns.services.approvers import has_rests
from campaigns.services.launch.plan import plan
from campaigns.services.registers.directory import Directory, local, today
from campaigns.store.engine import edges, timers
from campaigns.store.records import DelegationRecord, PersonRecord
from campaigns.store.registers import people, resting
from campaigns.store.transaction import Transaction
from schemas.links import DecisionLink
from schemas.messages.approvals import ApprovalDelegated, ApprovalRequested, ApproversMissing
from schemas.vocabulary import Role, Stage, label

_LINK_STAYS = timedelta(days=14)
"""How long a link is good after the approval was due; on each act everything is checked anew."""


def ask(tx: Transaction, chain: Chain) -> None:
    """Ask whom the stage waits for and who was not asked yet; see to the next change by date."""
    directory = Directory(tx)
    ids = {one for right in chain.asked for one in (right.person_id, right.authority)}
    known = people.named(tx, ids)
    for right in chain.asked:
        _ask_one(tx, chain, directory, right, known)
    if chain.short:
        _tell_coordinators(tx, chain, directory)
    change = _next_change(tx, chain)
    if change is not None:
        timers.wake_by(tx, edges.CYCLE, change)


def _ask_one(
    tx: Transaction,
    chain: Chain,
    directory: Directory,
    right: Right,
    known: dict[str, PersonRecord],
) -> None:
    recipient = directory.to_person(known[right.person_id])
    principal = known.get(right.principal_id)
    stage = chain.stage
    counts = basis.counts(tx)
    payload = ApprovalRequested(
        **directory.heading(recipient),
        stage=stage.name,
        round=stage.round,
        required=chain.policy.total,
        counts=tuple((label(word, recipient.language), number) for word, number in counts),
        plan=plan(tx, recipient.language) if stage.name == Stage.LAUNCH else (),
        step=right.step,
        steps=len(chain.policy.chain),
        kept=len(chain.signatures) if stage.round > 1 else 0,
        on_behalf_of=principal.full_name if principal else "",
        letter=right.letter,
        due_at=stage.approval_due_at,
        link=link(tx, chain, right),
        anchor=_anchor(tx),
    )
    about = _about(tx, chain, right)
    tx.notify(recipient, payload, about=about, cause=stage.round)
    if principal is not None:
        _tell_principal(tx, chain, directory, right, principal, known[right.person_id])


def _anchor(tx: Transaction) -> str:
    """Return the log's end for the mail; none in a rehearsal, whose log nobody asks for."""
    if tx.campaign.clock_at is not None:
        return ""
    head = tx.head()
    return anchors.written(head.number, head.hash)


def link(tx: Transaction, chain: Chain, right: Right) -> str:
    """Return the address of the page where one person decides; empty in a rehearsal."""
    if tx.campaign.clock_at is not None:
        return ""
    return tx.links.decision(
        DecisionLink(
            campaign=tx.campaign.code,
            stage=chain.name,
            round=chain.stage.round,
            step=right.step,
            person_id=right.person_id,
            expires_at=max(chain.stage.approval_due_at, tx.now) + _LINK_STAYS,
        )
    )


def links(tx: Transaction, chain: Chain) -> dict[str, str]:
    """Return the addresses of their pages, by id, for all who can decide now, asked or not."""
    found: dict[str, Right] = {}
    for right in (*chain.asked, *chain.usable):
        found.setdefault(right.person_id, right)
    return {person_id: link(tx, chain, right) for person_id, right in found.items()}


def _about(tx: Transaction, chain: Chain, right: Right) -> str:
    """Name what one person is asked: a step, in place of somebody, or after a delegation ended."""
    about = keys.subject("stage", chain.name)
    known = people.named(tx, [right.person_id])[right.person_id]
    asked_at = chain.stage.approval_requested_at
    if known.links_since is not None and asked_at is not None and known.links_since >= asked_at:
        # The link they were sent is void: they are asked anew, where they are reached now.
        about += f"/links:{int(known.links_since.timestamp())}"
    if chain.policy.order == "sequence" and right.step > 1:
        about += f"/{right.step}"
    if right.principal_id:
        return f"{about}/for:{_of(chain, right).id}"
    ended = [one.id for one in chain.all_delegations if _came_back(tx, chain, one, right)]
    return f"{about}/back:{max(ended)}" if ended else about


def _of(chain: Chain, right: Right) -> DelegationRecord:
    return next(
        one
        for one in chain.delegations
        if (one.principal_id, one.substitute_id) == (right.principal_id, right.person_id)
    )


def _came_back(tx: Transaction, chain: Chain, one: DelegationRecord, right: Right) -> bool:
    """Say whether a delegation of this person ended while the stage waited for its approval."""
    asked_at = chain.stage.approval_requested_at
    if one.principal_id != right.person_id or asked_at is None:
        return False
    last = one.last_on
    if one.revoked_at is not None:
        last = min(last, local(tx, one.revoked_at).date())
    is_over = one.revoked_at is not None or last < today(tx)
    return is_over and one.first_on <= today(tx) and last >= local(tx, asked_at).date()


def _tell_principal(
    tx: Transaction,
    chain: Chain,
    directory: Directory,
    right: Right,
    principal: PersonRecord,
    substitute: PersonRecord,
) -> None:
    recipient = directory.to_person(principal)
    delegation = _of(chain, right)
    payload = ApprovalDelegated(
        **directory.heading(recipient),
        stage=chain.name,
        substitute_name=substitute.full_name,
        letter=right.letter,
        until_on=f"{delegation.last_on:%d/%m/%Y}",
    )
    about = f"{keys.subject('stage', chain.name)}/for:{delegation.id}"
    tx.notify(recipient, payload, about=about, cause=chain.stage.round)


def _tell_coordinators(tx: Transaction, chain: Chain, directory: Directory) -> None:
    for person in directory.holding(Role.COORDINATOR):
        recipient = directory.to_person(person)
        payload = ApproversMissing(
            **directory.heading(recipient),
            stage=chain.name,
            missing=chain.short,
            abstained=len(chain.abstained),
            due_at=chain.stage.approval_due_at,
        )
        about = f"{keys.subject('stage', chain.name)}/short:{len(chain.abstained)}-{chain.short}"
        tx.notify(recipient, payload, about=about, cause=chain.stage.round)


def _next_change(tx: Transaction, chain: Chain) -> datetime | None:
    """Return when a delegation next begins or ends: the first moment of a day."""
    days = {
        day
        for one in chain.all_delegations
        if one.revoked_at is None
        for day in (one.first_on, one.last_on + timedelta(days=1))
        if day > today(tx)
    }
    moments = [_first_moment(tx, min(days))] if days else []
    if has_rests(tx):
        # Whose right still rests is asked when it counts; so is everybody by rules that rest.
        moments += [one.until for one in resting.find(tx) if one.until > tx.now]
        moments += [one.rests_until for one in chain.all_delegations if one.rests_until]
        moments += [chain.rules_rest[1]] if chain.rules_rest else []
    return min((one for one in moments if one > tx.now), default=None)


def _first_moment(tx: Transaction, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(tx.playbook.timezone))
