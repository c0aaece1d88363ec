"""Does mail without a server end up as one whole file each, once?"""

from __future__ import annotations

import mailbox
import os
from pathlib import Path

import pytest

from notifications.errors import MaildirNotWritable, NotificationError
from notifications.sending.mail import Sender, compose
from notifications.sending.maildir import RETRY_NOT_WRITABLE, deliver_to_maildir
from schemas.messages.outgoing import OutgoingMail, mail_id
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState
from tests.unit.notifications.samples import enclosures, outgoing

SENDER = Sender("thidua@bentre.example")
CONTENT = RenderedMessage(subject="[A] Đề cử", text="Kính gửi\n", html="<p>Kính gửi</p>\n")


def mails(count: int = 3) -> list[OutgoingMail]:
    return [outgoing(CONTENT, key=f"k{number}", message_id=number) for number in range(count)]


def files(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_each_mail_is_one_eml_file_in_new(tmp_path: Path) -> None:
    outcomes = deliver_to_maildir(mails(), tmp_path / "mail", SENDER)
    assert [(o.message_id, o.state) for o in outcomes] == [(n, MessageState.SENT) for n in range(3)]
    assert files(tmp_path / "mail" / "new") == {f"{mail_id(f'k{n}')}.eml" for n in range(3)}
    assert {o.detail for o in outcomes} == files(tmp_path / "mail" / "new")
    assert files(tmp_path / "mail" / "tmp") == files(tmp_path / "mail" / "cur") == set()
    written = (tmp_path / "mail" / "new" / outcomes[0].detail).read_bytes()
    assert written == compose(mails()[0], SENDER)


def test_standard_maildir_reader_finds_the_mail(tmp_path: Path) -> None:
    deliver_to_maildir(mails(2), tmp_path, SENDER)
    box = mailbox.Maildir(tmp_path, create=False)
    assert len(box) == 2
    assert {message.get_content_type() for message in box} == {"multipart/alternative"}
    assert {message["Reply-To"] for message in box} == {"bandanvan@bentre.example"}


def test_repeat_writes_nothing_new_even_when_the_mail_was_read(tmp_path: Path) -> None:
    deliver_to_maildir(mails(), tmp_path, SENDER)
    name = f"{mail_id('k0')}.eml"
    (tmp_path / "new" / name).rename(tmp_path / "cur" / f"{name}:2,S")
    outcomes = deliver_to_maildir(mails() + mails(1), tmp_path, SENDER)
    assert {o.state for o in outcomes} == {MessageState.SENT}
    assert len(files(tmp_path / "new")) == 2
    assert files(tmp_path / "cur") == {f"{name}:2,S"}


def test_bad_address_fails_alone(tmp_path: Path) -> None:
    batch = mails()
    batch[1] = outgoing(CONTENT, key="k1", message_id=1, to_address="")
    outcomes = deliver_to_maildir(batch, tmp_path, SENDER)
    assert [o.state for o in outcomes] == [
        MessageState.SENT,
        MessageState.FAILED,
        MessageState.SENT,
    ]
    assert "recipient is missing" in outcomes[1].detail
    assert len(files(tmp_path / "new")) == 2


def test_folder_that_cannot_be_made_leaves_all_queued(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    heard: list[NotificationError] = []
    outcomes = deliver_to_maildir(mails(), tmp_path / "file" / "mail", SENDER, heard.append)
    assert [o.state for o in outcomes] == [MessageState.QUEUED] * 3
    assert {o.retry_in_seconds for o in outcomes} == {RETRY_NOT_WRITABLE}
    assert [type(problem) for problem in heard] == [MaildirNotWritable]
    assert outcomes[0].detail == str(heard[0])


def test_disk_that_fills_up_leaves_the_rest_queued(tmp_path: Path) -> None:
    batch = mails()
    # A folder in the place of the second file cannot be written over, not even by root.
    unfinished = tmp_path / "tmp" / f"{os.getpid()}.{mail_id(batch[1].key)}.eml"
    unfinished.mkdir(parents=True)
    heard: list[NotificationError] = []
    outcomes = deliver_to_maildir(batch, tmp_path, SENDER, heard.append)
    assert [o.state for o in outcomes] == [
        MessageState.SENT,
        MessageState.QUEUED,
        MessageState.QUEUED,
    ]
    assert [o.message_id for o in outcomes] == [0, 1, 2]
    assert len(heard) == 1


@pytest.mark.parametrize("count", [0, 1])
def test_small_batches_are_taken(tmp_path: Path, count: int) -> None:
    assert len(deliver_to_maildir(mails(count), tmp_path, SENDER)) == count


def test_mail_with_a_file_is_written_as_it_would_be_sent(tmp_path: Path) -> None:
    mail = outgoing(CONTENT, enclosures=enclosures("Biểu mẫu đề cử.xlsx"))

    [outcome] = deliver_to_maildir([mail], tmp_path, SENDER)
    assert (tmp_path / "new" / outcome.detail).read_bytes() == compose(mail, SENDER)
