"""Is text typed by anybody harmless in one line, and still the same text?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.harmless import clipped, masked, one_line, paragraphs, slug


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Mô hình", "Mô hình"),
        ("  hai   khoảng  ", "hai khoảng"),
        ("plain  ascii ", "plain ascii"),
        ("a\r\nBcc: b@x.vn", "a Bcc: b@x.vn"),
        ("a\u2028b\u2029c\x85d\x0be", "a b c d e"),
        ("a\x00b\x1bc\x7fd", "abcd"),
        ("vui\u202egnoul\u202c", "vuignoul"),
        ("\u2066a\u2069\u200f\ufeffb", "ab"),
        ("\U000e0041tag", "tag"),
        ("gia đình 👨\u200d👩\u200d👧", "gia đình 👨\u200d👩\u200d👧"),
        ("Tie\u0302\u0301n", "Tiến"),
        ("\u0338>", "\u25cc\u0338>"),
        ("", ""),
    ],
)
def test_one_line_removes_only_what_is_harmful(typed: str, shown: str) -> None:
    assert one_line(typed) == shown


def test_paragraphs_keep_line_breaks() -> None:
    assert paragraphs("\n một \r\n\r\n  hai\u2029ba\u202e\n") == "một\n\nhai\nba"


@given(st.text())
def test_one_line_is_one_line_of_nfc_whatever_comes(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert unicodedata.is_normalized("NFC", shown)
    assert unicodedata.normalize("NFC", f"<b>{shown}") == f"<b>{shown}"
    assert one_line(shown) == shown
    shown.encode()


@given(st.text())
def test_paragraphs_have_no_control_but_the_line_break(text: str) -> None:
    controls = {character for character in paragraphs(text) if not character.isprintable()}
    assert {c for c in controls if unicodedata.category(c) == "Cc"} <= {"\n"}


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab cd", 4, "ab…"),
        ("ax\u0323\u0323\u0323\u0323", 4, "a…"),
        ("abcdef", 1, "…"),
    ],
)
def test_clipped_cuts_between_characters(text: str, limit: int, shown: str) -> None:
    assert clipped(text, limit) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("DVK-2023", "dvk-2023"), ("Đồng Khởi mới", "dong-khoi-moi"), ("!!", ""), ("竞赛", "")],
)
def test_slug_is_plain_ascii(text: str, shown: str) -> None:
    assert slug(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Mở https://t.example/decide/eyJhbGciOiJIUzI1NiJ9.abc-DEF_123 để duyệt.",
            "Mở https://t.example/decide/\u2026 để duyệt.",
        ),
        ("https://t.example/d?token=0123456789abcdef0123&x=1", "https://t.example/d?token=\u2026"),
        ("Xem https://t.example/huong-dan", "Xem https://t.example/huong-dan"),
        ("Không có liên kết", "Không có liên kết"),
        ("Mã: ~code~eyJhIjoxfQ.abc-DEF", "Mã: \u2026"),
    ],
)
def test_secret_of_a_link_is_masked(text: str, shown: str) -> None:
    assert masked(text) == shown
