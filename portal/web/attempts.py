"""How often may one address try? So many times a minute; counted in this process, in little memory.

Each address has a bucket of attempts that fills again by the clock. Only so many addresses are
remembered, the latest ones: who has not come for long begins with a full bucket again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final

PER_MINUTE: Final = 60
"""A whole office may come from one address; a person needs three attempts for one decision."""
_REMEMBERED: Final = 10_000
_LONGEST: Final = 64


class Attempts:
    """The attempts of all addresses at one door."""

    def __init__(
        self,
        per_minute: int = PER_MINUTE,
        remembered: int = _REMEMBERED,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._most, self._remembered, self._clock = per_minute, remembered, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, host: str) -> int:
        """Count an attempt; return 0 if it may go on, else the seconds until the next one may."""
        key = _bucket_of(host)
        with self._lock:
            now = self._clock()
            left, since = self._buckets.pop(key, (float(self._most), now))
            left = min(self._most, left + max(0.0, now - since) * self._most / 60)
            may = left >= 1
            self._buckets[key] = (left - 1 if may else left, now)
            if len(self._buckets) > self._remembered:
                self._buckets.popitem(last=False)
        return 0 if may else max(1, ceil((1 - left) * 60 / self._most))

    def __len__(self) -> int:
        """Return how many addresses are remembered."""
        return len(self._buckets)


def _bucket_of(host: str) -> str:
    """Name who is counted together: an address; of IPv6 the network a subscriber is given."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:_LONGEST]
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ip_network((int(address), 64), strict=False))
    return str(address)
