"""Formats and ranges mean what openpyxl takes them for."""

from __future__ import annotations

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import range_boundaries

from documents.reading.xlsx_formats import BUILT_IN, cells_of, is_date

OWN = (
    "dd/mm/yyyy",
    "DD-MM-YYYY HH:MM",
    "[$-42A]dd mmmm yyyy;@",
    '0.00"ngày"',
    "0.00;dd/mm",
    "[Red]0",
    "[hh]:mm",
    "[s]",
    "[mm]",
    "[Magenta]0.0",
    r"\d0",
    "_d0",
    r'_-* #,##0\ "₫"_-',
    "[$₫-42A]#,##0",
    "ſ0",
    "",
)


def test_built_in_formats_are_those_of_openpyxl():
    assert BUILT_IN == BUILTIN_FORMATS


@pytest.mark.parametrize("text", [*BUILTIN_FORMATS.values(), *OWN])
def test_date_is_what_openpyxl_takes_for_one(text):
    assert is_date(text) == is_date_format(text)


@pytest.mark.parametrize(
    "text", ["A1", "A1:B2", "$A$1:$C$7", "aa10:xfd1048576", "B2:A1", "A0:B2", "ZZZ1:ZZZ2"]
)
def test_range_spans_what_it_does_for_openpyxl(text):
    assert cells_of(text) == range_boundaries(text)


@pytest.mark.parametrize(
    "text", ["", "A", "1", "A:B", "1:2", "A1:", "A1:B", "AAAA1", "A1 B2", "#REF!"]
)
def test_what_spans_no_cells_is_no_range(text):
    assert cells_of(text) is None
