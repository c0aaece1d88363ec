"""Which address does a mail carry, and what does an address that comes back stand for?

A link names one decision of one person and is signed with the installation's secret (ADR 0017). It
is no right to decide: whoever opens it sees what is decided, and every act is checked anew.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer
from pydantic import ValidationError

from campaigns.rules.approval_errors import LinkExpired, LinkUnknown
from campaigns.rules.links import DECISION
from schemas.links import DecisionLink

_LONGEST: Final = 1_000
_FORM_STAYS: Final = timedelta(hours=2)
_SHA256: Final = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}


class SignedLinks:
    """The links of one installation."""

    def __init__(self, public_url: str, key: bytes) -> None:
        self._base = public_url.rstrip("/")
        self._links = URLSafeSerializer(key, salt="decision-page", signer_kwargs=_SHA256)
        self._forms = URLSafeSerializer(key, salt="decision-form", signer_kwargs=_SHA256)

    def decision(self, link: DecisionLink) -> str:
        """Return the address of a page of decision; empty where pages are not served."""
        return f"{self._base}{DECISION}{self.token(link)}" if self._base else ""

    def token(self, link: DecisionLink) -> str:
        """Return the signed part of an address."""
        seconds = int(link.expires_at.timestamp())
        text: str | bytes = self._links.dumps(
            [link.campaign, link.stage, link.round, link.step, link.person_id, seconds]
        )
        return text if isinstance(text, str) else text.decode()

    def read(self, token: str, now: datetime) -> DecisionLink:
        """Return what a link stands for.

        Raises:
            LinkUnknown: It was altered, cut off, or never given out here.
            LinkExpired: Its time is over.
        """
        values = _loaded(self._links, token)
        try:
            campaign, stage, round_, step, person_id, seconds = values
            link = DecisionLink(
                campaign=campaign,
                stage=stage,
                round=round_,
                step=step,
                person_id=person_id,
                expires_at=datetime.fromtimestamp(seconds, tz=now.tzinfo),
            )
        except (TypeError, ValueError, ValidationError) as problem:
            raise LinkUnknown from problem
        if now > link.expires_at:
            raise LinkExpired
        return link

    def form(self, token: str, nonce: str, now: datetime) -> str:
        """Return the token of a form that was just shown; `nonce` makes its command id."""
        values = [_digest(token), nonce, int((now + _FORM_STAYS).timestamp())]
        text: str | bytes = self._forms.dumps(values)
        return text if isinstance(text, str) else text.decode()

    def read_form(self, form: str, token: str, now: datetime) -> str:
        """Return the command id of a form that comes back.

        Raises:
            LinkUnknown: It was altered, or belongs to another link.
            LinkExpired: The page was open for too long.
        """
        values = _loaded(self._forms, form)
        try:
            link, nonce, seconds = values
        except (TypeError, ValueError) as problem:
            raise LinkUnknown from problem
        if link != _digest(token):
            raise LinkUnknown
        if now.timestamp() > seconds:
            raise LinkExpired
        return f"link:{nonce}"


def _loaded(serializer: URLSafeSerializer, text: str) -> Any:  # noqa: ANN401 - whatever was signed
    if len(text) > _LONGEST:
        raise LinkUnknown
    try:
        return serializer.loads(text)
    except BadData as problem:
        raise LinkUnknown from problem


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()[:32]
