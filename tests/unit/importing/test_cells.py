# ruff: noqa: DTZ001 - Excel's dates have no zone
from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.unit.importing.samples import import_changed

ERROR, WARN = "error", "warn"


def _cell_told(folder: Path, place: str, value: Any) -> list[tuple[str, str]]:
    def change(sheet: Worksheet) -> None:
        if not isinstance(value, datetime):
            sheet[place].number_format = "General"
        sheet[place].value = value
        if isinstance(value, str) and value.startswith("=") and place[0] in "DE":
            sheet[place].data_type = "s"

    column = place.rstrip("0123456789")
    return import_changed(folder, change).at(int(place[len(column) :]), column)


@pytest.mark.parametrize(
    ("place", "value", "told"),
    [
        ("U3", "31/2/2023", [("invalid_date", ERROR)]),
        ("U3", "12/31/2022", [("invalid_date", ERROR)]),
        ("U3", "tháng 5/2023", [("invalid_date", ERROR)]),
        ("U3", "2022", [("invalid_date", ERROR)]),
        ("U3", 2022, [("invalid_date", ERROR)]),
        ("U3", True, [("invalid_date", ERROR)]),
        ("U3", datetime(2032, 1, 1), [("date_out_of_range", ERROR)]),
        ("U3", "1/5/2032", [("date_out_of_range", ERROR)]),
        ("U3", "44835", [("date_as_number", WARN)]),
        ("U3", 44835, [("date_as_number", WARN)]),
        ("U3", 99999999, [("invalid_date", ERROR)]),
        ("U3", "5/9/2022", [("date_as_text", WARN)]),
        ("U3", "5.9.2022", [("date_as_text", WARN)]),
        ("U3", "05-09-22", [("date_as_text", WARN)]),
        ("U3", "ngày 5 tháng 9 năm 2022", [("date_as_text", WARN)]),
        ("U3", "2022-09-05", [("date_as_text", WARN)]),
        ("AC3", "8h05 ngày 1/9/2023", [("date_as_text", WARN)]),
        ("X3", "85,5", [("number_as_text", WARN)]),
        ("X3", "92%", [("number_as_text", WARN)]),
        ("X3", 105, [("out_of_range", ERROR)]),
        ("X3", "105", [("out_of_range", ERROR)]),
        ("X3", -3, [("out_of_range", ERROR)]),
        ("X3", "nhiều", [("not_a_number", ERROR)]),
        ("X3", 0.85, [("number_as_share", WARN)]),
        ("J3", "ba", [("not_a_number", ERROR)]),
        ("J3", 0, [("out_of_range", ERROR)]),
        ("J3", 2.5, [("not_a_number", ERROR)]),
        ("J3", datetime(2023, 1, 2), [("not_a_number", ERROR)]),
        ("J3", 2.0, []),
        ("V3", "x", [("unknown_yes_no", WARN)]),
        ("V3", "✓", [("unknown_yes_no", WARN)]),
        ("V3", "Yes", [("unknown_yes_no", WARN)]),
        ("V3", 0, [("unknown_yes_no", WARN)]),
        ("V3", "chua", [("unknown_yes_no", WARN)]),
        ("V3", "CÓ", []),
        ("V3", "đang xin", [("unknown_yes_no", ERROR)]),
        ("V3", "?", [("unknown_yes_no", ERROR)]),
        ("K3", "van hoa - xa hoi", [("unknown_field", WARN)]),
        ("K3", "KINH TẾ", [("unknown_field", WARN)]),
        ("K3", "Văn hoá – xã hội", []),
        ("K3", "Thể thao", [("unknown_field", ERROR)]),
        ("C3", "ca nhan", [("unknown_subject_kind", WARN)]),
        ("C3", "Nhóm", [("unknown_subject_kind", ERROR)]),
        ("F3", "Xã Tân Thành Bình", [("unknown_unit", ERROR)]),
        ("H3", "Huyện Ba Tri", [("unknown_unit", ERROR)]),
        ("H3", "HUYEN-BA-TRI", [("unknown_unit", WARN)]),
        ("F3", "btri-an-thuy-moi", [("unknown_unit", ERROR)]),
        ("F3", "cth-tien-thuy", [("unit_not_valid", WARN)]),
        ("AD3", "a@b", [("invalid_email", ERROR)]),
        ("AD3", "a b@c.vn", [("invalid_email", ERROR)]),
        ("AD3", "a@b.vn; c@d.vn", [("invalid_email", ERROR)]),
        ("AD3", "thư@bentre.example", [("invalid_email", ERROR)]),
        ("D3", "Ngöôøi daân laøm ñöôøng", [("legacy_encoding", ERROR)]),
        ("D3", "Ng­êi d©n lµm ®­êng", [("legacy_encoding", ERROR)]),
        ("D3", "Tá»‰nh Báº¿n Tre", [("legacy_encoding", ERROR)]),
        ("D3", "B\ufffdn Tre", [("legacy_encoding", ERROR)]),
        ("D3", "<b>Mô hình</b>", [("html_in_text", ERROR)]),
        ("L3", "Tốt<img src=x onerror=alert(1)>", [("html_in_text", ERROR)]),
        ("L3", "Số hộ < 5 và tỷ lệ > 3", []),
        ("D3", "x" * 1001, [("too_long", ERROR)]),
        ("D3", '=HYPERLINK("http://x","y")', [("formula_injection", ERROR)]),
        ("E3", "=> rất tốt", [("formula_injection", WARN)]),
        ("E3", "+84 000", [("formula_injection", WARN)]),
        ("AE3", "@SUM(1+1)", [("formula_injection", WARN)]),
        ("AE3", "-2+3 mô hình", [("formula_injection", WARN)]),
        ("D3", "\u00a0\u200b ", [("missing_required", ERROR)]),
        ("D3", " Mô hình ", [("whitespace", WARN)]),
        ("AE3", "\u00a0", [("whitespace", WARN)]),
        ("AE3", "#N/A", [("formula_cell", ERROR)]),
        ("G3", unicodedata.normalize("NFD", "Xã Bình Thạnh"), [("mixed_unicode_forms", WARN)]),
        ("G3", "<b>Xã</b>", [("html_in_text", WARN)]),
    ],
)
def test_cell_is_told_at_its_level(
    tmp_path: Path, place: str, value: Any, told: list[tuple[str, str]]
) -> None:
    assert _cell_told(tmp_path, place, value) == told


