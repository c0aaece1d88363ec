"""The server refuses us and not the recipient: the batch ends, and no message is lost to it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notifications.errors import SmtpRefusesUs, SmtpServerUnreachable
from notifications.sending.smtp_answers import RETRY_UNWELCOME
from schemas.vocabulary import MessageState
from tests.faults.notifications.smtp_server import Misbehaviour, smtp_server
from tests.faults.notifications.test_smtp import mails, send, states, with_settings

SENT, QUEUED, FAILED = MessageState.SENT, MessageState.QUEUED, MessageState.FAILED
BLOCKED = "554 5.7.1 Service unavailable; Client host [192.0.2.8] blocked using zen.spamhaus.org"
OF_US = [
    BLOCKED,
    "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname",
    "550 5.1.8 <thidua@bentre.example>: Sender address rejected: Domain not found",
    "550 5.4.5 Daily user sending limit exceeded",
    "452 4.5.3 Too many messages from you this hour",
    "454 4.7.0 Throttling failure: Daily message quota exceeded.",
]


def refusing(where: str, words: str) -> Misbehaviour:
    changes: dict[str, Any] = {where: words}
    return replace(Misbehaviour(), **changes)


@pytest.mark.parametrize("words", OF_US)
@pytest.mark.parametrize("where", ["refuse_mail", "refuse_all", "after_content"])
def test_batch_ends_and_all_stay_queued(where: str, words: str) -> None:
    with smtp_server(refusing(where, words)) as (box, settings):
        outcomes, heard = send(mails(20), settings)

    assert states(outcomes) == [QUEUED] * 20
    assert {one.hindrance for one in outcomes} == {"refused"}
    assert min(one.retry_in_seconds or 0 for one in outcomes) == RETRY_UNWELCOME
    assert [type(problem) for problem in heard] == [SmtpRefusesUs]
    assert words.partition(" ")[2] in str(heard[0])
    assert (len(box.sessions), len(box.recipients)) == (1, 0)


def test_sender_is_refused_whatever_the_words() -> None:
    with smtp_server(Misbehaviour(refuse_mail="550 5.0.0 Nein")) as (_, settings):
        outcomes, heard = send(mails(3), settings)

    assert states(outcomes) == [QUEUED] * 3
    assert [type(problem) for problem in heard] == [SmtpRefusesUs]


@pytest.mark.parametrize("where", ["refuse_all", "after_content"])
def test_refusals_without_a_word_why_mean_us_when_all_are_refused(where: str) -> None:
    with smtp_server(refusing(where, "550 5.7.1 Not today")) as (_, settings):
        outcomes, heard = send(mails(20), settings)

    assert states(outcomes) == [QUEUED] * 20
    assert [type(problem) for problem in heard] == [SmtpRefusesUs]


def test_one_policy_refusal_among_others_is_of_that_mail() -> None:
    faults = Misbehaviour(refuse={"xa1@bentre.example": "550 5.7.1 Not today"})
    with smtp_server(faults) as (_, settings):
        outcomes, heard = send(mails(4), settings)

    assert states(outcomes) == [SENT, FAILED, SENT, SENT]
    assert heard == []


def test_one_recipient_who_blames_us_does_not_stop_the_others() -> None:
    """A server may hand on the words of the recipient's own, which anybody may run."""
    faults = Misbehaviour(refuse={"xa0@bentre.example": BLOCKED})
    with smtp_server(faults) as (_, settings):
        outcomes, heard = send(mails(4), settings)

    assert states(outcomes) == [QUEUED, SENT, SENT, SENT]
    assert (outcomes[0].hindrance, outcomes[0].retry_in_seconds) == ("", RETRY_UNWELCOME)
    assert heard == []


def test_limit_reached_in_the_middle_keeps_the_rest() -> None:
    limit = {f"xa{n}@bentre.example": "550 5.4.5 Daily sending quota exceeded" for n in range(3, 9)}
    with smtp_server(Misbehaviour(refuse=limit)) as (box, settings):
        outcomes, heard = send(mails(9), settings)

    assert states(outcomes) == [SENT] * 3 + [QUEUED] * 6
    assert len(box.recipients) == 3
    assert [type(problem) for problem in heard] == [SmtpRefusesUs]


def test_refused_ones_wait_longer_than_those_not_tried() -> None:
    with smtp_server(Misbehaviour(refuse_all=BLOCKED)) as (_, settings):
        outcomes, _ = send(mails(5), settings)

    assert [one.retry_in_seconds for one in outcomes] == (
        [2 * RETRY_UNWELCOME] * 2 + [RETRY_UNWELCOME] * 3
    )


def test_unknown_recipients_in_a_row_are_each_their_own() -> None:
    with smtp_server(Misbehaviour(refuse_all="550 5.1.1 User unknown")) as (_, settings):
        outcomes, heard = send(mails(6), settings)

    assert states(outcomes) == [FAILED] * 6
    assert heard == []


def test_connections_side_by_side_come_to_the_same() -> None:
    with smtp_server(Misbehaviour(refuse_all=BLOCKED)) as (box, settings):
        outcomes, heard = send(mails(40), with_settings(settings, connections=4))

    assert states(outcomes) == [QUEUED] * 40
    assert {one.hindrance for one in outcomes} == {"refused"}
    assert len(heard) == 1
    assert len(box.sessions) <= 4


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("554 5.7.1 No SMTP service for you here", SmtpRefusesUs),
        ("421 4.7.0 Too many connections", SmtpServerUnreachable),
    ],
)
def test_server_that_turns_us_away_at_the_door(words: str, problem: type[Exception]) -> None:
    with smtp_server(Misbehaviour(greeting=words)) as (_, settings):
        outcomes, heard = send(mails(2), settings)

    assert states(outcomes) == [QUEUED] * 2
    assert [type(one) for one in heard] == [problem]


def test_server_is_greeted_by_the_senders_domain() -> None:
    with smtp_server() as (box, settings):
        send(mails(1), settings)

    assert box.sessions[0].host_name == "bentre.example"


def test_server_is_greeted_by_the_name_that_is_set() -> None:
    with smtp_server() as (box, settings):
        send(mails(1), with_settings(settings, local_name="mail.bentre.example"))

    assert box.sessions[0].host_name == "mail.bentre.example"
