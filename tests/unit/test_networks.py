"""Which addresses are one machine's of the public network, whatever they are wrapped in?"""

from __future__ import annotations

import pytest

from campaigns.rules.networks import is_public

INSIDE = ("10.1.2.3", "127.0.0.1", "169.254.169.254", "192.168.0.1", "172.16.9.9", "100.64.0.1")
ALONE = (
    *INSIDE,
    "0.0.0.1",
    "0.1.2.3",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2001::1",
    "2001:db8::1",
    "64:ff9b:1::1",
    "64:ff9b:1:808:808::",
    "::ffff:0:8.8.8.8",
    "::8.8.8.8",
    "no address",
    "",
)
PUBLIC = (
    "8.8.8.8",
    "203.119.8.106",
    "2001:dc8::1",
    "64:ff9b::8.8.8.8",
    "::ffff:8.8.8.8",
    "2002:808:808::1",
)


def wrapped(inner: str) -> list[str]:
    """Return the forms of IPv6 that carry an IPv4 address."""
    first, second, third, fourth = map(int, inner.split("."))
    high, low = f"{first:02x}{second:02x}", f"{third:02x}{fourth:02x}"
    return [
        f"::ffff:{inner}",
        f"::{inner}",
        f"64:ff9b::{inner}",
        f"64:ff9b:1::{inner}",
        f"2002:{high}:{low}::1",
        f"2001:dc8::5efe:{inner}",
        f"2001:dc8::200:5efe:{inner}",
        f"::ffff:0:{inner}",
    ]


@pytest.mark.parametrize("address", ALONE)
def test_address_that_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [form for inner in INSIDE for form in wrapped(inner)])
def test_wrapped_address_leads_where_the_inner_one_does(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_that_is_public(address: str) -> None:
    assert is_public(address)
