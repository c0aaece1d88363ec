"""What are a signature, a right to sign, and the status of an approval?

The words that the rules of approvals and their errors share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schemas.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's approval of a stage."""

    person_id: str
    decided_at: datetime
    step: int = 1
    """The group it counts for, from 1 on."""
    principal_id: str = ""
    """On whose behalf it was given; empty: in one's own right."""
    letter: str = ""
    """Number of the letter of authority."""

    @property
    def authority(self) -> str:
        """Whose signature it is: the principal's, or the signer's own."""
        return self.principal_id or self.person_id


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may sign today: one step, in their own right or on behalf of another."""

    person_id: str
    step: int
    principal_id: str = ""
    letter: str = ""

    @property
    def authority(self) -> str:
        """Whose signature it would be."""
        return self.principal_id or self.person_id


@dataclass(frozen=True, slots=True)
class StepStatus:
    """How far one group of approvers has come."""

    number: int
    have: int
    need: int
    roles: tuple[Role, ...]
    people: tuple[str, ...]

    @property
    def missing(self) -> int:
        """How many signatures it still takes."""
        return max(0, self.need - self.have)


@dataclass(frozen=True, slots=True)
class ApprovalStatus:
    """How far the approval of a stage has come."""

    have: int
    """Signatures given; a person, and a principal with the substitute, counts once."""
    need: int
    """Signatures it takes, given who has signed."""
    steps: tuple[StepStatus, ...]
    open_steps: tuple[int, ...]
    """Numbers of the steps that may be signed now; empty once granted."""

    @property
    def granted(self) -> bool:
        """Whether the stage is approved by these signatures."""
        return not self.open_steps

    @property
    def waiting_for(self) -> tuple[Role, ...]:
        """Roles any of which may give a missing signature now."""
        roles = (
            role for step in self.steps if step.number in self.open_steps for role in step.roles
        )
        return tuple(dict.fromkeys(roles))

    @property
    def missing(self) -> int:
        """How many signatures may be given now and are missing."""
        return sum(step.missing for step in self.steps if step.number in self.open_steps)
