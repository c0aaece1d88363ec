"""What happens around a deadline? Late policy, and whom the engine reminds when, as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from schemas.base import Model
from schemas.vocabulary import Stage


class LatePolicy(Model):
    """What happens to a nomination after the deadline."""

    policy: Literal["reject", "accept_and_flag", "penalty"] = "reject"
    grace_minutes: int = Field(default=0, ge=0)
    """Hidden: never announced; within it a nomination counts as on time and is marked late."""
    accept_days: int = Field(default=0, ge=0)
    """Unless late ones are refused: for so many days after the deadline they are still received."""
    penalty_per_day: Decimal = Field(default=Decimal(0), ge=0, decimal_places=2)
    """With `penalty`: points taken off for each day begun, by the campaign's calendar."""
    penalty_maximum: Decimal | None = Field(default=None, ge=0, decimal_places=2)
    """With `penalty`: never more points than this; none: no limit."""

    @model_validator(mode="after")
    def _penalty_given(self) -> Self:
        if (self.policy == "penalty") != (self.penalty_per_day > 0):
            msg = "policy penalty and penalty_per_day belong together: give both or neither"
            raise ValueError(msg)
        return self


def _nearer_each_time(days: tuple[int, ...]) -> tuple[int, ...]:
    if list(days) != sorted(set(days), reverse=True) or (days and days[-1] < 1):
        msg = "days before must fall, down to 1 at least"
        raise ValueError(msg)
    return days


def _later_each_time(days: tuple[int, ...]) -> tuple[int, ...]:
    if list(days) != sorted(set(days)) or (days and days[0] < 1):
        msg = "days after must rise, from 1 on"
        raise ValueError(msg)
    return days


class Reminders(Model):
    """When those who still owe something are reminded of it; never after it was done."""

    before: Annotated[tuple[int, ...], AfterValidator(_nearer_each_time)] = (7, 3, 1)
    """So many working days before the deadline."""
    on_the_day: bool = True
    """On the day itself as well, where the deadline is not earlier than `hour`."""
    after: Annotated[tuple[int, ...], AfterValidator(_later_each_time)] = (1, 2)
    """So many working days after it."""
    escalate_after: int | None = Field(default=1, ge=1)
    """On this working day after it their superiors are told; none: they are not."""
    stop_after: int = Field(default=3, ge=1)
    """On this working day after it reminders stop, and the coordinators are told who still owes."""
    hour: int = Field(default=8, ge=0, le=23)
    """At this full hour of the day, in the campaign's zone."""
    unit: Literal["working_days", "minutes"] = "working_days"
    """`minutes`: all numbers above count minutes from the deadline, to try a campaign out."""
    silent: tuple[Stage, ...] = ()
    """Stages in which nobody is reminded."""

    @model_validator(mode="after")
    def _end(self) -> Self:
        if max((*self.after, self.escalate_after or 0)) > self.stop_after:
            msg = "after stop_after nobody is reminded: raise it, or leave out later days"
            raise ValueError(msg)
        return self
