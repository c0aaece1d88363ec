"""What may people ask of the engine? Commands: imperatives, each with an id of its own.

A command that comes a second time with the same `command_id` changes nothing and returns the
result of the first.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Model

CommandId = Annotated[str, Field(min_length=1, max_length=200)]


class Command(Model):
    """Base of every command."""

    command_id: CommandId
    """Made by whoever asks; the same act has the same id however often it is sent."""
