"""What a version before has sealed is compared as far as it goes, and said to be less."""

from __future__ import annotations

from datetime import UTC, datetime

from campaigns.rules.log import seals
from campaigns.rules.log.vouching import Comparison, Row, Told, compare, folding
from campaigns.rules.log.vouching_judgement import FORMER, TELLING
from schemas.events import EventRecord, Facts

AT = datetime(2023, 10, 3, 0, 30, tzinfo=UTC)
PARTS = [("hung", "present", False, None), ("tam", "present", True, "address")]
HAVE: Row = {
    "present": 2,
    "written": 0,
    seals.SEAL: seals.of_roll("salt", 1, PARTS),
    FORMER: seals.of_former_roll("salt", 1, (part[:3] for part in PARTS)),
}


def compared(have: Row, **sealed: str) -> Comparison:
    facts: Facts = {"present": 2, "written": 0, **sealed}
    event = EventRecord(7, "thidua.nomination.tallied", "nomination:A", "mai", AT, facts, "")
    told = Told()
    telling = {name: [tell] for name, tell in TELLING}
    assert [*folding([event], telling, told)] == [event]
    return compare("roll", told.rows["roll"], {"A": have})


def test_roll_that_a_version_before_sealed_holds_but_not_in_full():
    found = compared(HAVE, seal=str(HAVE[FORMER]))

    assert (found.differences, found.partly) == ((), 1)


def test_roll_that_a_version_before_sealed_is_named_where_it_was_edited():
    found = compared(HAVE | {FORMER: "x"}, seal=str(HAVE[FORMER]))

    assert [one.columns for one in found.differences] == [(FORMER,)]


def test_roll_that_is_sealed_with_its_conflicts_is_compared_in_full():
    found = compared(HAVE, roll=str(HAVE[seals.SEAL]))

    assert (found.differences, found.partly) == ((), 0)


def test_correction_without_a_seal_is_compared_by_who_and_when():
    event = EventRecord(
        8, "thidua.vote.corrected", "nomination:A", "mai", AT, {"person": "mai"}, ""
    )
    told = Told()
    assert [*folding([event], {name: [tell] for name, tell in TELLING}, told)]
    have: Row = {"reviewer_id": None, "person_id": "mai", "corrected_at": AT, seals.SEAL: "x"}

    found = compare("judgement", told.rows["judgement"], {"A/1": have})
    assert (found.differences, found.partly) == ((), 1)
