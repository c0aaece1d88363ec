"""`/api/v1/playbooks`: what comes with the program, and whether a text is usable."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, Field

from campaigns.rules.playbook.reading import read_playbook
from campaigns.services.playbook import library
from portal.api import API
from portal.api.acts import Body
from portal.api.caller import ANY_ROLE, LOOK, Reader
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
def list_playbooks(caller: Reader) -> Page[PlaybookSummary]:
    """List them by name."""
    caller.ensure(None, LOOK, *ANY_ROLE)
    return Page(items=list(library.list_playbooks()))


@router.post("/check", summary="Look through a playbook")
def check(caller: Reader, body: PlaybookText) -> PlaybookChecked:
    """Say everything that is wrong or doubtful, with line and column; nothing is stored."""
    caller.ensure(None, LOOK, *ANY_ROLE)
    playbook, problems = read_playbook(body.playbook_yaml, "playbook_yaml", caller.language)
    return PlaybookChecked(usable=playbook is not None, problems=list(problems))
