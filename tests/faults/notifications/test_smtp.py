"""What becomes of mail when the SMTP server refuses, stalls, breaks off or wants more?"""

from __future__ import annotations

import email
import email.policy
import socket
from collections import Counter
from collections.abc import Sequence

import aiosmtplib
import pytest

from notifications.errors import (
    NotificationError,
    SmtpEncryptionMissing,
    SmtpLoginRefused,
    SmtpServerUnreachable,
)
from notifications.sending.mail import compose
from notifications.sending.smtp import _write_content, send_batch
from notifications.sending.smtp_answers import (
    RETRY_REFUSED,
    RETRY_SETTINGS,
    RETRY_UNREACHABLE,
)
from notifications.settings import MailSettings
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState
from tests.faults.notifications.smtp_server import Misbehaviour, settings_for, smtp_server
from tests.unit.notifications.samples import enclosures, outgoing

SENT, QUEUED = MessageState.SENT, MessageState.QUEUED
FAILED, UNCERTAIN = MessageState.FAILED, MessageState.UNCERTAIN

CONTENT = RenderedMessage(
    subject="[DVK-2023] Đề cử", text="Kính gửi\n.\n..\nFrom x\n", html="<p>.\n</p>\n.\n"
)


def mails(count: int = 3) -> list[OutgoingMail]:
    return [
        outgoing(CONTENT, key=f"k{n}", message_id=100 + n, to_address=f"xa{n}@bentre.example")
        for n in range(count)
    ]


def send(
    batch: Sequence[OutgoingMail], settings: MailSettings
) -> tuple[list[DeliveryOutcome], list[NotificationError]]:
    heard: list[NotificationError] = []
    outcomes = send_batch(batch, settings, settings.sender, heard.append)
    assert [outcome.message_id for outcome in outcomes] == [mail.message_id for mail in batch]
    return outcomes, heard


def states(outcomes: Sequence[DeliveryOutcome]) -> list[MessageState]:
    return [outcome.state for outcome in outcomes]


def with_settings(settings: MailSettings, **changes: object) -> MailSettings:
    return settings.model_copy(update=changes)


def test_every_mail_arrives_as_composed_for_one_recipient() -> None:
    with smtp_server() as (box, settings):
        outcomes, heard = send(mails(), settings)
    assert states(outcomes) == [SENT] * 3
    assert outcomes[0].detail == "250 2.0.0 Taken"
    assert heard == []
    assert box.recipients == [f"xa{n}@bentre.example" for n in range(3)]
    assert box.contents == [compose(mail, settings.sender) for mail in mails()]


def test_leading_dots_survive_the_way() -> None:
    ascii_only = RenderedMessage(subject="[A] B", text=".\n..x\n. y\n", html=".z\n")
    with smtp_server() as (box, settings):
        send([outgoing(ascii_only)], settings)
    message = email.message_from_bytes(box.contents[0], policy=email.policy.SMTP)
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == ascii_only.text


def test_empty_batch_asks_nothing_of_the_server() -> None:
    assert send_batch([], settings_for(1), settings_for(1).sender) == []


def test_connections_share_the_batch() -> None:
    with smtp_server() as (box, settings):
        outcomes, _ = send(mails(40), with_settings(settings, connections=4))
    assert states(outcomes) == [SENT] * 40
    assert len(box.sessions) == 4
    assert Counter(box.recipients) == Counter(mail.to_address for mail in mails(40))


def test_connection_is_renewed_after_its_number_of_messages() -> None:
    with smtp_server() as (box, settings):
        outcomes, _ = send(mails(7), with_settings(settings, messages_per_connection=3))
    assert states(outcomes) == [SENT] * 7
    assert len(box.sessions) == 3


def test_no_more_connections_than_mails() -> None:
    with smtp_server() as (box, settings):
        send(mails(2), with_settings(settings, connections=10))
    assert len(box.sessions) <= 2


def test_one_refused_recipient_fails_alone_with_the_servers_words() -> None:
    faults = Misbehaviour(
        refuse={"xa1@bentre.example": "550 5.1.1 <XA1@bentre.example>: no such user"}
    )
    with smtp_server(faults) as (box, settings):
        outcomes, heard = send(mails(), settings)
    assert states(outcomes) == [SENT, FAILED, SENT]
    assert outcomes[1].detail == "550 5.1.1 <recipient>: no such user"
    assert outcomes[1].retry_in_seconds is None
    assert heard == []
    assert len(box.sessions) == 1


