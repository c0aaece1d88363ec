"""What belongs to `/api/v1`? Its routers, and who the caller is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from campaigns.rules.access.permissions import Sight
from portal.api import (
    API,
    campaigns,
    corrections,
    decisions,
    delegations,
    judging,
    me,
    messages,
    nomination_acts,
    nominations,
    people,
    playbooks,
    registers,
    stages,
    workbooks,
)
from portal.api.caller import Caller, looking

router = APIRouter(prefix=API)


class WhoAmI(BaseModel):
    """The person behind the token."""

    person_id: str
    unit_id: str
    roles: list[str]
    scopes: list[str]


@router.get("/whoami", summary="Who you are to the API", tags=["tokens"])
def whoami(caller: Annotated[Caller, looking(Sight.WHO_AM_I)]) -> WhoAmI:
    """Say whose token this is, what it is for, and which roles are held today."""
    return WhoAmI(
        person_id=caller.person_id,
        unit_id=caller.holder.unit_id,
        roles=sorted(caller.read(None, caller.roles)),
        scopes=sorted(caller.holder.scopes),
    )


# Put side by side: routers within routers are gone through once per level, for every request.
for each in (
    campaigns,
    stages,
    decisions,
    delegations,
    nominations,
    workbooks,
    nomination_acts,
    judging,
    corrections,
    messages,
    playbooks,
    people,
    registers,
    me,
):
    router.routes.extend(each.router.routes)
