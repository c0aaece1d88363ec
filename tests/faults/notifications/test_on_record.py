"""What is about to leave is on record before it does, and what became of it soon after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import aiosmtplib
import pytest

from notifications.sending.smtp import _Batch, send_batch
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from tests.faults.notifications.smtp_server import Mailbox, smtp_server
from tests.faults.notifications.test_smtp import QUEUED, SENT, mails, states


@dataclass
class Record:
    """What a sender puts on record, in its order."""

    box: Mailbox
    withheld: frozenset[int] = frozenset()
    begun: list[list[int]] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)
    in_doubt: list[int] = field(default_factory=list)
    """At each record, how many mails had left whose outcome was not on record before."""

    def begin(self, ids: Sequence[int], before: Sequence[DeliveryOutcome]) -> set[int]:
        self.in_doubt.append(len(self.box.contents) - len(self.settled))
        self.begun.append(list(ids))
        self.settled += [one.message_id for one in before]
        return set(ids) - self.withheld


def test_mails_are_begun_a_few_at_a_time_and_each_once() -> None:
    with smtp_server() as (box, settings):
        record = Record(box)
        send_batch(mails(60), settings, settings.sender, begin=record.begin)

    assert [number for some in record.begun for number in some] == list(range(100, 160))
    assert len(record.begun[0]) == settings.connections
    assert len(record.begun) > 1


def test_no_more_is_in_doubt_than_was_begun_last() -> None:
    with smtp_server() as (box, settings):
        record = Record(box)
        send_batch(mails(60), settings, settings.sender, begin=record.begin)

    last_begun = [0, *map(len, record.begun)]
    # A connection may be at a mail of the time before.
    most = [now + settings.connections for now in last_begun]
    assert all(doubt <= limit for doubt, limit in zip(record.in_doubt, most, strict=False))


def test_mail_that_is_not_the_senders_any_more_does_not_leave() -> None:
    with smtp_server() as (box, settings):
        record = Record(box, withheld=frozenset({101}))
        outcomes = send_batch(mails(3), settings, settings.sender, begin=record.begin)

    assert len(box.contents) == 2
    assert states(outcomes) == [SENT, QUEUED, SENT]
    assert not outcomes[1].was_tried


def test_nothing_leaves_that_could_not_be_put_on_record() -> None:
    class NotOnRecordError(Exception):
        pass

    def begin(_ids: Sequence[int], _before: Sequence[DeliveryOutcome]) -> set[int]:
        raise NotOnRecordError

    with smtp_server() as (box, settings):
        with pytest.raises(NotOnRecordError):
            send_batch(mails(3), settings, settings.sender, begin=begin)
        assert box.contents == []


def test_what_is_known_is_recorded_where_the_sender_is_stopped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class StoppedError(Exception):
        pass

    send_one = _Batch._send

    async def send_until_stopped(
        batch: _Batch, client: aiosmtplib.SMTP, mail: OutgoingMail
    ) -> None:
        if mail.message_id == 102:
            raise StoppedError
        await send_one(batch, client, mail)

    monkeypatch.setattr(_Batch, "_send", send_until_stopped)
    with smtp_server() as (box, settings):
        record = Record(box)
        alone = settings.model_copy(update={"connections": 1})
        with pytest.raises(StoppedError):
            send_batch(mails(5), alone, settings.sender, begin=record.begin)

    assert record.settled == [100, 101]
