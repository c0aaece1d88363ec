"""A finished campaign of an earlier day is decided by today's tables as it was then."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaigns.rules.errors import TransitionNotAllowed
from campaigns.rules.log.chain import seals
from campaigns.rules.log.errors import HistoryContradicted
from campaigns.rules.log.replay import replay
from schemas.events import EventRecord, FactValue

ROOT = Path(__file__).parents[3]
HISTORIES = ROOT / "tests" / "golden" / "history"
HISTORY = HISTORIES / "dvk-2023.jsonl"
EXPECTED = json.loads((ROOT / "tests" / "expected" / "ben-tre-2023.json").read_text("utf-8"))


def history(file: Path = HISTORY) -> list[EventRecord]:
    lines = file.read_text("utf-8").splitlines()
    return [
        EventRecord(**{**line, "occurred_at": datetime.fromisoformat(line["occurred_at"])})
        for line in map(json.loads, lines)
    ]


def event(number: int, name: str, subject: str, **facts: FactValue) -> EventRecord:
    return EventRecord(number, name, subject, "P001", datetime(2023, 9, 1, tzinfo=UTC), facts, "")


def test_finished_campaign_replays_to_the_states_it_came_to() -> None:
    states = replay(history())

    nominations = Counter(
        state for subject, state in states.items() if subject.startswith("nomination:")
    )
    assert nominations == {
        "recognised": EXPECTED["recognised"]["total"],
        "not_recognised": EXPECTED["not_passed"]["total"],
        "ineligible": EXPECTED["ineligible"]["total"],
        "on_hold": EXPECTED["on_hold"]["total"],
    }
    assert states["campaign:DVK-2023"] == "closed"


def test_finished_campaign_has_the_adoption_states_it_came_to() -> None:
    adoptions = Counter(
        state for subject, state in replay(history()).items() if subject.startswith("adoption:")
    )
    assert adoptions == EXPECTED["adoptions"]["by_state"]


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.jsonl")), ids=lambda file: file.stem)
def test_hash_chain_of_an_earlier_day_is_recomputed_to_the_same_hashes(file: Path) -> None:
    events = history(file)
    code = events[0].subject.partition(":")[2]

    assert [*seals(code, events)] == [one.hash for one in events]


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.jsonl")), ids=lambda file: file.stem)
def test_every_history_of_an_earlier_version_replays_to_its_end(file: Path) -> None:
    events = history(file)

    assert replay(events)[events[0].subject] == "closed"


def test_event_with_another_target_than_today_is_named() -> None:
    events = [
        event(
            1,
            "thidua.nomination.submitted",
            "nomination:A",
            command="submit",
            **{"from": "", "to": "eligible"},
        )
    ]
    with pytest.raises(HistoryContradicted, match="Event 1 on nomination:A"):
        replay(events)


def test_event_from_another_state_than_the_log_says_is_named() -> None:
    submitted = event(
        1,
        "thidua.nomination.submitted",
        "nomination:A",
        command="submit",
        **{"from": "", "to": "submitted"},
    )
    returned = event(
        2,
        "thidua.nomination.returned",
        "nomination:A",
        command="return",
        **{"from": "eligible", "to": "returned"},
    )
    with pytest.raises(HistoryContradicted, match="Event 2 on nomination:A"):
        replay([submitted, returned])


def test_step_that_today_does_not_allow_is_refused() -> None:
    recognised = event(
        1,
        "thidua.nomination.recognised",
        "nomination:A",
        command="recognise",
        **{"from": "", "to": "recognised"},
    )
    with pytest.raises(TransitionNotAllowed):
        replay([recognised])
