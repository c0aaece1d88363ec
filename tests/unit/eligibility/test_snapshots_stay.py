"""A rule of any kind is kept in a snapshot as it always was, and refused in the same words.

Campaigns that run have their snapshot and its hash for good; these were taken when the kinds were
still one union in `schemas`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from campaigns.rules.eligibility import KINDS
from campaigns.rules.playbook.errors import PlaybookInvalid
from campaigns.rules.playbook.reading import from_snapshot, plain, playbook_hash, snapshot
from campaigns.services.playbook.library import load_playbook
from schemas.playbook.judging import name_of
from tests.unit.samples import RULES, playbook

HASHES = {
    "dan-van-kheo": "f171da84d7949ef6f8fb22ed0c6c9b7c58fb04e2e816147e05d277a29ed09495",
    "dong-khoi-moi": "c5cc9426d97cd6111c1bb7785f5c167098a578f1ea68c299e0561afa04eff176",
}
SAMPLE = "3cb7ccaff448724d065f1c659d627be18a1b3eb1a8632304f046ab9897dbdc99"
"""Of a playbook with a rule of every kind."""

COMMON = {
    "id": "one",
    "version": 1,
    "severity": "block",
    "source": "constructed",
    "reason": {"vi": "one", "en": ""},
    "remedy": {"vi": "", "en": ""},
    "correctable": False,
}
KEPT: dict[str, dict[str, Any]] = {
    "submitted_by_deadline": {},
    "rank_within_quota": {},
    "answer_is": {"item": "registered", "value": True},
    "running_since": {"item": "start_date", "months": 6, "before": "2023-09-15"},
    "at_least": {"item": "consent_pct", "minimum": "80"},
    "case_closed": {"opened": "case_opened", "closed": "case_closed"},
    "not_recognised_before": {},
}
"""What a rule of each kind says beside what every rule says, in the order of its keys."""


@pytest.mark.parametrize("name", HASHES)
def test_hash_of_a_shipped_playbook_is_what_it_was(name: str) -> None:
    assert playbook_hash(load_playbook(name)) == HASHES[name]


def test_hash_of_a_playbook_with_every_kind_is_what_it_was() -> None:
    assert playbook_hash(playbook()) == SAMPLE


def test_kinds_of_old_are_all_there_in_their_order() -> None:
    """Of a kind that is new, what it keeps is added above, so that it stays as well."""
    assert [name_of(kind) for kind in KINDS] == list(KEPT)


@pytest.mark.parametrize("kind", KEPT)
def test_rule_is_kept_with_its_keys_in_order(kind: str) -> None:
    given = {"id": "one", "check": kind, "source": "constructed", "reason": "one", **KEPT[kind]}
    kept = plain(playbook(rules=[given]))["rules"][0]
    assert json.dumps(kept) == json.dumps({**COMMON, "check": kind, **KEPT[kind]})


KNOWN = ", ".join(f"'{name}'" for name in KEPT)
AT_LEAST, CASE = RULES[5], RULES[6]
REFUSED: dict[str, tuple[object, tuple[Any, ...], str, str]] = {
    "text": (
        "late",
        ("rules", 0),
        "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from",
    ),
    "no kind": (
        {},
        ("rules", 0),
        "union_tag_not_found",
        "Unable to extract tag using discriminator 'check'",
    ),
    "unknown kind": (
        {"check": "zzz"},
        ("rules", 0),
        "union_tag_invalid",
        f"Input tag 'zzz' found using 'check' does not match any of the expected tags: {KNOWN}",
    ),
    "parameter": (
        {**AT_LEAST, "minimum": "x"},
        ("rules", 0, "at_least", "minimum"),
        "decimal_parsing",
        "Input should be a valid decimal",
    ),
    "key of another kind": (
        {**AT_LEAST, "months": 6},
        ("rules", 0, "at_least", "months"),
        "extra_forbidden",
        "Extra inputs are not permitted",
    ),
    "box that is not there": (
        {**CASE, "opened": "nope", "closed": "neither"},
        (),
        "value_error",
        "Value error, rule open_case: the form has no item 'nope'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_rule_is_refused_at_its_place_in_the_same_words(case: str) -> None:
    given, *told = REFUSED[case]
    with pytest.raises(ValidationError) as refused:
        playbook(rules=[given])
    [error] = refused.value.errors()
    assert [error["loc"], error["type"], error["msg"]] == told


def test_snapshot_of_a_newer_program_names_the_rule_it_cannot_read() -> None:
    data = json.loads(snapshot(playbook(rules=[AT_LEAST])))
    data["rules"][0]["later"] = 1
    with pytest.raises(PlaybookInvalid, match=r"cannot be read at: rules\.0\.at_least\.later\. "):
        from_snapshot(json.dumps(data))
