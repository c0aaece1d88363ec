from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from schemas.imports import Level
from tests.unit.importing.samples import (
    clean_rows,
    filled_book,
    import_book,
    import_changed,
    import_file,
)


def test_header_below_titles_is_found(tmp_path: Path) -> None:
    book = filled_book(3, first_row=7)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet["A1"], sheet["A2"] = "ỦY BAN NHÂN DÂN", "DANH SÁCH MÔ HÌNH"
    sheet.merge_cells("A2:L2")
    outcome = import_book(book, tmp_path)
    assert outcome.told == {(1, "", "header_not_first_row", "info")}
    assert len(outcome.rows) == 3


def test_table_right_of_empty_columns_is_read(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.insert_cols(1, 2))
    assert outcome.told == set()
    assert len(outcome.rows) == 12


@pytest.mark.parametrize(
    "header",
    [
        "TÊN MÔ HÌNH/ĐIỂN HÌNH",
        "Tên mô hình /\nđiển hình ",
        "ten mo hinh / dien hinh",
        "(4) Tên mô hình / điển hình (*)",
        "Tên mô hình, điển hìn",
    ],
)
def test_header_written_otherwise_is_understood_with_a_warning(tmp_path: Path, header: str) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.__setitem__("D1", header))
    assert outcome.told == {(1, "D", "header_variant", "warn")}
    assert len(outcome.rows) == 12


def test_header_in_nfd_is_the_same_header(tmp_path: Path) -> None:
    header = unicodedata.normalize("NFD", "Ý kiến cấp ủy")
    outcome = import_changed(tmp_path, lambda sheet: sheet.__setitem__("W1", header))
    assert outcome.told == set()


def test_header_with_the_old_tone_place_is_understood(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.__setitem__("W1", "Ý kiến cấp uỷ"))
    assert outcome.told == {(1, "W", "header_variant", "warn")}


def test_missing_required_column_keeps_every_row_out(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.delete_cols(6))
    errors = [p for p in outcome.reader.problems if p.level is Level.ERROR]
    assert [(p.row, p.code, p.value) for p in errors] == [
        (1, "missing_column", "Mã đơn vị thực hiện")
    ]
    assert outcome.rows == []
    assert len(outcome.reader.kept_out_rows) == 12


def test_missing_optional_column_is_named_only(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.delete_cols(31))
    assert outcome.told == {(1, "", "missing_column", "info")}


