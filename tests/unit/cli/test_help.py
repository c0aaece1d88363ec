"""Does `--help` speak the language of the terminal, whole?"""

from __future__ import annotations

import re

import pytest

from cli.index import PLACES, load
from tests.unit.cli.conftest import Command

OF_TYPER = re.compile(
    r"Usage:|Options:|Commands:|Arguments:|Show this message|\[default|required\]"
)


def test_help_speaks_vietnamese_where_the_terminal_does(thidua: Command) -> None:
    said = thidua("--lang", "vi", "outbox", "list", "--help").out

    assert "Liệt kê thư, cũ nhất trước." in said
    assert "[mặc định: 200; 1<=x<=" in said


def test_commands_are_listed_in_vietnamese(thidua: Command) -> None:
    said = thidua("--lang", "vi", "--help").out

    assert re.search(r"stage +Phê duyệt hoặc trả lại một giai đoạn\.", said)


@pytest.mark.parametrize("name", ["campaign", "init", "import", "rehearse", "stage"])
def test_nothing_of_the_help_stays_english(thidua: Command, name: str) -> None:
    assert OF_TYPER.findall(thidua("--lang", "vi", name, "--help").out) == []


def test_help_after_vietnamese_is_english_again(thidua: Command) -> None:
    before = thidua("stage", "approve", "--help").out
    thidua("--lang", "vi", "stage", "approve", "--help")

    assert thidua("stage", "approve", "--help").out == before
    assert "One of launch, nomination" in before


@pytest.mark.parametrize("name", PLACES)
def test_help_in_english_is_left_alone(name: str) -> None:
    assert load(name).context_class.__module__.startswith(("typer", "click"))


def test_value_out_of_range_is_refused_in_vietnamese(thidua: Command) -> None:
    ended = thidua("--lang", "vi", "outbox", "list", "--limit", "0")

    assert ended.err == "Lỗi: --limit: Ít nhất là 1. Xem: thidua outbox list --help\n"
