"""Who may sign for a stage now, how far has its approval come, and is it approved?

A stage takes the signatures its `ApprovalPolicy` asks: one group of approvers or several, at once
or in sequence. A right to sign is one's own, or a principal's while a delegation is in force; the
two together count once. The person who launched the campaign may sign, but never alone, neither
in person nor through a substitute (constructed: four eyes).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from campaigns.rules.approvals import errors
from campaigns.rules.approvals.errors import ReasonMissing
from campaigns.rules.approvals.right import ApprovalStatus, Right, Signature, StepStatus
from language import Sayable
from schemas.playbook.approvals import ApprovalPolicy
from schemas.vocabulary import Stage


def status(
    policy: ApprovalPolicy, signatures: Sequence[Signature], launcher_id: str | None
) -> ApprovalStatus:
    """Say how far the signatures go.

    Those of the launcher, in person or through or as a substitute, count like any other; but where
    there are such, at least one must be of somebody else, even if the policy asks for one only:
    the last step then takes one more.
    """
    signed: dict[str, Signature] = {}
    for signature in signatures:
        signed.setdefault(signature.authority, signature)
    of_launcher = sum(launcher_id in (one.person_id, one.principal_id) for one in signed.values())
    need = max(policy.total, of_launcher + 1) if of_launcher else policy.total
    last = len(policy.chain)
    steps = tuple(
        StepStatus(
            number=number,
            have=sum(one.step == number for one in signed.values()),
            need=step.required + (need - policy.total if number == last else 0),
            roles=step.roles,
            people=step.people,
        )
        for number, step in enumerate(policy.chain, start=1)
    )
    unfinished = tuple(step.number for step in steps if step.missing)
    open_steps = unfinished[:1] if policy.order == "sequence" else unfinished
    return ApprovalStatus(len(signed), need, steps, open_steps)


def may_sign(
    rights: Iterable[Right], now: ApprovalStatus, signatures: Sequence[Signature]
) -> list[Right]:
    """Return the rights that can still be used now: open step, and neither side has signed."""
    used = {one.person_id for one in signatures} | {one.authority for one in signatures}
    return [
        right
        for right in rights
        if right.step in now.open_steps
        and right.person_id not in used
        and right.authority not in used
    ]


def short_of(now: ApprovalStatus, rights: Iterable[Right], signatures: Sequence[Signature]) -> int:
    """Return how many of the missing signatures nobody can give, over all steps to come."""
    used = {one.person_id for one in signatures} | {one.authority for one in signatures}
    able: dict[str, set[int]] = {}
    for one in rights:
        if one.person_id not in used and one.authority not in used:
            able.setdefault(one.authority, set()).add(one.step)
    seats = [step.number for step in now.steps for _ in range(step.missing)]
    return len(seats) - _seated(seats, able)


def _seated(seats: Sequence[int], able: Mapping[str, Collection[int]]) -> int:
    """Return how many signatures can be had where each authority gives one (a matching)."""
    holder: dict[int, str] = {}

    def place(authority: str, tried: set[int]) -> bool:
        for seat, step in enumerate(seats):
            if step not in able[authority] or seat in tried:
                continue
            tried.add(seat)
            if seat not in holder or place(holder[seat], tried):
                holder[seat] = authority
                return True
        return False

    return sum(place(authority, set()) for authority in able)


def choose(
    person_id: str,
    rights: Sequence[Right],
    now: ApprovalStatus,
    signatures: Sequence[Signature],
    stage: Stage,
) -> Right:
    """Return the right a person signs by: their own first, then for the step that misses most.

    Raises:
        PersonNotAppointed: They may sign no step of this stage today.
        ApprovalNotAllowed: They or the other side of their delegation signed already, the approval
            is complete, or it is not their turn; the error says who signed, when, or who is next.
    """
    own = _own(person_id, rights, now, stage)
    authorities = {one.authority for one in own}
    for given in signatures:
        if given.person_id == person_id:
            raise errors.signed_before(given, stage)
    if now.granted:
        raise errors.complete_before(signatures, stage)
    for given in signatures:
        if authorities == {given.authority}:
            raise errors.signed_on_behalf(person_id, given, stage)
    usable = may_sign(own, now, signatures)
    if not usable:
        raise errors.not_their_turn(person_id, own[0].step, now, signatures, stage)
    missing = {step.number: step.missing for step in now.steps}
    return min(usable, key=lambda one: (bool(one.principal_id), -missing[one.step], one.step))


def choose_to_return(
    person_id: str,
    rights: Sequence[Right],
    now: ApprovalStatus,
    signatures: Sequence[Signature],
    stage: Stage,
) -> Right:
    """Return the right a person sends a stage back by: of a step that is open, or was signed.

    Who signed may still return, and so may the other side of the delegation it was signed by.

    Raises:
        PersonNotAppointed, ApprovalNotAllowed: As for `choose`.
    """
    own = _own(person_id, rights, now, stage)
    signed = {one.authority for one in signatures} | {one.person_id for one in signatures}
    usable = [
        one for one in own if one.step in now.open_steps or {one.person_id, one.authority} & signed
    ]
    if not usable:
        raise errors.not_their_turn(person_id, own[0].step, now, signatures, stage)
    return min(usable, key=lambda one: (bool(one.principal_id), one.step))


def choose_to_abstain(
    person_id: str,
    rights: Sequence[Right],
    now: ApprovalStatus,
    signatures: Sequence[Signature],
    stage: Stage,
) -> Right:
    """Return the right a person gives up, whether or not it is their turn.

    Raises:
        PersonNotAppointed: They may sign no step of this stage today.
        ApprovalNotAllowed: They signed already.
    """
    own = _own(person_id, rights, now, stage)
    for given in signatures:
        if given.person_id == person_id:
            raise errors.signed_and_abstains(given, stage)
    return min(own, key=lambda one: (bool(one.principal_id), one.step))


def _own(person_id: str, rights: Sequence[Right], now: ApprovalStatus, stage: Stage) -> list[Right]:
    own = [one for one in rights if one.person_id == person_id]
    if not own:
        raise errors.SignerNotAppointed(person_id, stage, now.steps)
    return own


def ensure_not_abstained(person_id: str, abstained: Collection[str], stage: Stage) -> None:
    """Refuse an act of who abstained for a conflict: it holds for the stage, in every round."""
    if person_id in abstained:
        raise errors.abstained_before(person_id, stage)


def ensure_reason(reason: str | None, act: Sayable) -> None:
    """Refuse an act without a reason; white space is none. Raises `ReasonMissing`.

    `act` names it, as the beginning of a sentence.
    """
    if reason is None or not reason.strip():
        raise ReasonMissing(act)
