"""Every step a thing may take, and every one it may not, as the tables say."""

from __future__ import annotations

import pytest

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.lifecycle import LIFECYCLES, NEW, STATES, Thing, decide
from schemas.vocabulary import EDITABLE, LABELS, RECEIVED, NominationState

ARROWS = {(thing, arrow.command): arrow for thing, arrows in LIFECYCLES.items() for arrow in arrows}
COMMANDS = sorted({command for _, command in ARROWS})
EVERY = [
    (thing, state, command)
    for thing in Thing
    for state in (NEW, *STATES[thing])
    for command in COMMANDS
]
ALLOWED = [
    (thing, source, arrow.command)
    for (thing, _), arrow in ARROWS.items()
    for source in sorted(arrow.sources)
]
REFUSED = sorted(set(EVERY) - set(ALLOWED))
FINAL = {
    Thing.CAMPAIGN: {"closed", "cancelled"},
    Thing.STAGE: {"ended"},
    Thing.NOMINATION: {"withdrawn", "revoked"},
    Thing.DECISION: {"replaced"},
    Thing.ADOPTION: {"abandoned"},
    Thing.FOLLOW_UP: {"answered", "skipped", "dropped"},
    Thing.MESSAGE: {"superseded"},
}
"""Written down a second time, so that a new way out of an end is somebody's decision."""


def test_the_table_allows_some_and_refuses_some():
    assert len(ALLOWED) + len(REFUSED) == len(EVERY)
    assert min(len(ALLOWED), len(REFUSED)) > 50


@pytest.mark.parametrize(("thing", "state", "command"), ALLOWED)
def test_command_in_a_state_that_allows_it_leads_to_its_target(thing, state, command):
    assert decide(thing, state, command) is ARROWS[thing, command]


@pytest.mark.parametrize(("thing", "state"), dict.fromkeys(pair[:2] for pair in EVERY))
def test_every_other_command_is_refused_and_names_what_is_possible(thing, state):
    possible = [one.command for one in LIFECYCLES[thing] if state in one.sources]
    for command in [command for *where, command in REFUSED if where == [thing, state]]:
        with pytest.raises(TransitionNotAllowed) as refused:
            decide(thing, state, command, "X-1")

        assert str(refused.value) == (
            f"{thing} X-1 is {state or 'new'}: {command} does not apply; "
            f"possible now: {', '.join(possible) or 'nothing more'}."
        )


@pytest.mark.parametrize("thing", Thing)
def test_every_thing_has_a_table_and_a_vocabulary(thing: Thing):
    assert (thing in LIFECYCLES, thing in STATES) == (True, True)


@pytest.mark.parametrize("thing", Thing)
def test_every_command_stands_once(thing: Thing):
    commands = [arrow.command for arrow in LIFECYCLES[thing]]

    assert len(set(commands)) == len(commands)


@pytest.mark.parametrize(("thing", "command"), ARROWS)
def test_every_command_leads_from_known_states_to_a_known_state(thing: Thing, command: str):
    arrow = ARROWS[thing, command]

    assert arrow.target in set(STATES[thing])
    assert arrow.sources <= {NEW, *STATES[thing]}


@pytest.mark.parametrize("thing", Thing)
def test_every_state_is_reached_from_a_new_thing(thing: Thing):
    reached: set[str] = {NEW}
    for _ in STATES[thing]:
        reached |= {arrow.target for arrow in LIFECYCLES[thing] if arrow.sources & reached}

    assert reached - {NEW} == set(STATES[thing])


@pytest.mark.parametrize("thing", Thing)
def test_states_without_a_way_out_are_the_known_ends(thing: Thing):
    left = {source for arrow in LIFECYCLES[thing] for source in arrow.sources}

    assert set(STATES[thing]) - left == FINAL[thing]


@pytest.mark.parametrize("thing", Thing)
def test_every_event_is_named_by_one_command(thing: Thing):
    events = [arrow.event for arrow in LIFECYCLES[thing]]

    assert len(set(events)) == len(events)


@pytest.mark.parametrize("thing", Thing)
def test_every_state_has_a_word_in_both_languages(thing: Thing):
    assert {state.value for state in STATES[thing]} <= set(LABELS)


def test_nomination_that_may_be_edited_may_be_submitted():
    assert ARROWS[Thing.NOMINATION, "submit"].sources >= EDITABLE


@pytest.mark.parametrize("command", ["find_eligible", "find_ineligible", "hold"])
def test_nomination_that_was_received_can_be_decided(command: str):
    assert ARROWS[Thing.NOMINATION, command].sources >= RECEIVED


def test_nomination_that_was_decided_cannot_be_edited():
    decided = {NominationState.ELIGIBLE, NominationState.INELIGIBLE, NominationState.RECOGNISED}

    assert not decided & ARROWS[Thing.NOMINATION, "submit"].sources
