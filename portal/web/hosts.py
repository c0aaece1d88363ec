"""Under which names do people reach this installation? A request for another host is none of ours.

Whoever can choose the `Host` of a request could else have pages, redirects or a cache speak of an
address of their own. The names are that of `THIDUA_PUBLIC_URL`, those of `THIDUA_TRUSTED_HOSTS` and
this machine's own; while no public address is set, nothing leads anywhere and every name is taken.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from campaigns.settings import Settings

_OWN: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Hosts:
    """The names of one installation."""

    def __init__(self, settings: Settings) -> None:
        named = {one.strip().lower() for one in settings.trusted_hosts.split(",") if one.strip()}
        public = urlsplit(settings.public_url).hostname if settings.public_url else None
        self._known = _OWN | named | ({public} if public else set()) if public else None

    def is_known(self, given: bytes) -> bool:
        """Say whether the `Host` of a request is one of ours."""
        if self._known is None:
            return True
        try:
            name = urlsplit(f"//{given.decode('ascii')}").hostname
        except ValueError:
            return False
        return name is not None and name.rstrip(".").lower() in self._known
