"""`/api/v1/me`: a person's own calendar address, and how they want their mail."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from campaigns import access
from campaigns.services.deadlines import feeds
from campaigns.services.mail import preferences
from campaigns.store.deadlines.feeds import FeedRecord
from campaigns.store.transaction import Transaction
from portal.api import API
from portal.api.acts import Act, Acted, IdempotencyKey, carry_out, told
from portal.api.caller import Own, Reader
from portal.api.pages import Page
from schemas.bounds import Number
from schemas.commands.mail import SetMailPreference
from schemas.outcomes import Done

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
def list_feeds(caller: Reader) -> Page[FeedView]:
    """List the addresses that were made for you, the revoked ones too."""

    def shown(one: FeedRecord) -> FeedView:
        return FeedView(number=one.id, revoked=one.revoked_at is not None)

    return Page(items=[shown(one) for one in caller.read(None, feeds.listed, caller.person_id)])


@router.post("/feeds", summary="Make a calendar address", status_code=201)
def make_feed(caller: Own) -> FeedMade:
    """Make a secret address at which a calendar program reads your dates; it ends with the token.

    At most three live at a time, and you are told by mail.
    """
    person, token = caller.person_id, caller.holder.token_id
    number, secret = caller.app.act_as(person, None, feeds.create, person, token)
    access.feed(caller.app, person, number, person)
    return FeedMade(number=number, path=f"/feeds/{secret}.ics")


@router.delete("/feeds/{number}", summary="End a calendar address", status_code=204)
def end_feed(caller: Own, number: Annotated[Number, Path()]) -> None:
    """Revoke one of your addresses; it is nobody's from now on."""
    person = caller.person_id
    caller.app.act_as(person, None, feeds.revoke, person, number)


@router.put("/preferences", summary="How you want your mail")
def set_preferences(caller: Own, body: Preference, key: IdempotencyKey = None) -> Acted:
    """Each mail by itself, or one a day; in Vietnamese or English."""

    def service(tx: Transaction, identity: str) -> Acted:
        command = SetMailPreference(
            command_id=identity,
            of_id=caller.person_id,
            digest=body.digest,
            language=body.language,
        )
        before = preferences.preference_of(tx, caller.person_id)
        after = preferences.set_preference(tx, command)
        changed = int(before != after)
        return told(Done(changed=changed, known=1 - changed), caller.language)

    return carry_out(caller, None, "preferences", body, key, service)
