"""Who asks, with which token, and what may they do? A token never allows more than the roles do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Annotated, Concatenate, NamedTuple, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends, Path, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from campaigns.bootstrap import App
from campaigns.rules.access.errors import PersonNotAppointed, QueryUnknown, ScopeMissing
from campaigns.services.access import tokens
from campaigns.services.registers.directory import today
from campaigns.services.sight import Sight
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language import Language
from portal.api.problems import language_of
from schemas.playbook.values import Label
from schemas.vocabulary import Role

P = ParamSpec("P")
R = TypeVar("R")
_BEARER = HTTPBearer(auto_error=False, description="A token of `thidua token create`.")
_HOME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""Whose day counts where no campaign says so."""

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
    """The person behind a request."""

    app: App
    holder: tokens.Holder
    language: Language

    @property
    def person_id(self) -> str:
        """Who acts."""
        return self.holder.person_id

    def read(
        self,
        code: str | None,
        query: Callable[Concatenate[Transaction, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Answer a question about a campaign, or about the registers."""
        return self.app.read(code, query, *args, **kwargs)

    def ensure_scope(self, *scopes: str) -> None:
        """Refuse a token that has none of these scopes.

        Raises:
            ScopeMissing: It has none.
        """
        if self.holder.scopes.isdisjoint(scopes):
            raise ScopeMissing(scopes[0], sorted(self.holder.scopes))

    def roles(self, code: str | None = None) -> frozenset[str]:
        """Return the roles the person holds today."""
        return self.read(code, self._roles)

    def _roles(self, tx: Transaction) -> frozenset[str]:
        day = today(tx) if tx.has_campaign else tx.wall.astimezone(_HOME_ZONE).date()
        return people.roles_of(tx, self.person_id, day)

    def sight(self, tx: Transaction) -> Sight:
        """Return what the person may know of the campaign that is read."""
        return Sight(tx, self._roles(tx), self.holder.unit_id)

    def ensure(self, code: str | None, act: Label, *roles: Role) -> frozenset[str]:
        """Refuse an act of a person who holds none of the roles; return those they hold.

        Raises:
            PersonNotAppointed: They hold none.
        """
        return self.read(code, self.ensure_in, act, *roles)

    def ensure_in(self, tx: Transaction, act: Label, *roles: Role) -> frozenset[str]:
        """Refuse as `ensure` does, within a transaction that is open."""
        held = self._roles(tx)
        if held.isdisjoint(roles):
            raise PersonNotAppointed(self.person_id, act, [role.value for role in roles])
        return held


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


def _with(scope: str) -> Callable[[Caller], Awaitable[Caller]]:
    # What is `async` is called at once; anything else would be handed to a thread of its own.
    async def checked(caller: AnyCaller) -> Caller:
        if scope not in caller.holder.scopes:
            raise ScopeMissing(scope, sorted(caller.holder.scopes))
        return caller

    return checked


Reader = Annotated[Caller, Depends(_with("read"))]
Own = Annotated[Caller, Depends(_with("settings"))]
"""Whoever changes what is their own."""
Nominator = Annotated[Caller, Depends(_with("nominate"))]
Reviewer = Annotated[Caller, Depends(_with("review"))]
Approver = Annotated[Caller, Depends(_with("approve"))]
Coordinator = Annotated[Caller, Depends(_with("coordinate"))]

LOOK = Label(en="see this", vi="xem nội dung này")
ANY_ROLE = tuple(Role)


def sees_names(caller: Caller, held: Iterable[str], concerned: Iterable[str]) -> bool:
    """Say whether persons are named: to coordinators and leaders, and to those concerned.

    A token to read alone names nobody, as it lists nobody either.
    """
    allowed = not caller.holder.scopes.isdisjoint({"approve", "coordinate"})
    is_one_of_them = caller.person_id in set(concerned)
    return allowed and (is_any(held, Role.COORDINATOR, Role.LEADER) or is_one_of_them)


def is_any(held: Iterable[str], *roles: Role) -> bool:
    """Say whether one of the roles is held."""
    return not set(held).isdisjoint(roles)
