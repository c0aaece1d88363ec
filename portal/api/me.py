"""`/api/v1/me`: a person's own calendar address, and how they want their mail."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from campaigns import access, acts
from campaigns.rules import keys
from campaigns.rules.access.permissions import Sight
from campaigns.services.deadlines import feeds
from campaigns.store.deadlines.feeds import FeedRecord
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, ask
from portal.api.caller import Caller, acting, looking
from portal.api.pages import Page
from schemas import answers
from schemas.bounds import Number
from schemas.commands.access import EndFeed, MakeFeed
from schemas.commands.mail import SetMailPreference

router = APIRouter(prefix=API + "/me", tags=["your own"])


class FeedMade(BaseModel):
    """A calendar address; it is shown once."""

    number: int
    path: str = Field(description="Below the address of this server; secret.")


class FeedView(BaseModel):
    """A calendar address that was made; what it was is not kept."""

    number: int
    revoked: bool


class Preference(Act):
    """How mail is wanted."""

    digest: Literal["each", "daily"] | None = None
    language: Literal["vi", "en"] | None = None


@router.get("/feeds", summary="Your calendar addresses")
def list_feeds(caller: Annotated[Caller, looking(Sight.OWN_FEEDS)]) -> Page[FeedView]:
    """List the addresses that were made for you, the revoked ones too."""

    def shown(one: FeedRecord) -> FeedView:
        return FeedView(number=one.id, revoked=one.revoked_at is not None)

    return Page(items=[shown(one) for one in caller.read(None, feeds.listed, caller.person_id)])


@router.post("/feeds", summary="Make a calendar address", status_code=201)
def make_feed(caller: Annotated[Caller, acting(MakeFeed)]) -> FeedMade:
    """Make a secret address at which a calendar program reads your dates; it ends with the token.

    At most three live at a time, and you are told by mail.
    """
    person = caller.person_id
    command = MakeFeed(
        command_id=keys.command_id("api", person, uuid4()),
        of_id=person,
        token_id=caller.holder.token_id,
    )
    done = acts.carry_out_for(answers.FeedMade, caller.app, caller.actor, None, command)
    access.feed(caller.app, person, done.number, person)
    return FeedMade(number=done.number, path=f"/feeds/{done.secret}.ics")


@router.delete("/feeds/{number}", summary="End a calendar address", status_code=204)
def end_feed(caller: Annotated[Caller, acting(EndFeed)], number: Annotated[Number, Path()]) -> None:
    """Revoke one of your addresses; it is nobody's from now on."""
    person = caller.person_id
    identity = keys.command_id("api", person, uuid4())
    command = EndFeed(command_id=identity, of_id=person, number=number)
    acts.carry_out(caller.app, caller.actor, None, command)


@router.put("/preferences", summary="How you want your mail")
def set_preferences(
    caller: Annotated[Caller, acting(SetMailPreference)],
    body: Preference,
    key: IdempotencyKey = None,
) -> Acted:
    """Each mail by itself, or one a day; in Vietnamese or English."""
    asking = ask(caller, None, body, key, "preferences")
    command = SetMailPreference(
        command_id=asking.command_id,
        of_id=caller.person_id,
        digest=body.digest,
        language=body.language,
    )
    return asking.carry_out(command)
