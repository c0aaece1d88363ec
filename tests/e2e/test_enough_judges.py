"""A rehearsal says at its beginning whether enough people are free of conflict."""

from __future__ import annotations

from pathlib import Path

from tests.registers import ONE, people_file
from tests.rehearsals import EXAMPLES, thidua

REGISTERS = EXAMPLES / "ben-tre-2023"


def rehearse(tmp_path: Path, unit: str | None) -> tuple[str, str, str]:
    people = people_file(tmp_path / "people.csv", unit)
    registers = ("--units", str(REGISTERS / "units.csv"), "--people", str(people))
    out = tmp_path / "sign-off"
    ended = thidua(
        *("--lang", "vi", "rehearse", "--playbook", "dan-van-kheo", *registers),
        *("--out", str(out), "--nominations", "34"),
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout, ended.stderr, (out / "sign-off.html").read_text("utf-8")


def test_rehearsal_of_a_panel_of_one_unit_says_so_and_stops_in_words(tmp_path: Path) -> None:
    out, err, page = rehearse(tmp_path, ONE)
    told = f"còn dưới 5 người thẩm định không xung đột lợi ích ({ONE}: 0)"

    assert told in " ".join(err.split())
    assert told in page
    assert "dừng ở: Thẩm định" in out
    assert "còn 0 người" in " ".join(out.split())


def test_rehearsal_begins_by_saying_that_there_are_enough(tmp_path: Path) -> None:
    _, err, _ = rehearse(tmp_path, None)

    told = "Đơn vị nào đề cử cũng còn ít nhất 11 trong 12 người thẩm định"
    assert told in " ".join(err.split())
