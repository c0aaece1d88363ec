"""What may go wrong, and what to do then?

Every error that people can meet is named `<What><Problem>`, carries what it is about, and its
message says what to do. The CLI prints the message and exits with 2; nothing else is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from language import N_, _, pgettext
from language.errors import Kind, Refusal
from schemas.vocabulary import Word

_THINGS: Final = {
    "campaign": pgettext("thing", "campaign"),
    "stage": pgettext("thing", "stage"),
    "nomination": pgettext("thing", "nomination"),
    "decision": pgettext("thing", "decision"),
    "adoption": pgettext("thing", "adoption"),
    "follow_up": pgettext("thing", "follow_up"),
    "message": pgettext("thing", "message"),
}
"""What begins a sentence in other languages; in English, its word."""
"""What begins a sentence in other languages; in English, its word."""


class TransitionNotAllowed(Refusal):
    """The command does not apply in this state."""

    kind = Kind.CONFLICT
    message = N_(
        "{thing} {identity} is {state}: {command} does not apply; possible now: {allowed}."
    )

    def __init__(
        self, thing: str, identity: str, state: str, command: str, allowed: Sequence[str]
    ) -> None:
        self.thing, self.identity, self.state, self.command = thing, identity, state, command
        super().__init__(
            thing=_THINGS.get(thing, thing),
            identity=Word(identity),
            state=Word(state),
            command=command,
            allowed=", ".join(allowed) or _("nothing more"),
        )


class StateStale(Refusal):
    """Somebody changed the row between reading and writing; nothing was stored."""

    kind = Kind.CONFLICT
    message = N_("{thing} was changed by somebody else meanwhile; nothing was stored.")
    remedy = N_("Look at it again and repeat the act if it is still wanted.")

    def __init__(self, thing: str) -> None:
        super().__init__(thing=_THINGS.get(thing, thing))


class CommandIdReused(Refusal):
    """The id of a command was used for another kind of command before."""

    kind = Kind.CONFLICT
    message = N_(
        "The command id {command_id!r} belongs to a {was} that was carried out; nothing was "
        "changed."
    )
    remedy = N_("Send the {wanted} with an id of its own.")

    def __init__(self, command_id: str, was: str, wanted: str) -> None:
        super().__init__(command_id=command_id, was=was, wanted=wanted)


class ActContradicted(Refusal):
    """The very act was carried out before, with another reason, person or other details."""

    kind = Kind.CONFLICT
    message = N_(
        "This act was carried out before, with another reason, by somebody else or with other "
        "details; nothing was changed."
    )
    remedy = N_("Look at what was recorded.")
