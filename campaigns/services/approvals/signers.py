"""Who may sign for a stage today, who has, and for whom does it wait?

A right to sign comes from a role held today, from being named in the playbook, or from a
delegation in force today. Who abstained has none, and passes none on.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from functools import cached_property

from campaigns.rules.approvals import signatures as rules
from campaigns.rules.approvals.delegations import Span
from campaigns.rules.approvals.right import ApprovalStatus, Right, Signature
from campaigns.rules.registers.errors import ApprovalRulesResting, RightResting
from campaigns.services.approvals import basis
from campaigns.services.approvers import has_rests, rights_of_stage
from campaigns.services.registers.directory import Directory, local, today
from campaigns.store import approvals as rows
from campaigns.store import campaigns, playbook
from campaigns.store.records import ApprovalRecord, DelegationRecord, PersonRecord, StageRecord
from campaigns.store.registers import people, resting
from campaigns.store.transaction import Transaction
from schemas.registers import Origin
from schemas.views.approvals import AskedPerson, SignatureView, StageSigners
from schemas.vocabulary import Stage, StageState


def span_of(record: DelegationRecord) -> Span:
    """Return a delegation as the rules see it."""
    return Span(
        record.principal_id,
        record.substitute_id,
        record.first_on,
        record.last_on,
        record.stage,
        record.letter,
    )


class Chain:
    """The approval of one stage as it stands in this transaction."""

    def __init__(self, tx: Transaction, stage: StageRecord) -> None:
        self.stage = stage
        self.name = Stage(stage.name)
        self.policy = tx.playbook.approvals.of(self.name)
        self._tx = tx
        self._verdicts = rows.verdicts(tx, stage, rounds=True)

    @property
    def verdicts(self) -> list[ApprovalRecord]:
        """The verdicts of the present round."""
        return [one for one in self._verdicts if one.round == self.stage.round]

    @cached_property
    def signatures(self) -> list[Signature]:
        """The signatures that count, with their times in the campaign's zone."""
        return [
            Signature(
                one.person_id,
                local(self._tx, one.decided_at),
                one.step,
                one.principal_id or "",
                one.letter,
            )
            for one in self.verdicts
            if one.verdict == "approve"
        ]

    @cached_property
    def abstained(self) -> frozenset[str]:
        """Who abstained for a conflict, in any round: a correction does not end a conflict."""
        return frozenset(one.person_id for one in self._verdicts if one.verdict == "abstain")

    @cached_property
    def status(self) -> ApprovalStatus:
        """How far the signatures go."""
        return rules.status(self.policy, self.signatures, self._tx.campaign.launched_by)

    @cached_property
    def delegations(self) -> list[DelegationRecord]:
        """The delegations in force today for this stage."""
        day = today(self._tx)
        return [
            one
            for one in self.all_delegations
            if one.revoked_at is None
            and span_of(one).covers(day, self.name)
            and not self._is_at_rest(one.rests_until)
        ]

    def _is_at_rest(self, until: datetime | None) -> bool:
        return has_rests(self._tx) and until is not None and until > self._tx.now

    @cached_property
    def rules_rest(self) -> tuple[str, datetime] | None:
        """Who changed the rules of this approval, and until when they rest; None: they count."""
        if not has_rests(self._tx):
            return None
        return playbook.approval_at_rest(self._tx, self.name)

    def ensure_not_resting(self, person_id: str) -> None:
        """Refuse an act by rules that rest, or of who has no right but one that rests.

        Raises:
            ApprovalRulesResting: One person has just changed the rules of this approval.
            RightResting: The person's right, or the delegation to them, is too new.
        """
        if self.rules_rest is not None:
            by, until = self.rules_rest
            raise ApprovalRulesResting(by, local(self._tx, until))
        if not has_rests(self._tx) or any(one.person_id == person_id for one in self.rights):
            return
        for one in self.all_delegations:
            is_theirs = one.substitute_id == person_id and one.revoked_at is None
            if is_theirs and one.rests_until and self._is_at_rest(one.rests_until):
                until = local(self._tx, one.rests_until)
                raise RightResting(person_id, one.recorded_by or "", until)
        may_come = {one.person_id for one in rights_of_stage(self._tx, self.name, resting=True)}
        if person_id in may_come:
            for found in resting.find(self._tx, person_id):
                until = local(self._tx, found.until)
                raise RightResting(person_id, ", ".join(sorted(found.makers)), until)

    @cached_property
    def all_delegations(self) -> list[DelegationRecord]:
        """The delegations that concern this stage, those that are over too."""
        return [
            one for one in rows.delegations(self._tx) if one.stage is None or one.stage == self.name
        ]

    @cached_property
    def rights(self) -> list[Right]:
        """Everybody's rights today; principals keep theirs while they are represented."""
        own = rights_of_stage(self._tx, self.name)
        steps: dict[str, list[int]] = defaultdict(list)
        for right in own:
            steps[right.person_id].append(right.step)
        passed_on = [
            Right(one.substitute_id, step, one.principal_id, one.letter)
            for one in self.delegations
            for step in steps[one.principal_id]
        ]
        return [
            right
            for right in (*own, *passed_on)
            if not {right.person_id, right.authority} & self.abstained
        ]

    @cached_property
    def usable(self) -> list[Right]:
        """The rights that can still be used now."""
        if self.rules_rest is not None:
            return []
        return rules.may_sign(self.rights, self.status, self.signatures)

    @cached_property
    def short(self) -> int:
        """How many of the missing signatures nobody can give."""
        return rules.short_of(self.status, self.rights, self.signatures)

    @cached_property
    def asked(self) -> list[Right]:
        """Whom the stage waits for, by id: a substitute in place of the principal, each once."""
        represented = {one.principal_id for one in self.delegations} - {
            one.person_id for one in self.signatures
        }
        found: dict[str, Right] = {}
        for right in sorted(self.usable, key=lambda one: (bool(one.principal_id), one.step)):
            if right.principal_id or not self._is_away(right.person_id, represented):
                found.setdefault(right.person_id, right)
        return [found[person_id] for person_id in sorted(found)]

    def _is_away(self, person_id: str, represented: set[str]) -> bool:
        """Say whether a substitute is asked instead; not where that one cannot sign."""
        return person_id in represented and any(
            one.principal_id == person_id for one in self.usable
        )

    @cached_property
    def since(self) -> datetime | None:
        """When the wait for those who are asked now began: by the request, or a step's end."""
        began = self.stage.approval_requested_at
        if self.policy.order == "parallel" or not self.status.open_steps:
            return began
        earlier = [
            one.decided_at for one in self.signatures if one.step < self.status.open_steps[0]
        ]
        return max([*earlier, *([began] if began else [])], default=None)


