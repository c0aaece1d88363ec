"""The commands about single nominations: how they refuse, and in which language."""

from __future__ import annotations

import pytest

from tests.unit.cli.conftest import Command

ACTS = [("withdraw",), ("clear-hold",), ("revoke", "--document", "07-QĐ")]


@pytest.mark.parametrize("act", ACTS)
def test_nomination_that_is_not_there_is_named(launched: Command, act: tuple[str, ...]) -> None:
    name, *options = act
    ended = launched("nomination", name, "Z-1", "--reason", "Nhầm", "--as", "P002", *options)

    assert ended.code == 2
    assert "Z-1" in ended.err or "P002 may not" in ended.err


@pytest.mark.parametrize("act", ACTS)
def test_reason_is_asked_for(launched: Command, act: tuple[str, ...]) -> None:
    name, *options = act
    ended = launched("nomination", name, "Z-1", "--as", "P001", *options)

    assert (ended.code, "needs a reason" in ended.err) == (2, True)


def test_reason_is_asked_for_in_vietnamese(launched: Command) -> None:
    ended = launched("--lang", "vi", "nomination", "withdraw", "Z-1", "--as", "P001")

    assert "Rút hồ sơ thì phải nêu lý do" in ended.err


def test_decision_that_revokes_is_asked_for(launched: Command) -> None:
    ended = launched("nomination", "revoke", "Z-1", "--reason", "Sai", "--as", "P003")

    assert (ended.code, "--document" in ended.err) == (2, True)


@pytest.mark.parametrize("code", ["", " ", "a b", "x" * 5_000, "a\x1b[31m"])
def test_code_that_is_none_is_refused(launched: Command, code: str) -> None:
    ended = launched("nomination", "withdraw", code, "--reason", "Nhầm", "--as", "P001")

    assert ended.code == 2
    assert "Traceback" not in ended.err
