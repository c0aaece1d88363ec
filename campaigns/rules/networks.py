"""Is this an address of the public network, whatever it is wrapped in?

Several forms of IPv6 carry an IPv4 address that a router or the machine takes out again: such
an address leads where the inner one leads. What is neither public nor of one machine is not either.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

_IPV4_BITS: Final = 0xFFFF_FFFF
_NAT64: Final = IPv6Network("64:ff9b::/96")
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
_SIX_TO_FOUR: Final = IPv6Network("2002::/16")
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})
"""The third quarter of an address that carries one in its last (RFC 5214, 6.1)."""
_NOT_PUBLIC: Final = (
    IPv6Network("::/96"),  # IPv4-compatible, given up (RFC 4291, 2.5.5.1)
    IPv6Network("::ffff:0:0:0/96"),  # IPv4-translated (RFC 2765)
    IPv6Network("64:ff9b:1::/48"),  # translation within one network (RFC 8215)
    IPv6Network("2001::/32"),  # Teredo
    IPv6Network("fec0::/10"),  # site-local, given up (RFC 3879)
)


def is_public(address: str) -> bool:
    """Say whether an address is one machine's of the public network; what is none is not."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return _is_public_4(found) if isinstance(found, IPv4Address) else _is_public_6(found)


def _is_public_4(address: IPv4Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_public_6(address: IPv6Address) -> bool:
    inner = _within(address)
    if inner is not None and not _is_public_4(inner):
        return False
    if any(address in network for network in _NOT_PUBLIC) or address.is_multicast:
        return False
    return address in _NAT64 or address in _MAPPED or address in _SIX_TO_FOUR or address.is_global


def _within(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address that an IPv6 one carries."""
    number = int(address)
    if address in _SIX_TO_FOUR:
        return IPv4Address((number >> 80) & _IPV4_BITS)
    if address in _NAT64 or address in _MAPPED or (number >> 32) & _IPV4_BITS in _ISATAP:
        return IPv4Address(number & _IPV4_BITS)
    return None
