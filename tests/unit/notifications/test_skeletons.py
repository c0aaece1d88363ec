"""Mails that are filled into a skeleton read as if each had been rendered alone."""

from __future__ import annotations

import pytest

from language import Language
from notifications.writing import skeletons
from notifications.writing.render import Renderer
from schemas.messages.outgoing import AnyPayload
from tests.unit.notifications.samples import SAMPLES

LANGUAGES: tuple[Language, ...] = ("vi", "en")
AWKWARD = ["100 % %s %(name)s %%", "<b>&amp;\"'", "{{ name }}{% if %}", "a\0b\x01", "Ấp Bắc", ""]


def varied(payload: AnyPayload, number: int) -> AnyPayload:
    """Return the payload with other texts, as those of other people and units are."""
    fields = type(payload).model_fields
    texts = [name for name, field in fields.items() if field.annotation is str]
    changed = {
        name: AWKWARD[(number + place) % len(AWKWARD)]
        for place, name in enumerate(texts)
        if name != "timezone"
    }
    return payload.model_copy(update=changed)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Renderer:
    """Return a renderer that renders every mail by its template."""
    renderer = Renderer()
    with monkeypatch.context() as patch:
        patch.setattr(skeletons, "_looked_at", lambda *_of: None)
        for sample in SAMPLES.values():
            for language in LANGUAGES:
                renderer.render(sample, language)
    return renderer


def test_mail_reads_the_same_however_many_were_rendered_before(alone: Renderer):
    shared = Renderer()
    for sample in SAMPLES.values():
        for number in (*range(len(AWKWARD)), 0):
            for language in LANGUAGES:
                payload = varied(sample, number)

                assert shared.render(payload, language) == alone.render(payload, language)
    assert any(part._known for parts in shared._compiled.values() for part in parts)
    assert not any(part._known for parts in alone._compiled.values() for part in parts)


@pytest.mark.parametrize(
    "name", ["nomination-received", "result-announced--recognised", "follow-up-due"]
)
def test_flags_of_a_mail_are_told_apart(alone: Renderer, name: str):
    shared, sample = Renderer(), SAMPLES[name]
    flags = [field for field, value in sample if isinstance(value, bool)]
    assert flags
    for flag in (True, False, True, True, False, False):
        payload = sample.model_copy(update=dict.fromkeys(flags, flag))

        assert shared.render(payload, "vi") == alone.render(payload, "vi")


def test_mails_with_what_no_two_have_in_common_do_not_fill_the_memory():
    shared, sample = Renderer(), SAMPLES["nomination-received"]
    for number in range(1_200):
        shared.render(sample.model_copy(update={"nomination_name": f"Mô hình {number}"}), "vi")

    kept = [len(part._known) for parts in shared._compiled.values() for part in parts]
    assert max(kept) <= 500
