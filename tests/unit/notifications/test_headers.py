"""Do header lines keep their text, their length and their place?"""

from __future__ import annotations

import email
import email.policy
from email.header import decode_header, make_header
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.harmless import clipped, one_line
from notifications.sending.headers import mailbox_header, text_header


def read(header: str, field: str) -> str:
    message = email.message_from_bytes(f"{header}\r\n\r\n".encode(), policy=email.policy.SMTP)
    assert list(message.keys()) == [field]
    assert not message.defects
    return str(message[field])


def mailbox(header: str) -> tuple[str, str]:
    """Read the one mailbox of a field.

    Not by `message["To"].addresses`: before Python 3.12.4 it puts a space between encoded words
    that belong together.
    """
    [(name, address)] = getaddresses([header.removeprefix("To: ")])
    return str(make_header(decode_header(name))), address


@pytest.mark.parametrize(
    "value",
    [
        "[DVK-2023] Result",
        "[DVK-2023] Đã nhận hồ sơ đề cử",
        "[DVK-2023] =?utf-8?q?not_an_encoded_word?= here",
        "ASCII words " * 12 + "đến hết",
        "x" * 70 + " đ",
        "x" * 64 + " 👨 đ",
        "word " * 30,
        "x" * 200,
        "đ" * 200,
        "👨" * 100,
    ],
)
def test_subject_is_read_back_as_it_was(value: str) -> None:
    header = text_header("Subject", value)
    assert read(header, "Subject") == value.strip()


@pytest.mark.parametrize("length", range(1, 80))
def test_lines_with_encoded_words_are_at_most_76_long(length: int) -> None:
    header = text_header("Subject", "x" * length + " " + "đề cử 👨 " * 12)
    assert all(len(line) <= 76 for line in header.split("\r\n") if "=?" in line)
    assert "=?utf-8?b??=" not in header
    assert read(header, "Subject") == "x" * length + " " + ("đề cử 👨 " * 12).strip()


def test_leading_ascii_words_stay_readable() -> None:
    assert text_header("Subject", "[DVK-2023] Report for Đ").startswith(
        "Subject: [DVK-2023] Report for =?utf-8?b?"
    )


@given(st.text())
def test_any_subject_stays_one_field_in_ascii(value: str) -> None:
    header = text_header("Subject", value)
    assert header.isascii()
    assert all(line.startswith(" ") for line in header.split("\r\n")[1:])
    assert "\n" not in header.replace("\r\n ", "")
    assert read(header, "Subject") == one_line(value)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyen Van A",
        'Ban "Dan van" \\ Tinh',
        "Huyện ủy Mỏ Cày Nam",
        "=?utf-8?q?x?=",
        "a, b; c <d@x.vn>",
        "Văn phòng " * 8,
        "A" * 100,
        "",
    ],
)
def test_mailbox_is_read_back_as_it_was(name: str) -> None:
    header = mailbox_header("To", name, "a@x.vn")
    assert mailbox(header) == (one_line(name), "a@x.vn")
    assert max(map(len, header.split("\r\n"))) <= 110


@given(st.text())
def test_any_name_leaves_one_recipient(name: str) -> None:
    header = mailbox_header("To", name, "a@x.vn")
    assert mailbox(header) == (clipped(one_line(name), 120), "a@x.vn")
