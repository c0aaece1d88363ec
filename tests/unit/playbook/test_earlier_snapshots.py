"""A snapshot that an earlier program stored is read, and is the playbook it was made from."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from campaigns.rules.playbook.reading import from_snapshot, is_same
from campaigns.services.playbook.library import load_playbook

SNAPSHOTS = Path(__file__).parents[2] / "golden" / "playbooks"
FIRST = {
    "dan-van-kheo": "32f6fe4f922ed2f3396b2bc94d32372ed6417bd4507aa3d51ae1f9a44b11d9f4",
    "dong-khoi-moi": "2eea23a8d7bd68b93beba8e164192bca138ce573e6d04b5c64a1ec0fe27f02ad",
}
"""Of the first version: snapshots as campaigns have them, which are never recorded again."""


def stored(name: str) -> str:
    return (SNAPSHOTS / f"{name}-1.json").read_text("utf-8").rstrip("\n")


@pytest.mark.parametrize("name", FIRST)
def test_stored_snapshot_is_what_was_stored(name: str) -> None:
    assert hashlib.sha256(stored(name).encode()).hexdigest() == FIRST[name]


@pytest.mark.parametrize("name", FIRST)
def test_earlier_snapshot_is_the_playbook_it_was_made_from(name: str) -> None:
    assert is_same(from_snapshot(stored(name)), load_playbook(name))


def test_snapshot_without_a_key_that_came_later_is_the_same_playbook() -> None:
    data = json.loads(stored("dan-van-kheo"))
    del data["messages"]["pledge_to_kinds"]  # holds its default in the file

    assert is_same(from_snapshot(json.dumps(data)), load_playbook("dan-van-kheo"))


def test_snapshot_without_a_key_the_file_sets_is_another_playbook() -> None:
    data = json.loads(stored("dan-van-kheo"))
    assert data["quota"].pop("per_unit_kind")

    assert not is_same(from_snapshot(json.dumps(data)), load_playbook("dan-van-kheo"))
