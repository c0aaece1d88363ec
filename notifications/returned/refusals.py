"""Of whom does a server speak that refuses a mail: of the recipient, of the mail, or of us?

A refusal comes as an answer to a command, or later as a notice of undelivered mail; both carry a
number (RFC 3463) and words. The number goes first where it is exact; many servers send one that
says little, and then their words decide. Where neither is clear nothing is guessed: an address is
dead only where it is said plainly.
"""

from __future__ import annotations

import re
from typing import Final, Literal

About = Literal["address", "mailbox", "message", "us", "policy", "expired", "unclear"]
"""`address`: it reaches nobody; `mailbox`: it is full or too busy; `message`: this one is too large
or of a kind that is not taken; `us`: our server, sender or how much it sends; `policy`: not
allowed, and not said why; `expired`: tried for days and given up."""

_STATUS: Final = re.compile(r"(?<![\w.])[245]\.(\d{1,3})\.(\d{1,3})(?![\w.])")
_ADDRESS_WORD: Final = re.compile(r"\S*@\S*")
_BETWEEN_WORDS: Final = re.compile(r"[\s_-]+")
_LONGEST: Final = 2_000
"""Characters that are looked at: what a server means stands at the beginning of its words."""


def _phrases(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases))


_DEAD: Final = _phrases(
    r"\b(?:user|recipient|mailbox|account|address)s? (?:is |was |are )?"
    r"(?:unknown|not found|not known|disabled|inactive|deactivated)",
    r"\b(?:unknown|no such|nonexistent|non existent|inactive|unrouteable)"
    r" (?:local )?(?:user|recipient|mailbox|account|address|person|part)",
    r"\b(?:account|mailbox|address|user|recipient)\b[^.;:]{0,60}(?:does not|doesn't|do not) exist",
    r"recipient ?not ?found|recip ?not ?found|no mailbox here|user doesn't have",
    r"no longer (?:valid|available|with us|in use)",
)
_NO_DOMAIN: Final = _phrases(
    r"\b(?:domain|host)(?: or domain)?(?: name)? (?:is )?not found|nxdomain|null ?mx",
    r"\bdomain\b[^.;:]{0,40}(?:does not|doesn't) exist|no such (?:domain|host)",
)
_FULL: Final = _phrases(
    r"over ?quota|out of storage|insufficient (?:disk|mailbox)",
    r"(?:mailbox|inbox|account) (?:is )?full|quota (?:is |was |has been )?exceeded",
    r"exceeded (?:its |the |their )?(?:storage |mailbox )?quota",
    r"mailbox (?:size )?limit|receiving (?:mail|messages) (?:at a rate|too quickly)",
)
_SENDS_TOO_MUCH: Final = _phrases(
    r"\b(?:daily|hourly|monthly|sending|send|sender|outbound|submission)"
    r" (?:[a-z]+ ){0,3}(?:limit|quota)",
    r"\b(?:limit|quota) (?:[a-z]+ ){0,3}(?:per )?(?:day|hour|minute)\b",
    r"too many (?:messages|mails|emails|connections|recipients|sessions|concurrent)",
    r"\brate (?:limit|exceed)|throttl|\bcredits\b",
)
_AT_A_LIMIT: Final = _phrases(
    r"exceeded (?:[a-z]+ ){0,4}(?:limit|threshold)|\b(?:message|your) (?:[a-z]+ )?(?:limit|quota)",
    r"\b(?:limit|threshold) (?:[a-z]+ ){0,2}(?:reached|exceeded)",
)
"""Of us, unless it is the mailbox that is full."""
_US: Final = _phrases(
    r"\b(?:helo|ehlo)\b",
    r"spamhaus|spamcop|barracuda|\bsorbs\b|\brbl\b|dnsbl|block ?list|black ?list|deny ?list",
    r"blocked using|\bis (?:currently )?(?:listed|banned)|reputation|\bclient host\b",
    r"\byour (?:ip|host|server|network|domain|mail server)\b|\bip address\b|\bip \[?\d",
    r"reverse (?:dns|hostname)|\bptr\b|traffic not accepted",
    r"\bsender (?:is |was |address )?(?:rejected|denied|blocked|unknown|invalid|banned|refused)",
    r"\bsender (?:verif|domain|address|policy|thread)|\b(?:bad|outbound) sender|send ?as ?denied",
    r"domain of sender|\bfrom address|\bmail from\b|envelope from|return path|not owned by",
    r"not (?:allowed|permitted|authori[sz]ed|have permissions?) to send (?:as|from|mail|on behalf)",
    r"\bspf\b|\bdkim\b|\bdmarc\b|unauthenticated|\bclient (?:was |is )?not authenticated",
    r"\brelay(?:ing)? (?:access )?(?:is |was )?(?:denied|not|prohibited)|\bto relay\b|cannot relay",
)
_TOO_LARGE: Final = _phrases(
    r"\b(?:message|mail|email|content) (?:is |was )?(?:size )?(?:too (?:big|large|long)|exceeds)",
    r"\bsize (?:limit|exceeds)|maximum (?:message )?size|attachment",
)
_POLICY: Final = _phrases(
    r"unsolicited|\bspam\b|\bjunk\b|\babuse\b|suspicious|complaint|\bpolicy\b|\bvirus\b|malware",
    r"access denied|not allowed|not authori[sz]ed|\bblocked\b|\bbanned\b|rejected",
)