def asked_now(tx: Transaction, stage: StageRecord) -> list[PersonRecord]:
    """Return whom a stage that waits for approval waits for now, by id."""
    known = people.named(tx, [right.person_id for right in Chain(tx, stage).asked])
    return [known[person_id] for person_id in sorted(known)]


def asked_people(tx: Transaction, chain: Chain) -> tuple[AskedPerson, ...]:
    """Return by name and unit whom a stage waits for."""
    known = people.named(
        tx, {one for right in chain.asked for one in (right.person_id, right.authority)}
    )
    directory = Directory(tx)
    return tuple(
        AskedPerson(
            person_id=right.person_id,
            name=known[right.person_id].full_name,
            unit_id=known[right.person_id].unit_id,
            unit_name=directory.unit_name(known[right.person_id].unit_id),
            step=right.step,
            principal_id=right.principal_id,
            principal_name=known[right.principal_id].full_name if right.principal_id else "",
            letter=right.letter,
        )
        for right in chain.asked
    )


def signatures(
    tx: Transaction, stage: StageRecord, of_round: int | None = None
) -> tuple[SignatureView, ...]:
    """Return the verdicts of a round, else the present one, by name: the signature block."""
    wanted = of_round or stage.round
    given = [one for one in rows.verdicts(tx, stage, rounds=True) if one.round == wanted]
    known = people.named(
        tx, {one for row in given for one in (row.person_id, row.principal_id) if one}
    )
    return tuple(_signature(row, known) for row in given)


def by_stage(tx: Transaction) -> dict[str, StageSigners]:
    """Return by name who has decided on each stage, and for whom it waits."""
    return {stage.name: of_stage(tx, stage) for stage in campaigns.stages(tx)}


def of_stage(tx: Transaction, stage: StageRecord) -> StageSigners:
    """Return by name who has decided on a stage, and for whom it waits."""
    waits = stage.state == StageState.AWAITING_APPROVAL
    return StageSigners(
        signatures=signatures(tx, stage),
        asked=asked_people(tx, Chain(tx, stage)) if waits else (),
        basis=basis.mark(tx, stage) if waits else "",
    )


def _signature(row: ApprovalRecord, known: dict[str, PersonRecord]) -> SignatureView:
    person, principal = known[row.person_id], known.get(row.principal_id or "")
    return SignatureView(
        person_id=person.id,
        name=person.full_name,
        position=person.position,
        verdict=row.verdict,
        step=row.step,
        decided_at=row.decided_at,
        reason=row.reason,
        principal_id=principal.id if principal else "",
        principal_name=principal.full_name if principal else "",
        principal_position=principal.position if principal else "",
        letter=row.letter,
        origin=Origin.model_validate_json(row.given_by) if row.given_by else None,
    )
