"""What do the recorded events come to under today's tables?

The log alone is enough to know every state. Replaying it proves two things: that today's code
decides as yesterday's did, and that no row was changed behind the log's back.
"""

from __future__ import annotations

from collections.abc import Iterable

from campaigns.rules.lifecycle import NEW, Thing, decide
from campaigns.rules.log.errors import HistoryContradicted
from schemas.events import EventRecord


def replay(events: Iterable[EventRecord]) -> dict[str, str]:
    """Return the state of every subject after all events, by subject (`nomination:DVK23-BDA-01`).

    Events without a command (a signature, a tally) change no state.

    Raises:
        HistoryContradicted: An event does not follow from the ones before it, or today's tables
            decide it differently; the error names its number.
        TransitionNotAllowed: Today's tables do not allow a recorded step.
    """
    states: dict[str, str] = {}
    for event in events:
        command = event.facts.get("command")
        if not isinstance(command, str):
            continue
        thing, _, identity = event.subject.partition(":")
        state = states.get(event.subject, NEW)
        arrow = decide(Thing(thing), state, command, identity)
        recorded = (event.facts.get("from"), event.facts.get("to"), event.name)
        if recorded != (state, arrow.target, f"thidua.{thing}.{arrow.event}"):
            raise HistoryContradicted(event.number, event.subject, arrow.target)
        states[event.subject] = arrow.target
    return states
