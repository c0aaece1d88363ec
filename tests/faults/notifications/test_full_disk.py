"""The disk takes no more while mail goes to the Maildir: no half mail, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from notifications.sending.mail import Sender, compose
from notifications.sending.maildir import deliver_to_maildir
from schemas.messages.outgoing import OutgoingMail
from schemas.messages.payload import RenderedMessage
from tests.unit.notifications.samples import outgoing

SENDER = Sender("thidua@bentre.example")
ROOM = 20_000
SCRIPT = """
import json, resource, sys
from pathlib import Path
from notifications.sending.maildir import deliver_to_maildir
from tests.faults.notifications.test_full_disk import ROOM, SENDER, mails
resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
heard = []
done = deliver_to_maildir(mails(), Path(sys.argv[1]), SENDER, heard.append)
print(json.dumps([[one.state for one in done], [type(one).__name__ for one in heard]]))
"""


def mails() -> list[OutgoingMail]:
    """Return four mails, of which the third is larger than there is room for."""
    sizes = (10, 10, 3 * ROOM, 10)
    return [
        outgoing(
            RenderedMessage(subject="[C] x", text="x" * size, html="<p>x</p>"),
            key=f"k{number}",
            message_id=number,
        )
        for number, size in enumerate(sizes)
    ]


def deliver_with_little_room(folder: Path) -> list[list[str]]:
    """Let another process deliver, whose files the system keeps small."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder)],
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(ended.stdout)
    return found


def test_mail_that_does_not_fit_stays_queued_and_the_problem_is_named(tmp_path: Path) -> None:
    states, heard = deliver_with_little_room(tmp_path)

    assert states == ["sent", "sent", "queued", "queued"]
    assert heard == ["MaildirNotWritable"]


def test_full_disk_leaves_no_half_mail(tmp_path: Path) -> None:
    deliver_with_little_room(tmp_path)

    whole = {compose(mail, SENDER) for mail in mails()[:2]}
    assert {one.read_bytes() for one in (tmp_path / "new").iterdir()} == whole
    assert list((tmp_path / "tmp").iterdir()) == []


def test_mails_are_all_there_once_when_there_is_room_again(tmp_path: Path) -> None:
    deliver_with_little_room(tmp_path)

    deliver_to_maildir(mails(), tmp_path, SENDER)

    assert sorted(one.read_bytes() for one in (tmp_path / "new").iterdir()) == sorted(
        compose(mail, SENDER) for mail in mails()
    )
