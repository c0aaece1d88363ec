"""How is an act carried out once? By its command_id: a repeat gets the answer of the first."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, ClassVar, Final, NamedTuple, TypeVar
from uuid import uuid4

from fastapi import Header, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from campaigns.rules import remarks
from campaigns.rules.access.errors import KeyReused, VersionMissing, VersionStale
from campaigns.rules.errors import CommandIdReused
from campaigns.rules.repeats import keyed
from campaigns.store import repeats
from campaigns.store.transaction import Transaction
from language import Language
from portal.api.caller import Caller
from schemas.base import Model
from schemas.outcomes import Done

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="Instead of `command_id` in the body.",
    ),
]
IfMatch = Annotated[
    str | None, Header(alias="If-Match", max_length=100, description="The ETag that was read.")
]


class Body(Model):
    """What a person sends; text that no database keeps is refused at the border."""

    # FastAPI silences a warning of Pydantic's about its bodies, but only where it declares them.
    model_config = ConfigDict(defer_build=False)
    former_names: ClassVar[Mapping[str, str]] = {}
    """What a field was called before, and is taken by still, with its name of today."""

    @model_validator(mode="before")
    @classmethod
    def _kept_by_every_database(cls, data: Any) -> Any:  # noqa: ANN401 - raw JSON
        if _has_unkept(data):
            said = "Text holds a NUL or half a character, which no database keeps"
            raise PydanticCustomError("text_not_kept", said)
        if isinstance(data, dict):
            for former, name in cls.former_names.items():
                if former in data and name not in data:
                    data = {name if key == former else key: data[key] for key in data}
        return data


class Act(Body):
    """Base of every act."""

    command_id: str | None = Field(
        default=None,
        min_length=1,
        max_length=100,
        pattern=r"^[!-~]+$",
        description="The same act has the same id however often it is sent.",
        examples=["gui-ho-so-BT-014"],
    )


class RemarkView(BaseModel):
    """Something an act left out, or waits for."""

    code: str = Field(examples=["roll_incomplete"])
    what: str = Field(description="Which thing it is about; empty for many.", examples=["BT-014"])
    count: int
    of: int = Field(description="Of how many; 0 where that is not counted.")
    message: str


class Acted(BaseModel):
    """What an act came to."""

    changed: int = Field(default=0, description="How many things it changed.")
    detail: str = Field(default="", description="A word for what followed, e.g. `approved`.")
    known: int = Field(default=0, description="How many things were there already, just so.")
    remarks: list[RemarkView] = Field(
        default_factory=list, description="What it left out, and what it waits for."
    )
    repeated: bool = Field(default=False, description="It was carried out before; nothing changed.")
    command_id: str = ""
    warnings: list[dict[str, str]] = Field(default_factory=list)


_UNKEPT: Final = re.compile("[\\0\ud800-\udfff]")
Answer = TypeVar("Answer", bound=BaseModel)
"""It has `repeated` and `command_id` as `Acted` has."""


def _has_unkept(data: object) -> bool:
    if isinstance(data, str):
        return _UNKEPT.search(data) is not None
    if isinstance(data, dict):
        return any(_has_unkept(key) or _has_unkept(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_unkept, data))


def carry_out(
    caller: Caller,
    campaign: str | None,
    name: str,
    body: Act,
    key: str | None,
    service: Callable[[Transaction, str], Acted],
    said: str | None = None,
) -> Acted:
    """Carry out an act once, in one transaction; `service` gets the id for its own command.

    `said` is what a repeat must say as well, where that is less than the body: of votes, what the
    database keeps.

    Raises:
        KeyReused: The id came with another content before.
    """
    return carry_out_for(Acted, caller, campaign, name, body, key, service, said)


class _Named(NamedTuple):
    """Under what an act is known, by one key: neither its id nor its content can be tried out."""

    identity: str
    known_as: str

    @classmethod
    def by(
        cls, key: bytes, person: str, campaign: str, given: str, name: str, content: str
    ) -> _Named:
        scoped = keyed(key, "id", campaign, given)[:40]
        mark = keyed(key, "content", person, campaign, given, content)[:32]
        return cls(f"api:{person}:{scoped}", f"api {name} {mark}")


def carry_out_for(
    answer: type[Answer],
    caller: Caller,
    campaign: str | None,
    name: str,
    body: Act,
    key: str | None,
    service: Callable[[Transaction, str], Answer],
    said: str | None = None,
) -> Answer:
    """Carry out an act that has an answer of its own kind, as `carry_out` does."""
    given = body.command_id or key or uuid4().hex
    content = said or json.dumps(
        body.model_dump(mode="json", exclude={"command_id"}), sort_keys=True
    )
    settings = caller.app.settings
    names = [
        _Named.by(one, caller.person_id, campaign or "", given, name, content)
        for one in (settings.signing_key, *settings.older_keys)
    ]
    before = hashlib.sha256(f"{campaign or ''}\n{given}".encode()).hexdigest()[:40]

    def act(tx: Transaction) -> tuple[Answer, bool]:
        new = names[0]
        for identity, known in (*names, (f"api:{caller.person_id}:{before}", f"api {name}")):
            stored = repeats.known_as(tx, identity)
            if stored is not None:
                # Of a command from before this rule nothing is kept to compare it with.
                same = known if stored != f"api {name}" else stored
                return tx.once(identity, same, answer, lambda: service(tx, f"{new.identity}!"))
        return tx.once(new.identity, new.known_as, answer, lambda: service(tx, f"{new.identity}!"))

    try:
        done, repeated = caller.app.act_as(caller.person_id, campaign, act)
    except CommandIdReused as reused:
        raise KeyReused from reused
    return done.model_copy(update={"repeated": repeated, "command_id": given})


def told(done: Done, language: Language) -> Acted:
    """Say what a command came to: what it stored, knew already, left out and waits for."""
    word = "stored" if done.changed else "known" if done.known else "nothing"
    return Acted(
        changed=done.changed,
        known=done.known,
        detail=done.detail or word,
        remarks=[
            RemarkView(
                code=one.code,
                what=one.what,
                count=one.count,
                of=one.of,
                message=remarks.say(one, language),
            )
            for one in done.remarks
        ],
    )


def etag(*parts: object) -> str:
    """Return the ETag of a thing's version."""
    return '"' + "-".join(str(part) for part in parts) + '"'


def tag(response: Response, value: str) -> None:
    """Say which version is handed out."""
    response.headers["ETag"] = value


def ensure_match(given: str | None, present: str, *, required: bool = False) -> None:
    """Refuse an act on another version than the one that was read.

    Raises:
        VersionMissing, VersionStale: As their names say.
    """
    if given is None:
        if required:
            raise VersionMissing
        return
    if given.strip() != "*" and present not in [one.strip() for one in given.split(",")]:
        raise VersionStale