@pytest.mark.parametrize(
    "faults",
    [
        Misbehaviour(refuse_all="550 5.2.2 Mailbox full"),
        Misbehaviour(after_content="550 5.2.2 Mailbox full"),
    ],
)
def test_all_refused_fail_each(faults: Misbehaviour) -> None:
    with smtp_server(faults) as (box, settings):
        outcomes, heard = send(mails(), settings)
    assert [(o.state, o.detail) for o in outcomes] == [(FAILED, "550 5.2.2 Mailbox full")] * 3
    assert box.contents == []
    assert heard == []


def test_greylisted_mail_is_queued_and_taken_at_the_next_attempt() -> None:
    with smtp_server(Misbehaviour(greylist=True)) as (box, settings):
        first, _ = send(mails(), settings)
        assert box.contents == []
        second, _ = send(mails(), settings)
    assert [(o.state, o.detail, o.retry_in_seconds) for o in first] == [
        (QUEUED, "451 4.7.1 Greylisted, please come back", RETRY_REFUSED)
    ] * 3
    assert states(second) == [SENT] * 3
    assert len(box.contents) == 3


def test_temporary_refusal_of_the_content_is_queued() -> None:
    with smtp_server(Misbehaviour(after_content="452 4.3.1 Disk full")) as (_, settings):
        outcomes, _ = send(mails(), settings)
    assert [(o.state, o.detail) for o in outcomes] == [(QUEUED, "452 4.3.1 Disk full")] * 3


def test_closing_server_keeps_mail_queued() -> None:
    with smtp_server(Misbehaviour(after_content="421 4.3.2 Shutting down")) as (box, settings):
        outcomes, _ = send(mails(2), settings)
    assert [(o.state, o.detail) for o in outcomes] == [(QUEUED, "421 4.3.2 Shutting down")] * 2
    assert len(box.sessions) == 2


def test_closing_server_at_the_first_command_is_not_asked_for_ever() -> None:
    with smtp_server(Misbehaviour(refuse_mail="421 4.3.2 Going down")) as (box, settings):
        outcomes, heard = send(mails(10), settings)
    assert states(outcomes) == [QUEUED] * 10
    assert outcomes[0].detail == "421 4.3.2 Going down"
    assert len(box.sessions) == 3
    assert [type(problem) for problem in heard] == [SmtpServerUnreachable]


def test_drop_after_the_content_is_uncertain_for_that_mail_alone() -> None:
    faults = Misbehaviour(drop_after_content=frozenset({"xa1@bentre.example"}))
    with smtp_server(faults) as (box, settings):
        outcomes, heard = send(mails(), settings)
    assert states(outcomes) == [SENT, UNCERTAIN, SENT]
    assert outcomes[1].detail.startswith("No answer after the mail was handed over")
    assert outcomes[1].retry_in_seconds is None
    # It was taken: sending it again would have given the reader two.
    assert len(box.contents) == 3
    assert heard == []


def test_drop_before_the_content_is_queued() -> None:
    with smtp_server(Misbehaviour(drop_at_rcpt=True)) as (box, settings):
        outcomes, _ = send(mails(2), settings)
    assert states(outcomes) == [QUEUED] * 2
    assert {o.retry_in_seconds for o in outcomes} == {RETRY_UNREACHABLE}
    assert box.contents == []


def test_server_that_breaks_off_each_time_is_given_up() -> None:
    with smtp_server(Misbehaviour(drop_at_rcpt=True)) as (box, settings):
        outcomes, heard = send(mails(50), settings)
    assert states(outcomes) == [QUEUED] * 50
    assert len(box.sessions) == 3
    [problem] = heard
    assert isinstance(problem, SmtpServerUnreachable)
    assert outcomes[-1].detail == str(problem)
    assert "broke 3 times in a row" in str(problem)


def test_server_that_hangs_after_the_content_is_uncertain_and_given_up() -> None:
    with smtp_server(Misbehaviour(hang_after_content=True)) as (box, settings):
        outcomes, heard = send(mails(5), with_settings(settings, timeout=0.3))
    assert states(outcomes) == [UNCERTAIN] * 3 + [QUEUED] * 2
    assert "Timed out" in outcomes[0].detail
    assert len(box.contents) == 3
    assert [type(problem) for problem in heard] == [SmtpServerUnreachable]


def test_connection_closed_between_mails_costs_no_mail_its_turn() -> None:
    with smtp_server(Misbehaviour(close_every=2)) as (box, settings):
        outcomes, heard = send(mails(7), settings)
    assert states(outcomes) == [SENT] * 7
    assert len(box.contents) == 7
    assert heard == []


def test_server_out_of_step_gets_no_content() -> None:
    with smtp_server(Misbehaviour(garbage_at_data=True)) as (box, settings):
        outcomes, _ = send(mails(1), settings)
    assert [(o.state, o.detail) for o in outcomes] == [(QUEUED, "250 What?")]
    assert box.contents == []