def test_second_column_of_the_same_name_is_not_read(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["AF1"], sheet["AF4"] = "Ghi chú", "khác"

    outcome = import_changed(tmp_path, change)
    assert outcome.told == {
        (1, "AF", "duplicate_header", "warn"),
        (4, "AF", "duplicate_header", "warn"),
    }


def test_columns_that_are_not_in_the_form_are_named(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["AF1"], sheet["AH5"] = "Cột riêng", "không tiêu đề"

    assert import_changed(tmp_path, change).told == {
        (1, "AF", "extra_column", "warn"),
        (1, "AH", "extra_column", "warn"),
    }


def test_hidden_rows_and_columns_are_read_and_named(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["Y"].hidden = True

    outcome = import_changed(tmp_path, change)
    assert outcome.told == {(1, "Y", "hidden_column", "warn"), (5, "", "hidden_row", "warn")}
    assert len(outcome.rows) == 12


def test_cells_merged_down_are_empty_below_the_first(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.merge_cells("K5:K6"))
    assert outcome.told == {(5, "K", "merged_cell", "warn"), (6, "K", "merged_cell", "error")}
    assert "K5" in outcome.remedy(6, "K")


def test_cells_merged_across_miss_the_second_box(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.merge_cells("L5:M5"))
    assert outcome.told == {(5, "L", "merged_cell", "warn"), (5, "M", "missing_required", "error")}


def test_optional_box_covered_by_a_merge_is_taken_as_empty(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["AE5"] = "Chung"
        sheet.merge_cells("AE5:AE6")

    outcome = import_changed(tmp_path, change)
    assert outcome.told == {(5, "AE", "merged_cell", "warn"), (6, "AE", "merged_cell", "warn")}
    assert outcome.row(6).answers["note"] is None


def test_totals_signatures_and_empty_rows_are_no_data(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A14"], sheet["J14"] = "Tổng cộng: 12", 12
        sheet["E15"] = "Bến Tre, ngày 5 tháng 9 năm 2023"
        sheet["B16"], sheet["L16"] = "Người lập biểu", "THỦ TRƯỞNG ĐƠN VỊ"
        sheet["B19"] = "Nguyễn Văn A"
        for row in range(20, 24):
            sheet.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")

    outcome = import_changed(tmp_path, change)
    assert outcome.reader.rows == 12
    assert {told[3] for told in outcome.told} == {"info"}
    assert {(row, code) for row, _, code, _ in outcome.told} == {
        (14, "footer_row"),
        (15, "footer_row"),
        (16, "footer_row"),
        (19, "footer_row"),
        (20, "trailing_blank_rows"),
    }


def test_headings_between_the_rows_are_passed_over_with_a_warning(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(5)
        sheet["A5"] = "II. Huyện Ba Tri"

    outcome = import_changed(tmp_path, change)
    assert outcome.told == {(5, "A", "section_row", "warn")}
    assert len(outcome.rows) == 12


def test_rows_numbered_beforehand_and_not_filled_in_are_no_data(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.__setitem__("A14", 13))
    assert outcome.told == {(14, "A", "unfilled_row", "info")}


def test_numbers_of_columns_under_the_header_are_no_data(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        for column in range(1, 32):
            sheet.cell(2, column).value = f"({column})"

    outcome = import_changed(tmp_path, change)
    assert outcome.told == {(2, "A", "column_numbers_row", "info")}


def test_header_over_two_rows_is_read_as_one(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        sheet["Z1"], sheet["Z2"], sheet["AA2"] = (
            "Thời gian vướng mắc",
            "Ngày phát sinh",
            "Ngày kết thúc",
        )
        sheet["AA1"] = None
        sheet.merge_cells("Z1:AA1")
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:B2")

    outcome = import_changed(tmp_path, change)
    assert outcome.told == set()
    assert len(outcome.rows) == 12


def test_row_with_little_in_it_is_data_with_every_box_named(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda sheet: sheet.__setitem__("D14", "Mô hình mới"))
    assert outcome.at(14, "B") == [("missing_required", "error")]
    assert outcome.at(14, "K") == [("missing_required", "error")]


def test_data_on_the_second_sheet_is_found(tmp_path: Path) -> None:
    book = filled_book(3)
    guide = book.create_sheet("Hướng dẫn", 0)
    guide["A1"], guide["B1"] = "Cách điền", "Ghi mã hồ sơ"
    outcome = import_book(book, tmp_path)
    assert (len(outcome.rows), outcome.told) == (3, set())


def test_second_list_in_the_workbook_is_named(tmp_path: Path) -> None:
    book = filled_book(3)
    more = book.create_sheet("Thêm")
    for row in clean_rows()[:2]:
        more.append(row)
    outcome = import_book(book, tmp_path)
    found = next(p for p in outcome.reader.problems if p.code == "other_sheet")
    assert (found.sheet, found.level.value) == ("Thêm", "warn")


def test_workbook_without_header_says_which_columns_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_text("họ tên,tuổi\nA,3\n", encoding="utf-8")
    outcome = import_file(path)
    assert outcome.told == {(1, "", "header_not_found", "error")}
    assert "Mã hồ sơ" in outcome.remedy(1, "")


def test_header_without_rows_is_told(tmp_path: Path) -> None:
    outcome = import_changed(tmp_path, lambda _: None, count=0)
    assert outcome.told == {(1, "", "no_rows", "warn")}


def test_thousand_wrong_rows_are_all_told(tmp_path: Path) -> None:
    lines = ["Mã hồ sơ;Loại đối tượng;Tên mô hình / điển hình", *["a;b;c"] * 1000]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    kinds = {p.row for p in import_file(path).reader.problems if p.code == "unknown_subject_kind"}
    assert kinds == set(range(2, 1002))
