"""Which codes may be given, which are understood, and which look alike?"""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rules.codes import folded, is_plain, likeness, oddness
from campaigns.rules.importing.nominations import KnownCodes

GOOD = ["01/HS-BTR", "DVK23-BDA-01", "ba-tri", "P001", "Đ-01", "HS-Bến-Tre", "a_b", "1.2", "00166"]
BAD = {
    "": "",
    ".": ".",
    "..": "..",
    "../../etc/passwd": "../../",
    "100%": "%",
    "a?b": "?",
    "a b": " ",
    "a//b": "//",
    "-x": "-",
    "x-": "-",
    "x#1": "#",
    "a\\b": "\\",
    "a\tb": "U+0009",
    "Ω1": "Ω",
    "ł1": "ł",
    "٣": "٣",
}


@pytest.mark.parametrize("code", GOOD)
def test_code_of_the_alphabet_may_be_given(code: str):
    assert oddness(code) is None


@pytest.mark.parametrize(("code", "sign"), BAD.items())
def test_code_of_other_signs_is_refused_by_its_sign(code: str, sign: str):
    odd = oddness(code)
    assert odd is not None
    assert odd.sign == sign
    assert not odd.meant or is_plain(odd.meant)


def test_sign_of_another_width_is_understood():
    assert (folded("Ｈ－０１"), folded("H²")) == ("H-01", "H2")


def test_letter_of_another_script_is_named_with_what_it_looks_like():
    odd = oddness("Н-01")
    assert odd is not None
    assert (odd.kind, odd.meant) == ("lookalike", "H-01")
    assert "CYRILLIC" in odd.sign


@pytest.mark.parametrize("other", ["h-01", "H 01", "H_01", "Н-01", "Ｈ-01", "H/01", "H--01"])
def test_codes_that_people_take_for_one_another_are_alike(other: str):
    assert likeness(other) == likeness("H-01")
    assert KnownCodes([other]).like("H-01") == other


def test_code_that_is_there_is_itself_whatever_looks_like_it():
    assert KnownCodes(["Н-01", "H-01"]).like("Н-01") == "Н-01"


@given(st.text(max_size=50))
def test_every_code_that_may_be_given_is_nfkc_and_fit_for_an_address(text: str):
    code = folded(text)
    if oddness(code) is None:
        assert unicodedata.normalize("NFKC", code) == code
        assert not set(code) & set(" ?#%\\\"'<>|*:\0\n")
        assert not any(part in {"", ".", ".."} for part in code.split("/"))
