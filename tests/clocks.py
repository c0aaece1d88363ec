"""What is dated ahead: the clock of a small world is a year ahead for a moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from campaigns.services import clock
from schemas.commands.clock import RepairClock
from tests.world import World

YEAR: Final = timedelta(days=365)


def a_year_ahead(world: World, act: Callable[[], object]) -> None:
    """Let something happen while the clock is a year ahead."""
    world.clock.time += YEAR
    act()
    world.clock.time -= YEAR


def dated_ahead(world: World) -> None:
    """Have one event that is dated a year ahead."""
    a_year_ahead(world, lambda: world.act(lambda tx: tx.record("thidua.test.noted", "x:y", {})))


def command(person_id: str = "mai", reason: str = "Đồng hồ máy chủ sai năm") -> RepairClock:
    return RepairClock(command_id=f"repair:{person_id}", reason=reason, person_id=person_id)


def repair(world: World) -> None:
    assert world.act(clock.repair, command()).changed
