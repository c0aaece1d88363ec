"""Does every fault of a table say what is wrong and what to do, and is every one looked for?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from campaigns.rules.importing.faults import FAULTS

PACKAGE = Path(__file__).parents[3] / "campaigns" / "rules" / "importing"


@pytest.mark.parametrize("key", sorted(FAULTS))
def test_message_and_remedy_are_sentences(key: str) -> None:
    assert all(re.search(r"[.?]$", text.message) for text in FAULTS[key])


def test_every_fault_is_looked_for() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in PACKAGE.glob("*.py")
        if not path.stem.endswith("faults")
    )
    unused = [
        key
        for key in FAULTS
        if f'"{key}"' not in source and not key.endswith(("/similar", "/understood"))
    ]
    assert unused == []
