"""`/api/v1/playbooks`: what comes with the program, and whether a text is usable."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from campaigns.rules.access.permissions import Sight
from campaigns.rules.playbook.reading import read_playbook
from campaigns.services.playbook import library
from portal.api import API
from portal.api.acts import Body
from portal.api.caller import Caller, looking
from portal.api.pages import Page
from schemas.playbook.problems import PlaybookProblem, PlaybookSummary

router = APIRouter(prefix=API + "/playbooks", tags=["playbooks"])


class PlaybookText(Body):
    """A playbook to look through."""

    playbook_yaml: str = Field(max_length=1_000_000)


class PlaybookChecked(BaseModel):
    """What was found in a playbook."""

    usable: bool
    problems: list[PlaybookProblem]


@router.get("", summary="List the playbooks that come with the program")
def list_playbooks(caller: Annotated[Caller, looking(Sight.PLAYBOOKS)]) -> Page[PlaybookSummary]:
    """List them by name."""
    caller.ensure_may(None)
    return Page(items=list(library.list_playbooks()))


@router.post("/check", summary="Look through a playbook")
def check(
    caller: Annotated[Caller, looking(Sight.PLAYBOOKS)], body: PlaybookText
) -> PlaybookChecked:
    """Say everything that is wrong or doubtful, with line and column; nothing is stored."""
    caller.ensure_may(None)
    playbook, problems = read_playbook(body.playbook_yaml, "playbook_yaml", caller.language)
    return PlaybookChecked(usable=playbook is not None, problems=list(problems))
