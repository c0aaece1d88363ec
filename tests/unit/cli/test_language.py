"""Which language is chosen, and is it the one that is spoken?"""

from __future__ import annotations

import pytest

from operations.language import language_of
from tests.unit.cli.conftest import Command


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "vi_VN.UTF-8"}, "vi"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "vi_VN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "C", "LC_MESSAGES": "vi_VN"}, "vi"),
        ([], {"LANG": "vixen"}, "en"),
        ([], {"THIDUA_LANGUAGE": "vi", "LANG": "en_US"}, "vi"),
        ([], {"THIDUA_LANGUAGE": "EN", "LANG": "vi_VN"}, "en"),
        ([], {"THIDUA_LANGUAGE": "xx", "LANG": "vi_VN"}, "vi"),
        (["--lang", "vi", "init"], {"THIDUA_LANGUAGE": "en"}, "vi"),
        (["--lang=en", "init"], {"LANG": "vi_VN"}, "en"),
        (["--lang", "xx"], {"LANG": "vi_VN"}, "vi"),
        (["--lang"], {}, "en"),
        (["playbook", "check", "--", "--lang=vi"], {}, "en"),
    ],
)
def test_language_is_named_or_set_or_by_locale(arguments, environment, language) -> None:
    assert language_of(arguments, environment) == language


def test_vietnamese_is_spoken_when_asked(thidua: Command) -> None:
    assert "Đã sẵn sàng." in thidua("--lang", "vi", "init").out
    assert "Was ready before" in thidua("--lang", "en", "init").out


def test_language_may_be_named_last(thidua: Command) -> None:
    assert "Đã sẵn sàng." in thidua("init", "--lang", "vi").out
    assert "Đã sẵn sàng" in thidua("init", "--lang=vi").out


def test_usage_error_is_in_vietnamese(thidua: Command) -> None:
    ended = thidua("--lang", "vi", "stage", "approve", "launch")

    assert ended.code == 2
    assert ended.err == "Lỗi: Thiếu --as. Xem: thidua stage approve --help\n"


def test_unknown_language_is_refused(thidua: Command) -> None:
    ended = thidua("--lang", "fr", "init")

    assert ended.code == 2
    assert ended.err == "Error: --lang: choose vi or en. See: thidua --help\n"
