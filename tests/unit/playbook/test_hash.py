"""Is a campaign's playbook the same playbook, and only then?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from campaigns.rules.playbook.errors import PlaybookInvalid
from campaigns.rules.playbook.reading import from_snapshot, playbook_hash, read_playbook, snapshot

SHIPPED = (Path(__file__).parents[3] / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")


def read(text):
    playbook, problems = read_playbook(text, "mine.yaml", "en")
    assert playbook is not None, problems
    return playbook


@pytest.fixture(scope="module")
def playbook():
    return read(SHIPPED)


def blocks(text):
    """The top-level keys with everything below them."""
    found = []
    for line in text.splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            found.append([line])
        elif found:
            found[-1].append(line)
    return ["\n".join(block) for block in found]


SAME = {
    "comments": SHIPPED + "\n# a further comment\n",
    "no comments": "\n".join(blocks(SHIPPED)),
    "order of keys": "\n".join(reversed(blocks(SHIPPED))),
    "order of keys below": SHIPPED.replace(
        "launch: {roles: [leader], required: 1}", "launch: {required: 1, roles: [leader]}"
    ),
    "quotes": SHIPPED.replace("series: BDVTU", 'series: "BDVTU"'),
    "spelling of numbers": SHIPPED.replace("step: 0.5", "step: 0.50").replace(
        "maximum: 20,", "maximum: 20.0,"
    ),
    "spelling of shares": SHIPPED.replace("threshold: 0.7", "threshold: 7/10"),
    "spelling of times": SHIPPED.replace("2023-10-13T08:00:00", "2023-10-13 08:00"),
    "a default written out": SHIPPED.replace("  trim_from: 7\n", ""),
}


@pytest.mark.parametrize("case", SAME)
def test_hash_is_the_same_for_the_same_rules(case, playbook):
    assert SAME[case] != SHIPPED
    assert playbook_hash(read(SAME[case])) == playbook_hash(playbook)


OTHER = {
    "a date": ("results_released: 2023-10-13", "results_released: 2023-10-16"),
    "a threshold": ("threshold: 0.7", "threshold: 0.75"),
    "a word": ("vi: Kinh tế", "vi: Kinh tế biển"),
    "the order of rules": ("{id: model, name: {vi: Mô hình, en: Model}}", "{id: m, name: M}"),
    "the version": ("version: 1", "version: 2"),
}


@pytest.mark.parametrize("case", OTHER)
def test_hash_differs_for_other_rules(case, playbook):
    old, new = OTHER[case]
    assert playbook_hash(read(SHIPPED.replace(old, new, 1))) != playbook_hash(playbook)


def test_hash_is_the_sha256_of_the_snapshot(playbook):
    text = snapshot(playbook)
    assert playbook_hash(playbook) == hashlib.sha256(text.encode()).hexdigest()


def test_snapshot_is_canonical_json(playbook):
    text = snapshot(playbook)
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def test_snapshot_comes_back_equal(playbook):
    again = from_snapshot(snapshot(playbook))
    assert again == playbook
    assert snapshot(again) == snapshot(playbook)


@pytest.mark.parametrize("text", ["", "{", "5", "[]"])
def test_damaged_snapshot_is_refused(text):
    with pytest.raises(PlaybookInvalid, match="stored playbook"):
        from_snapshot(text)


def test_snapshot_of_a_newer_program_is_refused(playbook):
    data = {**json.loads(snapshot(playbook)), "invented_later": 1}
    with pytest.raises(PlaybookInvalid, match="invented_later"):
        from_snapshot(json.dumps(data))
