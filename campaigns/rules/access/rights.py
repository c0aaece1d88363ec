"""When is a right met? By any of its alternatives, and what a refusal says where by none.

Without the role a refusal says which role it takes, whatever the thing is; a thing that is not
theirs is not there. So it tells neither a state nor whether something exists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.rules.access.errors import PersonNotAppointed, ScopeMissing
from campaigns.rules.access.predicates import Alternative, Facts, Predicate
from language import Text
from language.errors import Refusal
from schemas.actors import Actor, Scope
from schemas.vocabulary import Role, Stage, Word


@dataclass(frozen=True)
class Permission:
    """Who may do something."""

    label: Text
    """What it is, as a refusal says it: may not *launch a campaign*."""
    scopes: tuple[Scope, ...]
    """A token needs one of them; none: no token does this."""
    who: tuple[Alternative, ...]
    """Any of these may."""
    label_of_stage: Text | None = None
    """What it is where the stage is known; `{stage}` is filled in."""

    def ensure_scope(self, actor: Actor) -> None:
        """Refuse a token that is not for this.

        Raises:
            ScopeMissing: It has none of the scopes.
        """
        if not self._is_in_scope_of(actor):
            raise ScopeMissing(self.scopes[0] if self.scopes else "-", sorted(actor.scopes or ()))

    def ensure(self, facts: Facts) -> None:
        """Refuse whom none of the alternatives lets in.

        Raises:
            PersonNotAppointed: No role of today allows it; the error names those that would.
            ThingNotFound, UnitNotYours: It would, but for another thing than this one.
            SignerNotAppointed: They have no right to the stage.
        """
        self.ensure_scope(facts.actor)
        refusal = self._refusal(facts, self.who)
        if refusal is not None:
            raise refusal

    def allows(self, facts: Facts) -> bool:
        """Say whether one of the alternatives lets them in."""
        return self._is_in_scope_of(facts.actor) and self._refusal(facts, self.who) is None

    def ensure_person(self, facts: Facts) -> None:
        """Refuse who may do it to no thing at all: asked before the thing is known.

        Raises:
            ScopeMissing, PersonNotAppointed: As for `ensure`.
        """
        self.ensure_scope(facts.actor)
        people = [Alternative(tuple(one.of("person"))) for one in self.who]
        refusal = self._refusal(facts, people)
        if refusal is not None:
            raise refusal

    def _is_in_scope_of(self, actor: Actor) -> bool:
        return actor.scopes is None or not actor.scopes.isdisjoint(self.scopes)

    def _refusal(self, facts: Facts, who: Sequence[Alternative]) -> Refusal | None:
        failed: list[tuple[Alternative, list[Predicate]]] = []
        for one in who:
            wrong = [each for each in one.predicates if not each.holds(facts)]
            if not wrong:
                return None
            failed.append((one, wrong))
        for _one, wrong in failed:
            if wrong[0].kind != "situation" and wrong[0].refusal is not None:
                return wrong[0].refusal(facts)
        fitting = [one for one, _ in failed if all(two.holds(facts) for two in one.of("situation"))]
        roles: dict[Role, None] = {}
        for one in fitting:
            for each in one.of("person"):
                roles |= dict.fromkeys(each.roles(facts))
        wanted = [role.value for role in roles]
        return PersonNotAppointed(facts.actor.name, self._named(facts.about.stage), wanted)

    def _named(self, stage: Stage | None) -> Text:
        if stage is None or self.label_of_stage is None:
            return self.label
        return self.label_of_stage.with_values(stage=Word(stage))