_NUMBERS_OF_US: Final = frozenset({(1, 7), (1, 8), (1, 90), (4, 5), (5, 3), (7, 8), (7, 9)})
_NUMBERS_OF_ADDRESS: Final = frozenset({(1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10)})
_POLICY_OF_US: Final = frozenset({*range(20, 30), 57, 60, 64, *range(500, 800)})
"""Details below X.7: what is wrong with our signatures and names (RFC 7372), and how Exchange
Online numbers what it holds against a sender."""
_NUMBERS_OF_MESSAGE: Final = frozenset({(2, 3), (3, 4)})
_MAILBOX_FULL: Final = (2, 2)
_TRIED_FOR_DAYS: Final = (4, 7)
_ROUTING, _CONTENT, _SECURITY = 4, 6, 7


def status_in(text: str) -> str:
    """Return the first number of a text as RFC 3463 writes it; empty where there is none."""
    found = _STATUS.search(text[:_LONGEST])
    return found[0] if found else ""


def spoken_of(status: str, words: str) -> About:
    """Return of whom or what a refusal speaks.

    Args:
        status: As in RFC 3463, such as `5.1.1`; empty where the server gave none.
        words: What it said. Addresses in it are passed over: they are chosen by others.
    """
    bare = _ADDRESS_WORD.sub(" ", words[:_LONGEST])
    said = _BETWEEN_WORDS.sub(" ", bare.casefold().replace("\u2019", "'"))
    found = _STATUS.search(status)
    about = _by_number(int(found[1]), int(found[2]), said) if found else None
    return about or _by_words(said)


def _by_number(subject: int, detail: int, said: str) -> About | None:
    """Return what a number says; None where the words have to."""
    number = subject, detail
    about: About | None = None
    if number in _NUMBERS_OF_US:
        about = "us"
    elif number in _NUMBERS_OF_ADDRESS:
        about = "us" if _is_about_us(said) and not _DEAD.search(said) else "address"
    elif subject == _SECURITY:
        about = "us" if detail in _POLICY_OF_US or _is_about_us(said) else "policy"
    elif number == _MAILBOX_FULL:
        about = "us" if _SENDS_TOO_MUCH.search(said) else "mailbox"
    elif subject == _ROUTING and _is_of_no_address(detail, said):
        about = "address"
    elif number in _NUMBERS_OF_MESSAGE or subject == _CONTENT:
        about = "message"
    elif number == _TRIED_FOR_DAYS:
        about = "expired"
    return about


def _is_of_no_address(detail: int, said: str) -> bool:
    # Exchange Online says 5.4.1 of an address it does not know.
    unknown = detail == 1 and "recipient address rejected" in said
    return unknown or _NO_DOMAIN.search(said) is not None


def _by_words(said: str) -> About:
    is_about_us, is_dead = _is_about_us(said), _DEAD.search(said) or _NO_DOMAIN.search(said)
    if is_about_us:
        return "policy" if is_dead else "us"
    if _FULL.search(said):
        return "mailbox"
    if is_dead:
        return "address"
    if _TOO_LARGE.search(said):
        return "message"
    return "policy" if _POLICY.search(said) else "unclear"


def _is_about_us(said: str) -> bool:
    is_at_a_limit = _AT_A_LIMIT.search(said) and not _FULL.search(said)
    return bool(is_at_a_limit or _SENDS_TOO_MUCH.search(said) or _US.search(said))
