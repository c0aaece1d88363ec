"""More time, as the tests give it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from schemas.commands.deadlines import ExtendDeadline
from schemas.outcomes import Done
from schemas.vocabulary import Stage
from tests.world import ZONE, World


def at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZONE)


def extend(world: World, until: str, **changes: Any) -> Done:
    values = {
        "command_id": world.command_id(),
        "stage": Stage.NOMINATION,
        "until": at(until),
        "reason": "Mưa lũ",
        "person_id": "mai",
    }
    command = ExtendDeadline.model_validate(values | changes)
    return world.do(command)
