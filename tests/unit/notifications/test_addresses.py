"""Is only what is safe and well formed taken as an address?"""

from __future__ import annotations

import pytest

from notifications.errors import MailAddressInvalid
from notifications.sending.addresses import checked_address


@pytest.mark.parametrize(
    ("address", "on_the_wire"),
    [
        ("toai.lekhac@bentre.example", "toai.lekhac@bentre.example"),
        ("a+b_c'd=e@x-y.vn", "a+b_c'd=e@x-y.vn"),
        ("root@localhost", "root@localhost"),
        ("van@thư.vn", "van@xn--th-e0a.vn"),
        ("a" * 64 + "@x.vn", "a" * 64 + "@x.vn"),
    ],
)
def test_address_is_taken(address: str, on_the_wire: str) -> None:
    assert checked_address(address, "recipient") == on_the_wire


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("", "is missing"),
        ("a@x.vn\r\nBcc: b@x.vn", "line break"),
        ("a@x.vn\n", "line break"),
        ("a\x00@x.vn", "line break"),
        ("a\u202e@x.vn", "line break"),
        ("ax.vn", "has no @"),
        ("a b@x.vn", "before the @"),
        ("@x.vn", "before the @"),
        ("a@b@x.vn", "before the @"),
        ("a..b@x.vn", "before the @"),
        (".a@x.vn", "before the @"),
        ("văn@x.vn", "before the @"),
        ('"a"@x.vn', "before the @"),
        ("a<b>@x.vn", "before the @"),
        ("a" * 65 + "@x.vn", "before the @"),
        ("a@", "after the @"),
        ("a@x", "after the @"),
        ("a@x.vn> SIZE=1", "after the @"),
        ("a@x.vn ", "after the @"),
        ("a@-x.vn", "after the @"),
        ("a@x..vn", "after the @"),
        ("a@10.0.0.1", "after the @"),
        ("a@[10.0.0.1]", "after the @"),
        ("a@" + "b" * 64 + ".vn", "after the @"),
        ("a@ư" + "b" * 80 + ".vn", "after the @"),
        ("a@" + ".".join(["b" * 60] * 4) + ".bcdefghijk.vn", "longer than 254"),
    ],
)
def test_address_is_refused_with_the_reason_and_without_itself(address: str, problem: str) -> None:
    with pytest.raises(MailAddressInvalid, match=problem) as refused:
        checked_address(address, "recipient")
    assert not address or address.strip() not in str(refused.value)
    assert refused.value.whose == "recipient"
