"""Who is told that somebody comes to sign, or that a signer is to be reached elsewhere?

The person under the old and under the new address, the coordinators, and all who sign: in the time
of rest any of them can object (`thidua person refuse`). What was told once is not told again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from campaigns.rules import keys
from campaigns.rules.approvals.delegations import Span
from campaigns.rules.playbook.amendments import Changed
from campaigns.services.approvals.requests import ask
from campaigns.services.approvals.signers import Chain
from campaigns.services.approvers import approvers, has_rests
from campaigns.services.registers import enrolment
from campaigns.services.registers.directory import Directory
from campaigns.store import campaigns
from campaigns.store.engine import edges, timers
from campaigns.store.registers import people
from campaigns.store.registers.resting import Resting
from campaigns.store.transaction import Transaction
from schemas.messages.outgoing import Recipient
from schemas.messages.signing import SignerChanged, SignerMatter
from schemas.vocabulary import STAGES, CampaignState, Role, StageState, label

_OVER: Final = (CampaignState.CANCELLED,)


def tell(tx: Transaction) -> None:
    """Tell of what rests and concerns this campaign; ask whom it has made one to be asked."""
    if not has_rests(tx) or tx.campaign.state in _OVER:
        return
    directory = Directory(tx)
    for one in enrolment.found_resting(tx):
        if _concerns(tx, one):
            _tell_of(tx, directory, one)
            timers.wake_by(tx, edges.SWEEP, one.until)
    for stage in campaigns.stages(tx):
        if stage.state == StageState.AWAITING_APPROVAL:
            ask(tx, Chain(tx, stage))


def _concerns(tx: Transaction, one: Resting) -> bool:
    """Say whether a person signs in this campaign, or may confirm who does."""
    roles, named = {Role.COORDINATOR.value}, set[str]()
    for name in STAGES:
        for step in tx.playbook.approvals.of(name).chain:
            roles.update(role.value for role in step.roles)
            named.update(step.people)
    held = people.roles_of(tx, one.person_id, enrolment.today(tx)) | one.roles.keys()
    return one.person_id in named or not roles.isdisjoint(held)


def _tell_of(tx: Transaction, directory: Directory, one: Resting) -> None:
    moment = int(one.until.timestamp())
    roles = tuple(role for role in sorted(one.roles) if role)
    has_address = one.email_wanted is not None
    matter: SignerMatter = "address" if has_address else "role"
    values = {
        "matter": matter,
        "person_name": one.name,
        "person_id": one.person_id,
        "roles": roles,
        "address": one.email,
        "address_wanted": one.email_wanted or "",
        "made_by": _names(tx, sorted(one.makers)),
        "rests_until": one.until,
    }
    about = keys.subject("person", one.person_id)
    own = Recipient(
        id=one.person_id,
        address=one.email,
        name=one.name,
        language="en" if one.language == "en" else "vi",
    )
    _notify(tx, directory, own, values, f"{about}/old" if has_address else about, moment)
    if one.email_wanted:
        new = own.model_copy(update={"address": one.email_wanted})
        _notify(tx, directory, new, values, f"{about}/new", moment)
    for other in _others(tx, directory, {one.person_id}):
        _notify(tx, directory, other, values, about, moment)


def tell_of_delegation(
    tx: Transaction, wanted: Span, number: int, made_by: str, rests_until: datetime
) -> None:
    """Tell principal, substitute, coordinators and signers of a delegation another recorded."""
    directory = Directory(tx)
    known = people.named(tx, {wanted.principal_id, wanted.substitute_id})
    principal, substitute = known[wanted.principal_id], known[wanted.substitute_id]
    values = {
        "matter": "delegation",
        "person_name": substitute.full_name,
        "person_id": substitute.id,
        "principal_name": principal.full_name,
        "letter": wanted.letter,
        "number": number,
        "made_by": _names(tx, [made_by]),
        "rests_until": rests_until,
    }
    about = keys.subject("delegation", str(number))
    told = {one.id: directory.to_person(one) for one in (principal, substitute)}
    told |= {one.id: one for one in _others(tx, directory, set(told))}
    for recipient in told.values():
        _notify(tx, directory, recipient, values, about, number)
    timers.wake_by(tx, edges.CYCLE, rests_until)


def tell_of_rules(
    tx: Transaction,
    changed: Sequence[Changed],
    version: int,
    made_by: str,
    rests_until: datetime,
) -> None:
    """Tell coordinators and signers that one person has changed who signs."""
    directory = Directory(tx)
    stages = dict.fromkeys(key.path[1] for key in changed if key.path[0] == "approvals")
    values = {
        "matter": "rules",
        "stages": tuple(stages),
        "number": version,
        "made_by": _names(tx, [made_by]),
        "rests_until": rests_until,
    }
    about = keys.subject("campaign", tx.campaign.code)
    for recipient in _others(tx, directory, set()):
        _notify(tx, directory, recipient, values, about, version)
    timers.wake_by(tx, edges.CYCLE, rests_until)


def _others(tx: Transaction, directory: Directory, but: set[str]) -> Iterator[Recipient]:
    """Return the coordinators and all who sign here, each once."""
    found = {one.id: one for one in directory.holding(Role.COORDINATOR)}
    for name in STAGES:
        found |= {one.id: one for one in approvers(tx, name)}
    for person_id in sorted(found.keys() - but):
        yield directory.to_person(found[person_id])


def _names(tx: Transaction, ids: Sequence[str]) -> str:
    """Say who made a change: by name and id; the command line, where nobody was named."""
    known = people.named(tx, ids)
    said = [f"{known[one].full_name} ({one})" if one in known else one for one in ids]
    return ", ".join(said)


def _notify(
    tx: Transaction,
    directory: Directory,
    recipient: Recipient,
    values: dict[str, object],
    about: str,
    cause: int,
) -> None:
    shown = dict(values)
    for key in ("roles", "stages"):
        words = shown.get(key, ())
        if isinstance(words, tuple):
            shown[key] = tuple(label(word, recipient.language) for word in words)
    payload = SignerChanged.model_validate({**directory.heading(recipient), **shown})
    tx.notify(recipient, payload, about=about, cause=cause)
