"""What may go wrong with who asks, and with how they ask?"""

from __future__ import annotations

from collections.abc import Sequence

from campaigns.rules.listing import any_role
from language import N_, Sayable, _
from language.errors import Kind, Refusal

_LISTED = 40
"""Values named in a message."""


class PersonNotFound(Refusal):
    """Nobody has this id."""

    kind = Kind.INVALID
    message = N_("There is no person {person!r}.")
    remedy = N_("import people first, or correct the id.")

    def __init__(self, person: str) -> None:
        super().__init__(person=person)


class ScopeNotKnown(Refusal):
    """A word names no scope of a token."""

    kind = Kind.INVALID
    message = N_("There is no scope {scope!r}; scopes: {listed}.")

    def __init__(self, scope: str, known: Sequence[str]) -> None:
        listed = ", ".join(known)
        super().__init__(scope=scope, listed=listed)


class TokenNotFound(Refusal):
    """No token of this number is in force."""

    kind = Kind.NOT_FOUND
    message = N_("No token {number} is in force.")
    remedy = N_("look at the list of tokens.")

    def __init__(self, number: int) -> None:
        super().__init__(number=number)


class TokenNotValid(Refusal):
    """The token is missing, unknown, expired or revoked."""

    kind = Kind.NOT_IDENTIFIED
    message = N_("The token is missing, unknown, expired or revoked.")
    remedy = N_("send a good one as `Authorization: Bearer …`.")


class ScopeMissing(Refusal):
    """The token is not for this."""

    kind = Kind.NOT_ALLOWED
    message = N_("This takes a token with the scope {scope}; yours has: {listed}.")

    def __init__(self, scope: str, have: Sequence[str]) -> None:
        listed = ", ".join(have) or "-"
        super().__init__(scope=scope, listed=listed)


class UnitNotYours(Refusal):
    """A nominator acts for another unit."""

    kind = Kind.NOT_ALLOWED
    message = N_(
        "You nominate for {unit}; nominations of other units are not yours to send or see."
    )

    def __init__(self, unit: str) -> None:
        super().__init__(unit=unit)


class ThingNotFound(Refusal):
    """There is nothing of this name here, or it is not yours to see."""

    kind = Kind.NOT_FOUND
    message = N_("There is no {what} here, or it is not yours to see.")

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class VersionStale(Refusal):
    """The thing was changed since it was read (`If-Match`)."""

    kind = Kind.STALE
    message = N_("It was changed since you read it; nothing was stored.")
    remedy = N_("Read it again and repeat the act with the new ETag if it is still wanted.")


class VersionMissing(Refusal):
    """A new version of something came without saying of which."""

    kind = Kind.VERSION_MISSING
    message = N_("This changes what is there already: send `If-Match` with the ETag you read.")


class KeyReused(Refusal):
    """An idempotency key came with another content than before."""

    kind = Kind.CONFLICT
    message = N_(
        "This command_id was used for another request before; nothing was changed. Send each act "
        "with an id of its own."
    )


class WorkbookTooLarge(Refusal):
    """A workbook has more bytes than a unit may send."""

    kind = Kind.TOO_MUCH
    message = N_("The workbook has more than {size} MB; nothing was stored.")
    remedy = N_("Leave out pictures and formatted empty rows, or send several files.")

    def __init__(self, most: int) -> None:
        super().__init__(size=most >> 20)


class WorkbookTypeWrong(Refusal):
    """The body is not said to be a workbook."""

    kind = Kind.WRONG_TYPE
    message = N_("Send the workbook (.xlsx) itself as the body, with `Content-Type: {wanted}`.")

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted=wanted)


class AttemptsTooMany(Refusal):
    """One address has tried more often in a minute than it may."""

    kind = Kind.TOO_OFTEN
    message = N_("Too many attempts from your address; nothing was changed.")
    remedy = N_("Try again in {seconds} seconds.")

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(seconds=seconds)


class CursorNotValid(Refusal):
    """The cursor is not one of ours."""

    kind = Kind.INVALID
    message = N_("The cursor is not one of this list.")
    remedy = N_("take it from `next` of the page before.")


class WebhookUrlRefused(Refusal):
    """The address cannot be told of events."""

    kind = Kind.INVALID
    message = N_(
        "{url!r} is no address for a webhook: give an https address without a user name. "
        "THIDUA_WEBHOOK_PRIVATE=true also allows http and addresses of one's own network."
    )

    def __init__(self, url: str) -> None:
        super().__init__(url=url)


class QueryUnknown(Refusal):
    """An address asks by a word that is not known there."""

    kind = Kind.INVALID
    message = N_(
        "There is no parameter {name!r} here; nothing was looked for. Parameters: {listed}."
    )

    def __init__(self, name: str, known: Sequence[str]) -> None:
        listed = ", ".join(known) or "-"
        super().__init__(name=name, listed=listed)


class FilterUnknown(Refusal):
    """A list is asked for by a value that nothing has or can have."""

    kind = Kind.INVALID
    message = "{problem}"

    def __init__(self, name: str, value: str, known: Sequence[str]) -> None:
        listed = ", ".join(known[:_LISTED]) + (", …" if len(known) > _LISTED else "")
        problem = (
            _("{name}: there is no {value!r}. Known: {listed}.", listed=listed)
            if known
            else _("{name}: there is no {value!r}.")
        )
        super().__init__(problem=problem.with_values(name=name, value=value))


class HostUnknown(Refusal):
    """The request is for another host than this installation has."""

    kind = Kind.WRONG_HOST
    message = N_(
        "This address is none of this installation's: open the one in THIDUA_PUBLIC_URL, or add "
        "the name to THIDUA_TRUSTED_HOSTS."
    )


class PersonNotAppointed(Refusal):
    """The person has no role that allows the act."""

    kind = Kind.NOT_ALLOWED
    message = N_("{person} may not {act}: today it takes the role {roles}.")

    def __init__(self, person: str, act: Sayable, roles: Sequence[str]) -> None:
        super().__init__(person=person, act=act, roles=any_role(roles))
