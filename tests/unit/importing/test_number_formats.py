# ruff: noqa: DTZ001 - Excel's dates have no zone
"""What a cell shows is worked out as Excel shows it, or not at all."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.importing.number_formats import (
    shown,
    shown_moment,
    shown_text,
    shows_whole,
)

MOMENT = datetime(2026, 3, 5, 17, 8, 9)


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (166, "00000", "00166"),
        (28756, "00000", "28756"),
        (123456, "00000", "123456"),
        (0, "000", "000"),
        (1, '"HS-"000', "HS-001"),
        (7, "\\H\\S\\-00", "HS-07"),
        (912345678, "0000 000 000", "0912 345 678"),
        (12345678901, "000-000-00000", "123-456-78901"),
        (45, '0" hộ"', "45 hộ"),
        (1234.5, "#,##0.00", "1.234,50"),
        (1234567, "#,##0", "1.234.567"),
        (12, "#,##0", "12"),
        (0.85, "0%", "85%"),
        (0.8525, "0.0%", "85,3%"),
        (8.4, "0", "8"),
        (8.5, "0", "9"),
        (2.5, "0.0#", "2,5"),
        (2.25, "0.0#", "2,25"),
        (1500000, "#,##0,", "1.500"),
        (1500000, '0.0,," triệu"', "1,5 triệu"),
        (-5, "0", "-5"),
        (-5, "0;(0)", "(5)"),
        (-5, "0;-0", "-5"),
        (-5, "0;0", "5"),
        (0, '0;-0;"không"', "không"),
        (3, "[Red]0", "3"),
        (3, "[<10]00;0", "03"),
        (12, "[<10]00;0", "12"),
        (1000, "#,##0 [$₫-42A]", "1.000 ₫"),
        (1000, "_(* #,##0_);_(* \\(#,##0\\)", "1.000"),
        (5, ";;;", ""),
        (5, "General", "5"),
        (2.5, 'General" điểm"', "2,5 điểm"),
        (0.30000000000000004, "0.0", "0,3"),
        (5, "#", "5"),
        (0, "#", ""),
        (1e15, "0", "1000000000000000"),
    ],
)
def test_number_is_shown_as_its_format_says(value: float, number_format: str, text: str) -> None:
    found = shown(value, number_format)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    "number_format", ["0.00E+00", "# ?/?", "[DBNum1]0", "yyyy", "0" * 300, "[h]:mm"]
)
def test_format_that_is_not_understood_is_not_guessed(number_format: str) -> None:
    assert shown(0.5, number_format) is None


@pytest.mark.parametrize(
    ("value", "number_format", "number"),
    [
        (0.85, "0%", "85"),
        (8.4, "0", "8"),
        (-5, "0;0", "5"),
        (-5, "0;(0)", "-5"),
        (5, '"HS-"0', "5"),
        (1500000, "#,##0,", "1500"),
    ],
)
def test_number_a_person_reads_off_is_known(value: float, number_format: str, number: str) -> None:
    found = shown(value, number_format)
    assert found is not None
    assert found.number == Decimal(number)


@given(st.integers(0, 10**12), st.integers(1, 14))
def test_zeros_are_filled_up_to_the_width_of_the_format(number: int, width: int) -> None:
    found = shown(number, "0" * width)
    assert found is not None
    assert found.text == str(number).zfill(width)


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_decimals_are_rounded_away_from_nought_as_excel_does(number: int, places: int) -> None:
    found = shown(number / 1000, "0." + "0" * places if places else "0", "en")
    assert found is not None
    assert Decimal(found.text) == found.number
    assert abs(found.number - Decimal(number) / 1000) <= Decimal(5).scaleb(-places - 1)


@given(st.integers(0, 10**12))
def test_thousands_are_parted_by_the_mark_of_the_language(number: int) -> None:
    texts = [shown(number, "#,##0", "vi"), shown(number, "#,##0", "en")]
    assert [one.text for one in texts if one] == [f"{number:,}".replace(",", "."), f"{number:,}"]


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=60))
def test_no_format_is_a_crash(value: float, number_format: str) -> None:
    shown(value, number_format)
    shown_text("x", number_format)
    shown_moment(MOMENT, number_format)
    shows_whole(MOMENT, number_format)


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ('"Xã "@', "Xã An Thủy"),
        ("@", "An Thủy"),
        ("General", "An Thủy"),
        ("0;-0;0;@", "An Thủy"),
        ('0;-0;0;"["@"]"', "[An Thủy]"),
        (";;;", ""),
        ("00000", "An Thủy"),
    ],
)
def test_text_is_shown_as_its_section_says(number_format: str, text: str) -> None:
    assert shown_text("An Thủy", number_format) == text


@pytest.mark.parametrize(
    ("number_format", "text"),
    [
        ("dd/mm/yyyy", "05/03/2026"),
        ("d-m-yy", "5-3-26"),
        ("yyyy-mm-dd hh:mm:ss", "2026-03-05 17:08:09"),
        ("h:mm AM/PM", "5:08 PM"),
        ("mm:ss", "08:09"),
        ("[$-42A]dd/mm/yyyy;@", "05/03/2026"),
        ('"ngày "d" tháng "m', "ngày 5 tháng 3"),
        ("d-mmm", None),
        ("mm-dd-yy", None),
    ],
)
def test_day_is_shown_in_figures_or_not_at_all(number_format: str, text: str | None) -> None:
    assert shown_moment(MOMENT, number_format) == text


@pytest.mark.parametrize(
    ("number_format", "whole"),
    [("dd/mm/yyyy", False), ("dd/mm/yyyy hh:mm", True), ("mm/yyyy", False), ("", True)],
)
def test_format_that_shows_a_part_of_a_moment_is_known(number_format: str, whole: bool) -> None:
    assert shows_whole(MOMENT, number_format) is whole
