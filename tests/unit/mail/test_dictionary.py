"""A stored mail can only be read with the dictionary it was packed with."""

from __future__ import annotations

import hashlib
import zlib

import orjson

from campaigns.store.mail.dictionary import COMMON
from campaigns.store.mail.packing import pack, unpack
from schemas.messages.payload import RenderedMessage

MAIL = RenderedMessage(subject="[X] Chào", text="Kính gửi:\n", html="<p>Kính gửi</p>", ics=None)


def test_dictionary_is_never_changed():
    digest = hashlib.sha256(COMMON).hexdigest()

    assert digest == "29fc9dcf11cf7f0c63fba91fc72ee98b5e23c434e3e90708f57a74e8215a7393"


def test_packed_mail_is_read_again():
    assert unpack(MAIL.subject, pack(MAIL)) == MAIL


def test_mail_packed_without_dictionary_is_read():
    packed = zlib.compress(orjson.dumps([MAIL.text, MAIL.html, MAIL.ics]))

    assert unpack(MAIL.subject, packed) == MAIL
