"""Who asks, with which token, and what may they do? A token never allows more than the roles do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from fastapi import Depends, Path, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from campaigns.acts import ACTS
from campaigns.bootstrap import App
from campaigns.rules.access.errors import QueryUnknown
from campaigns.rules.access.permissions import SIGHTS
from campaigns.rules.access.permissions import Sight as See
from campaigns.rules.access.predicates import About
from campaigns.rules.access.rights import Permission
from campaigns.services.access import tokens
from campaigns.services.access.facts import PersonFacts
from campaigns.services.sight import Sight
from campaigns.store.transaction import Transaction
from language import Language
from portal.api.problems import language_of
from schemas.actors import Actor, by_token
from schemas.commands.command import Command

P = ParamSpec("P")
R = TypeVar("R")
_BEARER = HTTPBearer(auto_error=False, description="A token of `thidua token create`.")

CampaignCode = Annotated[
    str,
    Path(
        alias="code",
        pattern=r"^[A-Z0-9][A-Z0-9-]{1,31}$",
        description="Code of the campaign.",
        examples=["DVK-2023"],
    ),
]


class Caller(NamedTuple):
    """The person behind a request, and what they ask to do or to see."""

    app: App
    holder: tokens.Holder
    language: Language
    permission: Permission | None = None
    """What the operation takes by the table of rights; None: nothing but a token."""

    @property
    def person_id(self) -> str:
        """Who acts."""
        return self.holder.person_id

    @property
    def actor(self) -> Actor:
        """Who acts, as the door asks."""
        return by_token(self.holder.person_id, self.holder.scopes)

    def read(
        self,
        code: str | None,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Answer a question about a campaign, or about the registers, to who may ask it.

        Raises:
            PersonNotAppointed: They have no right to what the operation shows or does.
        """
        return self.app.read(code, self._allowed, query, *args, **kwargs)

    def ensure_may(self, code: str | None) -> None:
        """Refuse who may not at all what the operation does, before anything is read for it.

        Raises:
            PersonNotAppointed: They hold no role for it.
        """
        self.read(code, lambda _tx: None)

    def _allowed(
        self,
        tx: Transaction,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        if self.permission is not None:
            self.permission.ensure_person(PersonFacts(tx, self.actor, About()))
        return query(tx, *args, **kwargs)

    def roles(self, tx: Transaction) -> frozenset[str]:
        """Return the roles the person holds today."""
        return PersonFacts(tx, self.actor, About()).roles

    def sight(self, tx: Transaction) -> Sight:
        """Return what the person may know of the campaign that is read."""
        return Sight(tx, self.roles(tx), self.holder.unit_id)


async def _caller(
    request: Request,
    _given: Annotated[HTTPAuthorizationCredentials | None, Depends(_BEARER)],
) -> Caller:
    _ensure_known_query(request)
    # The border has asked whose token it is, before the body was read.
    return Caller(request.app.state.installation, request.state.holder, language_of(request))


def _ensure_known_query(request: Request) -> None:
    """Refuse a word of the query that the operation does not know, and would pass over in silence.

    Raises:
        QueryUnknown: There is one.
    """
    asked = request.query_params.keys()
    if not asked:
        return
    route: APIRoute = request.scope["route"]
    known = set(_query_of(route.dependant))
    for name in asked:
        if name not in known:
            raise QueryUnknown(name, sorted(known))


def _query_of(wanted: Dependant) -> Iterator[str]:
    yield from (one.alias for one in wanted.query_params)
    for part in wanted.dependencies:
        yield from _query_of(part)


AnyCaller = Annotated[Caller, Depends(_caller)]


def _with(permission: Permission, row: type[Command] | See) -> Any:  # noqa: ANN401 - as `Depends`
    """Let in whose token is for this; their roles are asked with the first that is read."""

    # What is `async` is called at once; anything else would be handed to a thread of its own.
    async def checked(caller: AnyCaller) -> Caller:
        permission.ensure_scope(caller.actor)
        return caller._replace(permission=permission)

    checked.__dict__["row"] = row  # by which a test finds operations without one
    return Depends(checked)


def acting(command: type[Command]) -> Any:  # noqa: ANN401 - as FastAPI's own `Depends`
    """Let in who may come to give a command; the door asks again, of the very thing."""
    return _with(ACTS[command].may, command)


def looking(at: See) -> Any:  # noqa: ANN401 - as FastAPI's own `Depends`
    """Let in who may come to look at something."""
    return _with(SIGHTS[at], at)


def sees_names(tx: Transaction, caller: Caller, people: Iterable[str]) -> bool:
    """Say whether persons are named: to coordinators and leaders, and to those concerned.

    A token to read alone names nobody, as it lists nobody either.
    """
    facts = PersonFacts(tx, caller.actor, About(owners=frozenset(people)))
    return SIGHTS[See.SIGNERS].allows(facts)
