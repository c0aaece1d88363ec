"""Of whom a refusal speaks: words of servers in use, and such as are made to mislead."""

from __future__ import annotations

import time

import pytest

from notifications.returned.refusals import spoken_of, status_in

DEAD = [
    ("5.1.1", "550 5.1.1 unknown user"),
    ("5.1.1", "550-5.1.1 The email account that you tried to reach does not exist."),
    ("5.1.1", "550 5.1.1 Recipient address rejected: User unknown in relay recipient table"),
    ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP lookup"),
    ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
    ("5.1.2", "550 5.1.2 bad destination system address"),
    ("5.4.4", "Host or domain name not found. Name service error for name=nowhere.example"),
    ("5.0.0", "550 No such user here"),
    ("", "Sorry, no mailbox here by that name. (#5.1.1)"),
    ("5.1.6", "551 5.1.6 recipient no longer available"),
]
OURS = [
    (
        "5.7.1",
        "554 5.7.1 Service unavailable; Client host [192.0.2.8] blocked using zen.spamhaus.org",
    ),
    ("5.5.2", "504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname"),
    ("", "550 Access denied - Invalid HELO name (See RFC2821 4.1.1.1)"),
    ("5.1.8", "550 5.1.8 Access denied, bad outbound sender"),
    ("5.7.1", "553 5.7.1 <thidua@x.example>: Sender address rejected: not owned by user thidua"),
    ("5.4.5", "550 5.4.5 Daily user sending limit exceeded"),
    ("4.7.0", "454 4.7.0 Throttling failure: Daily message quota exceeded."),
    ("5.1.90", "550 5.1.90 Your message can't be sent because you've reached your daily limit"),
    (
        "5.7.708",
        "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP",
    ),
    ("5.7.60", "550 5.7.60 SMTP; Client does not have permissions to send as this sender"),
    ("5.2.0", "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException"),
    ("5.7.26", "550-5.7.26 This mail is unauthenticated, which poses a security risk"),
    ("5.7.25", "550-5.7.25 The IP address sending this message does not have a PTR record"),
    ("5.7.23", "550 5.7.23 SPF validation failed"),
    ("5.7.1", "554 5.7.1 <x>: Relay access denied"),
    ("", "451 Authentication failed: Maximum credits exceeded"),
    ("4.5.3", "452 4.5.3 Too many recipients"),
    ("5.1.1", "550 5.1.1 Rejected: your IP is listed by dnsbl.example"),
    ("", "550 Hourly quota of the account reached: 100 per hour"),
]
POLICY = [
    ("5.7.1", "550-5.7.1 Our system has detected that this message is likely unsolicited mail."),
    ("5.7.1", "550 5.7.1 Not today"),
    ("5.7.1", "550 5.7.1 User unknown or not allowed"),
    ("", "554 Message rejected as spam"),
]
FULL = [
    ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota"),
    ("4.2.2", "452 4.2.2 Mailbox full"),
    ("", "552 Requested mail action aborted: exceeded storage allocation: mailbox is full"),
    ("5.2.2", "550 5.2.2 quota exceeded for mailbox limit"),
]
LARGE = [
    ("5.3.4", "552 5.3.4 Message size exceeds fixed maximum message size"),
    ("5.2.3", "550 5.2.3 message length exceeds administrative limit"),
    ("", "552 message too large"),
    ("5.6.1", "554 5.6.1 media not supported"),
]
UNCLEAR = [
    ("5.0.0", "smtp; 550 failed"),
    ("", ""),
    ("5.2.1", "550 5.2.1 not accepting messages"),
    ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable"),
]
ALL = [
    *((*one, "address") for one in DEAD),
    *((*one, "us") for one in OURS),
    *((*one, "policy") for one in POLICY),
    *((*one, "mailbox") for one in FULL),
    *((*one, "message") for one in LARGE),
    *((*one, "unclear") for one in UNCLEAR),
    ("5.4.7", "delivery time expired", "expired"),
]


@pytest.mark.parametrize(("status", "words", "about"), ALL)
def test_refusal_speaks_of(status: str, words: str, about: str) -> None:
    assert spoken_of(status, words) == about


@pytest.mark.parametrize(
    "address",
    ["sender.rejected@x.example", "user-unknown@x.example", "<spf@spamhaus.example>"],
)
def test_words_within_an_address_say_nothing(address: str) -> None:
    assert spoken_of("", f"550 {address}") == "unclear"


@pytest.mark.parametrize("word", ["account ", "sender ", "a b ", "is ", "<", "domain x"])
def test_long_words_are_looked_at_once(word: str) -> None:
    began = time.perf_counter()
    spoken_of("", word * 200_000)
    status_in("5.1." * 200_000)
    assert time.perf_counter() - began < 2


def test_number_within_a_number_is_none() -> None:
    assert status_in("from 192.5.1.1 at 10.5.7.1.2") == ""
    assert status_in("550-5.7.1 [192.0.2.8 12] no") == "5.7.1"
