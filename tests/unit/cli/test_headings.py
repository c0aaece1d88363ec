"""Has every kind of message a name?"""

from __future__ import annotations

from cli.terminal import headings
from schemas.messages.payload import Payload


def test_every_message_template_has_a_name() -> None:
    templates = {payload.template for payload in Payload.__subclasses__()}

    assert set(headings.TEMPLATES) == templates


def test_unknown_template_is_named_by_its_id() -> None:
    assert headings.template_name("nothing-such", "vi") == "nothing-such"
