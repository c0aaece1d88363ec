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

from campaigns import acts
from campaigns.acts import OPEN, Entrance
from campaigns.rules import keys, remarks
from campaigns.rules.access.errors import KeyReused, VersionMissing, VersionStale
from campaigns.rules.errors import ActContradicted, CommandIdReused
from campaigns.rules.repeats import Known, keyed, name_of
from campaigns.store.transaction import Transaction
from language import Language
from portal.api.caller import Caller
from schemas.base import Model
from schemas.commands.command import Command
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
Answer = TypeVar("Answer", bound=Done)


def _has_unkept(data: object) -> bool:
    if isinstance(data, str):
        return _UNKEPT.search(data) is not None
    if isinstance(data, dict):
        return any(_has_unkept(key) or _has_unkept(value) for key, value in data.items())
    return isinstance(data, list) and any(map(_has_unkept, data))


class Asking(NamedTuple):
    """An act that somebody asks for by the API, known by an id of theirs."""

    caller: Caller
    campaign: str | None
    given: str
    """The id they gave, or one made for them."""
    said: str
    """What a repeat must say as well: the operation and the body, of votes what is kept of them."""
    ids: tuple[str, ...]
    """What stands for the id in the database, by each key: nobody can try it out there."""
    formerly: tuple[Known, ...]
    """Under what the act is known if it was carried out before ADR 0055."""

    @property
    def command_id(self) -> str:
        """The id of the command."""
        return self.ids[0]

    def carry_out(
        self,
        command: Command,
        *beside: object,
        confirm: Callable[[Transaction], None] = OPEN.confirm,
    ) -> Acted:
        """Carry a command out once; `confirm` refuses where something was changed since.

        Raises:
            KeyReused: The id came with another content before.
        """
        done = self.carry_out_for(Done, command, *beside, confirm=confirm)
        return self.acted(told(done, self.caller.language), done)

    def carry_out_for(
        self,
        answer: type[Answer],
        command: Command,
        *beside: object,
        confirm: Callable[[Transaction], None] = OPEN.confirm,
    ) -> Answer:
        """Carry a command out that has an answer of its own kind."""
        app, who, code, kind = self.caller.app, self.caller.actor, self.campaign, type(command)
        older = tuple(
            Known(one, (name_of(key, kind, one, who.name, code or "", self.said),))
            for one, key in zip(self.ids[1:], app.settings.older_keys, strict=True)
        )
        way = Entrance(confirm=confirm, said=self.said, formerly=(*older, *self.formerly))
        try:
            return acts.carry_out_for(answer, app, who, code, command, *beside, entrance=way)
        except (CommandIdReused, ActContradicted) as reused:
            raise KeyReused from reused

    def acted(self, view: Acted, done: Done) -> Acted:
        """Say of an answer under which id it is known, and whether it is that of a repeat."""
        return view.model_copy(update={"repeated": done.repeated, "command_id": self.given})


def ask(
    caller: Caller,
    campaign: str | None,
    body: Act,
    key: str | None,
    formerly: str,
    said: str | None = None,
) -> Asking:
    """Return an act that is asked for.

    `formerly` names the operation with what its address says; before ADR 0055 an act was stored by
    it. `said` is what a repeat must say as well, where that is less than the body.
    """
    given, person, code = body.command_id or key or uuid4().hex, caller.person_id, campaign or ""
    whole = json.dumps(body.model_dump(mode="json", exclude={"command_id"}), sort_keys=True)
    ids, before = [], []
    for one in (caller.app.settings.signing_key, *caller.app.settings.older_keys):
        identity = keys.command_id("api", person, keyed(one, "id", code, given)[:40])
        ids.append(identity)
        marks = [
            keyed(one, "content", person, code, given, content)[:32]
            for content in (whole, *([said] if said else []))
        ]
        named = (f"api {formerly}", *(f"api {formerly} {mark}" for mark in marks))
        before.append(Known(identity, named))
    oldest = hashlib.sha256(f"{code}\n{given}".encode()).hexdigest()[:40]
    before.append(Known(keys.command_id("api", person, oldest), (f"api {formerly}",)))
    content = f"{formerly}\n{said or whole}"
    return Asking(caller, campaign, given, content, tuple(ids), tuple(before))


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
                message=remarks.sentence(one).say(language),
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
