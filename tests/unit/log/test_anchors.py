"""Heads of the log are written, typed and read from saved mails as people and programs do that."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.rules.log import anchors
from campaigns.rules.log.anchors import Anchor
from campaigns.rules.log.errors import AnchorInvalid
from notifications.returned import saved

GOLDEN = Path(__file__).parents[2] / "golden" / "mail"
DIGEST = "0123456789abcdef"


def test_head_is_read_as_it_is_written():
    text = anchors.written(57, DIGEST * 4)

    assert text == f"57:{DIGEST}"
    assert anchors.read(f" {text.upper()} ", "minutes") == Anchor(57, DIGEST, "minutes")


@pytest.mark.parametrize(
    "text", ["", "57", f"57:{DIGEST[:-1]}", "57:zzzzzzzzzzzzzzzz", f"-1:{DIGEST}"]
)
def test_what_is_no_head_is_refused(text: str):
    with pytest.raises(AnchorInvalid, match="NUMBER:HASH"):
        anchors.read(text, "")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_heads_are_found_in_mails_as_they_are_sent(language: str):
    folder = GOLDEN / "approval-requested--on-behalf" / language

    found = [
        one
        for path, text in saved.texts(folder)
        for one in anchors.within(text, "DVK-2023", path.name)
    ]

    assert found == [Anchor(57, DIGEST, "mail.eml")]


def test_heads_of_another_campaign_are_not_taken_for_this_ones():
    text = f"DVK-2023 57:{DIGEST}, XDVK-2023 58:{DIGEST}, DVK-2023-2 59:{DIGEST}"

    assert [one.number for one in anchors.within(text, "DVK-2023", "")] == [57]


def test_files_that_are_no_mails_have_no_text(tmp_path: Path):
    (tmp_path / "a.eml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "b.eml").write_bytes(b"Content-Type: text/plain; charset=klingon\n\nx")
    (tmp_path / "c.txt").write_text(f"DVK-2023 57:{DIGEST}")

    assert {path.name for path, _text in saved.texts(tmp_path)} == {"a.eml", "b.eml"}
