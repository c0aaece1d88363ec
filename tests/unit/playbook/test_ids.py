"""The id of a playbook is a code, as others are."""

from __future__ import annotations

import pytest

from campaigns.rules.playbook.reading import from_snapshot, read_playbook, snapshot
from tests.unit.playbook.test_broken import broken


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("../../x", "id_odd_meant"),
        ("'..'", "id_odd"),
        ("dân vận", "id_odd_meant"),
        ("dаn-van", "id_odd_meant"),  # a Cyrillic letter
        ("-x", "id_odd_meant"),
    ],
)
def test_id_that_is_no_code_is_refused(written: str, code: str):
    text, _ = broken("playbook: dan-van-kheo", f"playbook: {written}")
    playbook, problems = read_playbook(text, "mine.yaml", "vi")
    assert playbook is None
    assert [problem.code for problem in problems] == [code]


def test_campaign_of_an_earlier_version_keeps_its_odd_id():
    text, _ = broken("number: 3, starts: 2023-10-05", "number: 3, starts: 2023-10-05")
    playbook, _ = read_playbook(text, "mine.yaml", "vi")
    assert playbook is not None
    odd = playbook.model_copy(update={"playbook": "../../x"})
    assert from_snapshot(snapshot(odd)).playbook == "../../x"
