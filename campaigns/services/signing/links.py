"""Which address or code does a mail carry, and what does one that comes back stand for?

A link names one decision of one person at one address, and is signed with the installation's secret
(ADR 0017, 0036). It is no right to decide: whoever opens it sees what is decided, and every act is
checked anew. A message that waits holds a slot only: the link is made when its mail leaves. So is a
one-time code: it is a keyed function of what was asked for, and is kept nowhere (ADR 0044).
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer
from pydantic import ValidationError

from campaigns.rules import keys
from campaigns.rules.approvals.errors import LinkExpired, LinkUnknown
from campaigns.rules.signing.links import DECISION, INTERFACE
from campaigns.rules.signing.one_time_codes import DIGITS
from campaigns.store.link_port import AnyBound
from language.harmless import CODE_SLOT
from schemas.links import IN_CODE, Bound, CodeAsked, DecisionLink

_LONGEST: Final = 1_000
SLOT: Final = "~"
"""With this begins what stands in a stored message where its mail will have a link."""
_IN_TEXT: Final = re.compile(re.escape(f"{DECISION}{SLOT}") + r"([A-Za-z0-9_.-]+)")
_CODE_IN_TEXT: Final = re.compile(re.escape(CODE_SLOT) + r"([A-Za-z0-9_.-]+)")
_FORM_STAYS: Final = timedelta(hours=2)
_SHA256: Final = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class SignedLinks:
    """The links of one installation."""

    def __init__(self, public_url: str, key: bytes, *older: bytes) -> None:
        """Sign with `key`; what was signed with an older one is still read."""
        self._base = public_url.rstrip("/")
        self._key = key
        keys = [*older, key]
        self._links = URLSafeSerializer(keys, salt="decision-page-2", signer_kwargs=_SHA256)
        self._slots = URLSafeSerializer(keys, salt="decision-slot", signer_kwargs=_SHA256)
        self._codes = URLSafeSerializer(keys, salt="code-slot", signer_kwargs=_SHA256)
        self._forms = URLSafeSerializer(keys, salt="decision-form", signer_kwargs=_SHA256)
        self._older = older

    def interface(self) -> str:
        """Return the address where the programming interface is described; empty without pages."""
        return f"{self._base}{INTERFACE}" if self._base else ""

    def decision(self, link: DecisionLink) -> str:
        """Return the address of a page, with a slot that opens nothing; empty without pages."""
        return f"{self._base}{DECISION}{SLOT}{_dumped(self._slots, link)}" if self._base else ""

    def fill(self, text: str, address: str, since: Callable[[str], datetime | None]) -> str:
        """Make the living links and codes of a mail that leaves now, for the address it leaves to.

        `since` says from when on a person's links hold. A code goes to no other address than the
        one it was asked for.
        """
        if CODE_SLOT in text:
            text = self._with_codes(text, address, since)
        if f"{DECISION}{SLOT}" not in text:
            return text

        def made(slot: re.Match[str]) -> str:
            try:
                link = _link(_loaded(self._slots, slot[1]))
            except LinkUnknown:
                return slot[0]  # not one of ours: somebody wrote what looks like one
            return DECISION + self.token(self.bound(link, address, since(link.person_id)))

        return _IN_TEXT.sub(made, text)

    def bound(self, link: AnyBound, address: str, since: datetime | None) -> AnyBound:
        """Bind a link or a code to an address, and to the links of its person that hold now."""
        mark = _mark(self._key, address)
        return link.model_copy(update={"mark": mark, "since": _milliseconds(since)})

    def is_bound(self, link: Bound, address: str, since: datetime | None) -> bool:
        """Say whether a link or a code went to this address and holds."""
        is_there = self._is_made(link.mark, lambda key: _mark(key, address))
        return is_there and link.since == _milliseconds(since)

    def code(self, asked: CodeAsked) -> str:
        """Return what stands for a one-time code until its mail leaves."""
        return CODE_SLOT + _signed(self._codes, asked.model_dump(mode="json"))

    def is_code(self, asked: CodeAsked, digits: str) -> bool:
        """Say whether these are the digits of a one-time code, in a time that tells nothing."""
        return self._is_made(digits, lambda key: _digits(key, asked))

    def _is_made(self, given: str, made: Callable[[bytes], str]) -> bool:
        """Say whether one of the keys makes what was given, in a time that tells nothing."""
        keys, said = (self._key, *self._older), given.encode()
        found = [hmac.compare_digest(made(key).encode(), said) for key in keys]
        return any(found)

    def _with_codes(self, text: str, address: str, since: Callable[[str], datetime | None]) -> str:
        def made(slot: re.Match[str]) -> str:
            try:
                asked = CodeAsked.model_validate(_loaded(self._codes, slot[1]))
            except (LinkUnknown, ValidationError):
                return slot[0]
            if not self.is_bound(asked, address, since(asked.person_id)):
                return slot[0]
            digits = _digits(self._key, asked)
            return digits[: DIGITS // 2] + IN_CODE + digits[DIGITS // 2 :]

        return _CODE_IN_TEXT.sub(made, text)

    def token(self, link: DecisionLink) -> str:
        """Return the signed part of an address."""
        return _dumped(self._links, link)

    def read(self, token: str, now: datetime) -> DecisionLink:
        """Return what a link stands for.

        Raises:
            LinkUnknown: It was altered, cut off, or never given out here.
            LinkExpired: Its time is over.
        """
        link = _link(_loaded(self._links, token))
        if now > link.expires_at:
            raise LinkExpired
        return link

    def mark(self, said: str) -> str:
        """Return what stands for a text: who has no key cannot try it out."""
        return _of_text(self._key, said)

    def is_mark(self, said: str, mark: str) -> bool:
        """Say whether a mark stands for this text, in a time that tells nothing."""
        return self._is_made(mark, lambda key: _of_text(key, said))

    def form(self, token: str, nonce: str, now: datetime, seen: str = "") -> str:
        """Return the token of a form that was just shown; `nonce` makes its command id.

        `seen` is the mark of what was shown with it.
        """
        values = [_digest(token), nonce, int((now + _FORM_STAYS).timestamp()), seen]
        return _signed(self._forms, values)

    def read_form(self, form: str, token: str, now: datetime) -> tuple[str, str]:
        """Return the command id of a form that comes back, and the mark of what it showed.

        Raises:
            LinkUnknown: It was altered, or belongs to another link.
            LinkExpired: The page was open for too long.
        """
        values = _loaded(self._forms, form)
        try:
            link, nonce, seconds, seen = values
        except (TypeError, ValueError) as problem:
            raise LinkUnknown from problem
        if link != _digest(token):
            raise LinkUnknown
        if now.timestamp() > seconds:
            raise LinkExpired
        return keys.command_id("link", nonce), seen


def _dumped(serializer: URLSafeSerializer, link: DecisionLink) -> str:
    seconds = int(link.expires_at.timestamp())
    values = [
        link.campaign,
        link.stage,
        link.round,
        link.step,
        link.person_id,
        seconds,
        link.mark,
        link.since,
    ]
    return _signed(serializer, values)


def _signed(serializer: URLSafeSerializer, values: object) -> str:
    text: str | bytes = serializer.dumps(values)
    return text if isinstance(text, str) else text.decode()


def _link(values: Any) -> DecisionLink:  # noqa: ANN401 - whatever was signed
    try:
        campaign, stage, round_, step, person_id, seconds, mark, since = values
        return DecisionLink(
            campaign=campaign,
            stage=stage,
            round=round_,
            step=step,
            person_id=person_id,
            expires_at=datetime.fromtimestamp(seconds, tz=UTC),
            mark=mark,
            since=since,
        )
    except (TypeError, ValueError, ValidationError) as problem:
        raise LinkUnknown from problem


def _mark(key: bytes, address: str) -> str:
    """Return what stands for an address: who has no key cannot try addresses out."""
    return _keyed(key, f"address:{address.strip().casefold()}")


def _of_text(key: bytes, said: str) -> str:
    return _keyed(key, f"seen:{said}")


def _keyed(key: bytes, said: str) -> str:
    return hmac.digest(key, said.encode(), hashlib.sha256).hex()[:24]


def _digits(key: bytes, asked: CodeAsked) -> str:
    """Return the code: who has no key cannot try its hundred million values out."""
    said = f"one-time-code:{asked.model_dump_json()}".encode()
    number = int.from_bytes(hmac.digest(key, said, hashlib.sha256))
    return f"{number % 10**DIGITS:0{DIGITS}}"


def _milliseconds(since: datetime | None) -> int:
    return round(since.timestamp() * 1_000) if since is not None else 0


def _loaded(serializer: URLSafeSerializer, text: str) -> Any:  # noqa: ANN401 - whatever was signed
    if len(text) > _LONGEST:
        raise LinkUnknown
    try:
        return serializer.loads(text)
    except BadData as problem:
        raise LinkUnknown from problem


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]
