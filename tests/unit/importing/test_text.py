from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.legacy_encoding import decoded
from language.vietnamese import (
    clean,
    fold,
    has_markup,
    is_formula_text,
    is_mixed,
    match_key,
    shorten,
    unmarked,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hoà"),
        ("Thúy", "THUÝ"),
        ("qui định", "quy định"),
        ("kỹ thuật", "kĩ thuật"),
        ("Tỷ lệ", "tỉ  lệ"),
        ("khỏe", "khoẻ"),
        ("Ý kiến cấp ủy", "ý kiến\ncấp uỷ"),
        ("văn hóa – xã hội", "Văn hóa - Xã hội"),
    ],
)
def test_fold_of_words_written_otherwise_is_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)
    assert fold(unicodedata.normalize("NFD", one)) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hóa"), ("ma", "mà"), ("đông", "dông"), ("thủy", "thủi"), ("tay", "tai")],
)
def test_fold_of_other_words_differs(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_unmarked_leaves_plain_letters() -> None:
    assert unmarked("Đảng - Xây dựng") == "dang xay dung"


def test_match_key_leaves_punctuation_out() -> None:
    assert match_key("Tên mô hình /\nđiển hình (*)") == match_key("tên mô hình/điển hình")


def test_clean_takes_off_what_nobody_sees() -> None:
    assert clean("\ufeff\u00a0Tổ\u200b hòa\u00a0giải \r\n") == "Tổ hòa giải"


@given(st.text())
def test_clean_of_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_fold_is_the_same_in_both_unicode_forms(text: str) -> None:
    decomposed, composed = (unicodedata.normalize(form, text) for form in ("NFD", "NFC"))
    assert fold(decomposed) == fold(composed)


@given(st.text())
def test_no_text_breaks_the_reading_of_old_fonts(text: str) -> None:
    assert decoded(text) is None or isinstance(decoded(text), str)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Ng\u00ad d©n gãp cổ phÇn bằng ngµy c«ng", "Ngư dân góp cổ phần bằng ngày công"),
        ("tØnh BÕn Tre", "tỉnh Bến Tre"),
        ("§oµn x·", "Đoàn xã"),
        ("Ngöôøi daân Hoäi Noâng daân xaõ", "Người dân Hội Nông dân xã"),
        ("tá»‰nh Báº¿n Tre", "tỉnh Bến Tre"),
        ("B\ufffdn Tre", ""),
    ],
)
def test_text_in_an_old_font_is_decoded(text: str, meaning: str) -> None:
    assert decoded(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "Người dân tỉnh Bến Tre đóng góp ngày công",
        "Müller và François thăm Café Ôtô",
        "25 °C, 5×3 m², ½ công, 100 µg, ±5 %",
        "«Dân vận khéo» © 2023",
        "Naïve façade à la carte",
    ],
)
def test_text_with_foreign_letters_and_signs_is_no_old_font(text: str) -> None:
    assert decoded(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "x<br/>y",
        "<img src=x onerror=alert(1)",
        "<script>",
        "javascript:alert(1)",
        "<!-- -->",
    ],
)
def test_markup_is_found(text: str) -> None:
    assert has_markup(text)


@pytest.mark.parametrize(
    "text",
    ["< 5 hộ", "a < b và c > d", "<họ tên>", "<ghi rõ>", "https://bentre.example", "Nhóm: 5"],
)
def test_signs_that_are_no_markup_are_let_be(text: str) -> None:
    assert not has_markup(text)


@pytest.mark.parametrize(
    "text", ["=1+1", "=A1", "=SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("x")']
)
def test_formula_text_computes(text: str) -> None:
    assert is_formula_text(text)


@pytest.mark.parametrize("text", ["=> tốt", "= đạt", "==", "5 = 5"])
def test_text_with_an_equals_sign_computes_nothing(text: str) -> None:
    assert not is_formula_text(text)


def test_mixed_forms_are_told_from_one_form() -> None:
    composed, decomposed = "Tổ hòa giải", unicodedata.normalize("NFD", "Tổ hòa giải")
    assert [is_mixed(composed), is_mixed(decomposed), is_mixed(composed + decomposed)] == [
        False,
        False,
        True,
    ]


def test_long_text_is_shortened_to_one_line() -> None:
    assert shorten("a\nb " * 100, 10) == "a b a b a…"
