"""What of a person decides what they may do? Their roles today, their unit, their rights to stages.

Each is read when a predicate asks for it, within the transaction of the act.
"""

from __future__ import annotations

from functools import cached_property

from campaigns.rules.access.predicates import About
from campaigns.rules.approvals.errors import SignerNotAppointed
from campaigns.services.approvals.signers import Chain
from campaigns.services.approvers import approvers, rights_of_stage
from campaigns.services.registers import directory, enrolment
from campaigns.store import campaigns
from campaigns.store.records import PersonRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from schemas.actors import Actor
from schemas.vocabulary import Role, Stage


class PersonFacts:
    """What is known of who acts in this transaction."""

    def __init__(self, tx: Transaction, actor: Actor, about: About) -> None:
        self.actor = actor
        self.about = about
        self._tx = tx

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles held today: by the campaign's own day where there is one."""
        if not self.actor.person_id:
            return frozenset()
        tx = self._tx
        day = directory.today(tx) if tx.has_campaign else enrolment.today(tx)
        return people.roles_of(tx, self.actor.person_id, day)

    @property
    def unit_id(self) -> str | None:
        """The person's unit; None: nobody has this id."""
        return self._person.unit_id if self._person else None

    @cached_property
    def _person(self) -> PersonRecord | None:
        person_id = self.actor.person_id
        return people.named(self._tx, [person_id]).get(person_id) if person_id else None

    def approves(self, stage: Stage) -> bool:
        """Say whether they may approve a stage today in their own right."""
        return self.actor.person_id in {one.id for one in approvers(self._tx, stage)}

    def signs(self, stage: Stage) -> bool:
        """Say whether they have any right to a stage: new, given up, or passed on to them.

        What is wrong with that right today is told by the approval itself.
        """
        person_id, chain = self.actor.person_id, self._chain(stage)
        own = {one.person_id for one in rights_of_stage(self._tx, stage, resting=True)}
        substitutes = {one.substitute_id for one in chain.all_delegations if not one.revoked_at}
        return person_id in own | substitutes

    @property
    def is_of_standing(self) -> bool:
        """Whether they coordinate or lead by an appointment that does not rest any more."""
        return enrolment.is_of_standing(self._tx, self.actor.person_id)

    def roles_approving(self, stage: Stage) -> tuple[Role, ...]:
        """Return the roles by which a stage is approved."""
        chain = self._tx.playbook.approvals.of(stage).chain
        roles = tuple(dict.fromkeys(role for step in chain for role in step.roles))
        return roles or (Role.LEADER,)

    def refuse_signer(self, stage: Stage) -> SignerNotAppointed:
        """Return what is said to who has no right to a stage."""
        steps = self._chain(stage).status.steps
        return SignerNotAppointed(self.actor.person_id, stage, steps)

    def _chain(self, stage: Stage) -> Chain:
        return Chain(self._tx, campaigns.get_stage(self._tx, stage))
