"""Every file and folder of the project that its pages name is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_NAMED = re.compile(r"`([\w.\-]+/[\w.\-/]*)`")
_MADE = re.compile(r"\b[A-Z]{4,}\b")
"""A word in capitals stands for something the reader has."""


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def pages() -> Iterator[Path]:
    """Yield every page of the project."""
    for pattern in ("*.md", "docs/**/*.md", "examples/*/README.md"):
        yield from sorted(ROOT.glob(pattern))


def missing(text: str) -> list[str]:
    """Return the paths a text names that begin in a folder of ours and lead nowhere."""
    folders = {one.name for one in ROOT.iterdir() if one.is_dir()} - {
        "build"
    }  # commands write there
    named = (one for one in _NAMED.findall(text) if one.split("/")[0] in folders)
    return [one for one in named if not _MADE.search(one) and not (ROOT / one).exists()]


@pytest.mark.parametrize("page", [*pages()], ids=_name)
def test_paths_lead_somewhere(page: Path) -> None:
    assert missing(page.read_text("utf-8")) == []


def test_a_path_that_leads_nowhere_would_be_found() -> None:
    assert missing("see `campaigns/rules/nowhere.py` and `docs/reference/cli.md`") == [
        "campaigns/rules/nowhere.py"
    ]