@pytest.mark.parametrize("formula", ["=ROW()-3", "=IF(1,2,3)", "=TODAY()", "=#REF!"])
def test_formula_without_result_is_an_error(tmp_path: Path, formula: str) -> None:
    assert _cell_told(tmp_path, "X3", formula) == [("formula_cell", ERROR)]


def test_formula_in_a_column_that_is_not_read_is_a_warning(tmp_path: Path) -> None:
    assert _cell_told(tmp_path, "A3", "=ROW()-1") == [("formula_cell", WARN)]


def test_shown_percentage_is_understood_as_its_hundredfold(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["X3"].value, sheet["X3"].number_format = 0.855, "0.0%"

    outcome = import_changed(tmp_path, change)
    assert outcome.at(3, "X") == [("number_as_share", WARN)]
    assert str(outcome.row(3).answers["consent_pct"]) == "85.5"


def test_unit_named_in_words_remedy_names_its_id(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "H3", "Huyện Ba Tri"))
    assert "huyen-ba-tri" in outcome.remedy(3, "H")


def test_unknown_unit_remedy_names_the_most_similar(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "F3", "bda-dai-hoa-lo"))
    assert "bda-dai-hoa-loc" in outcome.remedy(3, "F")


def test_submission_without_time_counts_from_the_start_of_the_day(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "AC3", "15/9/2023"))
    assert str(outcome.row(3).submitted_at) == "2023-09-15 00:00:00+07:00"


def test_text_that_looks_like_a_formula_is_kept_as_it_is(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "AE3", "@SUM(1+1)"))
    assert outcome.row(3).answers["note"] == "@SUM(1+1)"


def test_text_in_nfd_is_kept_in_nfc(tmp_path: Path) -> None:
    name = "Tổ hòa giải"
    decomposed = unicodedata.normalize("NFD", name)
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "D3", decomposed))
    assert outcome.row(3).name == name


def test_row_in_nfd_throughout_is_composed_in_silence(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for cell in sheet[3]:
            if isinstance(cell.value, str):
                cell.value = unicodedata.normalize("NFD", cell.value)

    outcome = import_changed(tmp_path, change)
    assert outcome.told == set()
    assert outcome.row(3).subject_kind


def test_codes_that_differ_in_case_and_blanks_are_equal(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: _set(sheet, "B5", "dvk23-bda-01 "))
    assert outcome.at(2, "B") == [("duplicate_code", ERROR)]
    assert outcome.at(5, "B") == [("duplicate_code", ERROR)]
    assert outcome.reader.kept_out_rows == {2, 5}


def test_code_nearly_that_of_a_stored_nomination_is_refused(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda _: None, known_codes={"dvk23-BDA-01", "DVK23-BDA-02"})
    assert outcome.at(2, "B") == [("duplicate_code", ERROR)]
    assert outcome.at(3, "B") == []


def _set(sheet: Worksheet, place: str, value: Any) -> None:
    sheet[place].value = value
    sheet[place].number_format = "General"
