"""Where does mail go while no SMTP server is set?

Into a Maildir: one file per mail in `new/`, named after the message, so that any mail program can
read it and a repeat writes no second file. A file is written in `tmp/` and renamed, so a reader
never sees half a mail. It is not forced to disk: after a power cut the engine's own database still
says which messages there were.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from notifications.errors import MailAddressInvalid, MaildirNotWritable
from notifications.reporting import Reporter, report
from notifications.sending.mail import Sender, compose
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail, mail_id
from schemas.vocabulary import MessageState

RETRY_NOT_WRITABLE = 1800
"""Seconds: somebody has to make room or mend the folder first."""


def deliver_to_maildir(
    mails: Sequence[OutgoingMail], folder: Path, sender: Sender, on_problem: Reporter = report
) -> list[DeliveryOutcome]:
    """Write mails as `.eml` files; return one outcome per mail, in their order.

    A mail that is there already, read or not, counts as sent. If the folder cannot be written, the
    rest stays queued and `on_problem` gets `MaildirNotWritable`, once.
    """
    try:
        already = _prepared(folder)
    except OSError as problem:
        return _all_queued(mails, folder, problem, on_problem)
    outcomes: list[DeliveryOutcome] = []
    for mail in mails:
        name = mail_id(mail.key)
        try:
            if name not in already:
                _write(folder, f"{name}.eml", compose(mail, sender))
        except MailAddressInvalid as problem:
            outcomes.append(_outcome(mail, MessageState.FAILED, str(problem)))
        except OSError as problem:
            return outcomes + _all_queued(mails[len(outcomes) :], folder, problem, on_problem)
        else:
            outcomes.append(_outcome(mail, MessageState.SENT, f"{name}.eml"))
    return outcomes


def _prepared(folder: Path) -> set[str]:
    """Make the three folders of a Maildir; return the names of the mails in it.

    A mail program moves what it has shown from `new` to `cur` and adds `:2,` and flags.
    """
    for part in ("tmp", "new", "cur"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return {
        file.name.partition(".")[0] for part in ("new", "cur") for file in (folder / part).iterdir()
    }


def _write(folder: Path, name: str, octets: bytes) -> None:
    # The process in the name keeps two that deliver at the same time from sharing a file.
    unfinished = folder / "tmp" / f"{os.getpid()}.{name}"
    try:
        unfinished.write_bytes(octets)
        unfinished.rename(folder / "new" / name)
    except OSError:
        unfinished.unlink(missing_ok=True)  # on a full disk half a mail is in the way
        raise


def _all_queued(
    mails: Sequence[OutgoingMail], folder: Path, problem: OSError, on_problem: Reporter
) -> list[DeliveryOutcome]:
    error = MaildirNotWritable(str(folder), problem.strerror or str(problem))
    on_problem(error)
    return [_outcome(mail, MessageState.QUEUED, str(error), RETRY_NOT_WRITABLE) for mail in mails]


def _outcome(
    mail: OutgoingMail, state: MessageState, detail: str, retry_in_seconds: int | None = None
) -> DeliveryOutcome:
    return DeliveryOutcome(
        message_id=mail.message_id, state=state, detail=detail, retry_in_seconds=retry_in_seconds
    )