def test_server_that_closes_with_its_go_ahead_gets_nothing() -> None:
    with smtp_server(Misbehaviour(close_with_go_ahead=True)) as (box, settings):
        [outcome], _ = send(mails(1), settings)
    assert outcome.state in {QUEUED, UNCERTAIN}
    assert box.contents == []


def test_content_is_not_written_where_no_connection_is_left() -> None:
    # What the test before comes to when the end arrives in the same moment as the answer to DATA.
    with pytest.raises(aiosmtplib.SMTPServerDisconnected):
        _write_content(aiosmtplib.SMTP(), b"")


def test_server_that_allows_one_connection_gets_everything_over_it() -> None:
    with smtp_server(Misbehaviour(one_connection=True)) as (box, settings):
        outcomes, heard = send(mails(12), with_settings(settings, connections=4))
    assert states(outcomes) == [SENT] * 12
    assert box.connections == 4
    assert len(box.sessions) == 1
    assert heard == []


def test_batch_whose_time_is_over_leaves_the_rest_untried() -> None:
    with smtp_server() as (box, settings):
        outcomes = send_batch(mails(3), settings, settings.sender, within=0)

    assert [(one.state, one.was_tried) for one in outcomes] == [(QUEUED, False)] * 3
    assert box.contents == []


def test_server_that_is_not_there_leaves_all_queued() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        outcomes, heard = send(mails(), settings_for(taken.getsockname()[1], connections=3))
    assert states(outcomes) == [QUEUED] * 3
    assert {o.retry_in_seconds for o in outcomes} == {RETRY_UNREACHABLE}
    [problem] = heard
    assert isinstance(problem, SmtpServerUnreachable)
    assert "THIDUA_SMTP_HOST" in str(problem)
    assert {o.detail for o in outcomes} == {str(problem)}


def test_server_that_never_greets_leaves_all_queued() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = settings_for(silent.getsockname()[1], timeout=0.3)
        outcomes, heard = send(mails(), settings)
    assert states(outcomes) == [QUEUED] * 3
    assert [type(problem) for problem in heard] == [SmtpServerUnreachable]


def test_host_name_that_cannot_be_one_leaves_all_queued() -> None:
    outcomes, heard = send(mails(1), settings_for(25, host="a..b"))
    assert states(outcomes) == [QUEUED]
    assert [type(problem) for problem in heard] == [SmtpServerUnreachable]


def test_bad_address_fails_without_asking_the_server() -> None:
    batch = mails()
    batch[1] = outgoing(CONTENT, message_id=9, to_address="a@x.vn>\r\nRCPT TO:<b@x.vn")
    with smtp_server() as (box, settings):
        outcomes, _ = send(batch, settings)
    assert states(outcomes) == [SENT, FAILED, SENT]
    assert "line break" in outcomes[1].detail
    assert box.recipients == ["xa0@bentre.example", "xa2@bentre.example"]


def test_long_words_of_the_server_are_cut_and_made_one_line() -> None:
    with smtp_server(Misbehaviour(refuse_all="550 " + "x" * 900 + "\x1b[31m")) as (_, settings):
        [outcome], _ = send(mails(1), settings)
    assert len(outcome.detail) == 500
    assert outcome.detail.endswith("…")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("530 5.7.0 Must issue a STARTTLS command first", SmtpEncryptionMissing),
        ("538 5.7.11 Encryption required", SmtpEncryptionMissing),
        ("530 5.7.0 Authentication required", SmtpLoginRefused),
    ],
)
def test_wrong_settings_fail_no_mail(words: str, problem: type[NotificationError]) -> None:
    with smtp_server(Misbehaviour(refuse_mail=words)) as (box, settings):
        outcomes, heard = send(mails(20), with_settings(settings, connections=2))
    assert states(outcomes) == [QUEUED] * 20
    assert {o.retry_in_seconds for o in outcomes} == {RETRY_SETTINGS}
    assert [type(found) for found in heard] == [problem]
    assert words in outcomes[0].detail
    assert len(box.sessions) <= 2


def test_problem_is_logged_by_default(caplog: pytest.LogCaptureFixture) -> None:
    with smtp_server(Misbehaviour(refuse_mail="530 Authentication required")) as (_, settings):
        send_batch(mails(1), settings, settings.sender)
    [record] = caplog.records
    assert "refuses the login" in record.getMessage()
    assert "xa0" not in record.getMessage()


def test_mail_with_a_file_arrives_to_the_octet() -> None:
    mail = outgoing(CONTENT, enclosures=enclosures("Biểu mẫu đề cử.xlsx"))

    with smtp_server() as (box, settings):
        outcomes, _ = send([mail], settings)
    assert states(outcomes) == [SENT]
    assert box.contents == [compose(mail, settings.sender)]
