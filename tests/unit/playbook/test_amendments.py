"""What differs between two playbooks, and what of it a running campaign no longer takes."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from campaigns.rules.playbook.amendment_words import REASONS, key_name, value_said
from campaigns.rules.playbook.amendments import (
    ROWS,
    Changed,
    Settled,
    Standing,
    differences,
    refusal,
    refused,
)
from campaigns.rules.playbook.reading import snapshot
from campaigns.services.playbook.library import load_playbook
from schemas.playbook.playbook import Playbook

PLAYBOOK = load_playbook("dan-van-kheo")
NOW = datetime(2023, 8, 1)  # noqa: DTZ001 - local, as playbooks say it
DRAFT = Standing(now=NOW)


def changed(change: Callable[[dict[str, Any]], object]) -> tuple[Changed, ...]:
    data = json.loads(snapshot(PLAYBOOK))
    change(data)
    return differences(PLAYBOOK, Playbook.model_validate(data))


def names(keys: tuple[Changed, ...]) -> list[str]:
    return [key.name for key in keys]


# --- Differences ---------------------------------------------------------------------------------


def test_equal_playbooks_do_not_differ() -> None:
    assert changed(lambda data: data) == ()


def test_date_that_moves_is_named_by_its_path() -> None:
    keys = changed(lambda data: data["calendar"]["nomination"].update(closes="2023-09-15T12:00:00"))

    assert keys == (
        Changed(("calendar", "nomination", "closes"), "2023-09-15T17:00:00", "2023-09-15T12:00:00"),
    )


def test_box_in_the_middle_of_the_form_that_goes_is_the_only_difference() -> None:
    keys = changed(lambda data: data["form"]["items"].pop(0))

    assert [(key.path[:2], key.new) for key in keys] == [(("form", "items"), None)]


def test_boxes_in_another_order_are_a_difference_of_order() -> None:
    keys = changed(lambda data: data["form"]["items"].reverse())

    assert names(keys) == ["form.items.*"]


def test_new_subject_kind_is_added_whole() -> None:
    kind = {"id": "village", "name": {"vi": "Ấp", "en": ""}}
    keys = changed(lambda data: data["subject_kinds"].append(kind))

    assert keys == (Changed(("subject_kinds", "village"), None, kind),)


# --- What is settled -----------------------------------------------------------------------------

PATHS = {
    "code": ("code",),
    "timezone": ("timezone",),
    "deadline": ("calendar", "nomination", "closes"),
    "opening": ("calendar", "nomination", "opens"),
    "approval": ("calendar", "nomination", "approval"),
    "session": ("calendar", "sessions", "1", "starts"),
    "release": ("calendar", "results_released"),
    "box type": ("form", "items", "name", "type"),
    "rule": ("rules", "no_party_opinion", "severity"),
    "quota": ("quota", "other"),
    "reach": ("nominating", "own_and_below"),
    "rubric": ("rubric", "criteria", "C1", "maximum"),
    "vote": ("vote", "threshold"),
    "signers": ("approvals", "nomination", "required"),
    "number": ("decision", "series"),
    "months": ("follow_up", "months"),
    "held": ("messages", "held"),
    "unknown": ("invented_later", "x"),
}
LATER = "2023-12-01T08:00:00"


def why(name: str, **standing: Any) -> Settled | None:
    return refusal(Changed(PATHS[name], "old", LATER), Standing(now=NOW, **standing))


RUNNING: dict[str, Any] = {"launched": True}
SETTLED: list[tuple[str, dict[str, Any], Settled]] = [
    ("code", {}, Settled.ALWAYS),
    ("timezone", RUNNING, Settled.LAUNCHED),
    ("unknown", RUNNING, Settled.LAUNCHED),
    ("opening", {"stages": {"nomination": "open"}}, Settled.OPENED),
    ("deadline", {"stages": {"nomination": "awaiting_approval"}}, Settled.CLOSED),
    ("approval", {"stages": {"nomination": "approved"}}, Settled.APPROVED),
    ("signers", {"stages": {"nomination": "awaiting_approval"}}, Settled.CLOSED),
    ("box type", {"nominations": 1}, Settled.RECEIVED),
    ("rule", {"decided": 1}, Settled.DECIDED),
    ("quota", {"stages": {"nomination": "awaiting_approval"}}, Settled.DECIDED),
    ("reach", {"decided": 1}, Settled.DECIDED),
    ("rubric", {"reviews": 1}, Settled.REVIEWED),
    ("vote", {"voted": 1}, Settled.VOTED),
    ("session", {"voted": 1}, Settled.VOTED),
    ("release", {"released": True}, Settled.RELEASED),
    ("number", {"signed": 1}, Settled.SIGNED),
    ("months", {"adoptions": 1}, Settled.ADOPTED),
]


@pytest.mark.parametrize(("name", "standing", "settled"), SETTLED)
def test_key_is_refused_once_it_is_settled(
    name: str, standing: dict[str, Any], settled: Settled
) -> None:
    assert why(name, **standing) is settled


@pytest.mark.parametrize("name", [name for name in PATHS if name != "code"])
def test_key_of_a_draft_may_change(name: str) -> None:
    assert why(name) is None


@pytest.mark.parametrize(
    "name", ["deadline", "rule", "quota", "reach", "rubric", "vote", "signers"]
)
def test_key_may_change_while_its_stage_is_open(name: str) -> None:
    assert why(name, launched=True, nominations=3, stages={"nomination": "open"}) is None


def test_messages_may_change_to_the_end() -> None:
    whole = {"nominations": 9, "decided": 9, "reviews": 9, "voted": 9, "signed": 1, "adoptions": 9}
    assert why("held", launched=True, released=True, **whole) is None


def test_date_moved_to_the_past_is_refused() -> None:
    key = Changed(PATHS["deadline"], LATER, "2023-07-31T17:00:00")

    assert refusal(key, DRAFT) is Settled.PAST


def test_deadline_is_not_moved_before_an_extension() -> None:
    now = Standing(now=NOW, launched=True, extended={"nomination": datetime(2023, 9, 20)})  # noqa: DTZ001 - local
    moved = [Changed(PATHS["deadline"], LATER, f"2023-09-{day}T17:00:00") for day in (19, 21)]

    assert [refusal(key, now) for key in moved] == [Settled.EXTENDED, None]


def test_subject_kind_in_use_is_not_removed() -> None:
    now = Standing(now=NOW, launched=True, kinds_used=frozenset({"model"}))
    gone = [Changed(("subject_kinds", name), {}, None) for name in ("model", "household")]

    assert refused(gone, now) == {"subject_kinds.model": Settled.IN_USE}


def test_box_is_added_after_nominations_only_if_it_may_be_empty() -> None:
    now = Standing(now=NOW, launched=True, nominations=1)
    boxes = [
        Changed(("form", "items", name), None, {"required": required})
        for name, required in (("asked", True), ("open", False))
    ]

    assert refused(boxes, now) == {"form.items.asked": Settled.RECEIVED}


def test_every_section_of_a_playbook_stands_in_the_table() -> None:
    named = {row.keys.split(".")[0].rstrip("*") for row in ROWS}

    assert set(Playbook.model_fields) <= named


# --- Words ---------------------------------------------------------------------------------------


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(Settled) - {Settled.NEVER}


def test_key_and_values_are_said_in_vietnamese() -> None:
    key = Changed(PATHS["deadline"], "2023-09-15T17:00:00", None)

    assert key_name(key, "vi") == "Lịch › Đề cử › kết thúc"
    assert value_said(key.old, "vi") == "15/09/2023 17:00"
    assert value_said(key.new, "vi") == "–"
