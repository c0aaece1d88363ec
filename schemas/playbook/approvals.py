"""Who approves a stage, how many of them, in which order? The approval policies of a playbook."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from schemas.base import Code, Model
from schemas.vocabulary import Role, Stage


class ApprovalStep(Model):
    """One group of approvers, and how many of them must sign."""

    roles: tuple[Role, ...] = ()
    """Roles whose holders may sign."""
    people: tuple[Code, ...] = ()
    """People who may sign whatever their role, by their id in the register."""
    required: int = Field(default=1, ge=1)
    """How many of them must."""

    @model_validator(mode="after")
    def _somebody_may_sign(self) -> Self:
        if not self.roles and not self.people:
            msg = "name roles or people who may approve"
            raise ValueError(msg)
        return self


class ApprovalPolicy(Model):
    """Who approves a stage: one group (`roles`, `people`, `required`), or several (`steps`)."""

    roles: tuple[Role, ...] = ()
    people: tuple[Code, ...] = ()
    """People who may approve whatever their role, by their id in the register."""
    required: int = Field(default=1, ge=1)
    order: Literal["parallel", "sequence"] = "parallel"
    """All steps at once, or each after the one before it is complete."""
    steps: tuple[ApprovalStep, ...] = ()
    """Several groups, instead of `roles`, `people` and `required`."""
    on_return: Literal["restart", "resume"] = "restart"
    """After a return and its correction: all sign anew, or the signatures given before stay."""
    one_time_code: bool = False
    """Whoever decides by the link of a mail gives a code besides, sent in a mail of its own."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.steps and (self.roles or self.people or self.required != 1):
            msg = "give steps, or roles, people and required, not both"
            raise ValueError(msg)
        if not self.steps and not self.roles and not self.people:
            msg = "name roles or people who may approve"
            raise ValueError(msg)
        return self

    @property
    def chain(self) -> tuple[ApprovalStep, ...]:
        """The groups in their order; a policy without steps is one."""
        return self.steps or (
            ApprovalStep(roles=self.roles, people=self.people, required=self.required),
        )

    @property
    def total(self) -> int:
        """How many signatures the policy asks for in all."""
        return sum(step.required for step in self.chain)


class Approvals(Model):
    """The approval of each stage. The launcher may never approve alone."""

    launch: ApprovalPolicy
    nomination: ApprovalPolicy
    appraisal: ApprovalPolicy
    recognition: ApprovalPolicy
    replication: ApprovalPolicy

    def of(self, stage: Stage) -> ApprovalPolicy:
        """Return the policy of one stage."""
        policy: ApprovalPolicy = getattr(self, stage.value)
        return policy
