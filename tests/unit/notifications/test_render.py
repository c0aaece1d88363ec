"""Does a payload become the right subject, text, HTML and calendar, whatever it holds?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language import Language
from language.errors import TimezoneUnknown
from notifications.errors import TemplateBroken, TemplateMissing
from notifications.writing.render import SUBJECT_LIMIT, Renderer
from schemas.messages.appraisal import ReviewAssigned
from schemas.messages.approvals import StageReturned
from schemas.messages.launch import CampaignLaunched
from schemas.messages.nomination import NominationChecked
from tests.unit.notifications.samples import CLOSES, COMMON, MODEL, SAMPLES, entry, received

LANGUAGES: tuple[Language, ...] = ("vi", "en")
RENDERER = Renderer()


class Reading(HTMLParser):
    """What a browser would see: tags, and the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.shown = ""
        self.feed(html)
        self.close()

    @property
    def links(self) -> list[str]:
        """Where links lead, in their order."""
        return [value or "" for name, value in self.attributes if name == "href"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_html_is_well_formed_and_loads_nothing(name: str, language: Language) -> None:
    page = Reading(RENDERER.render(SAMPLES[name], language).html)
    assert page.open == []
    assert not {"img", "script", "link", "iframe", "form"} & set(page.tags)
    assert not {"src", "background"} & {name for name, _ in page.attributes}
    assert ("lang", language) in page.attributes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_html_leads_to_the_reader_s_own_page_and_nowhere_else(
    name: str, language: Language
) -> None:
    page = Reading(RENDERER.render(SAMPLES[name], language).html)
    link = getattr(SAMPLES[name], "link", "")
    assert page.links == ([link] if link else [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_text_and_html_say_the_same_facts(name: str, language: Language) -> None:
    content = RENDERER.render(SAMPLES[name], language)
    page = Reading(content.html)
    shown = " ".join([*page.shown.split(), *page.links])
    body, _, _ = content.text.partition("\n-- \n")
    for line in body.splitlines():
        label, _, fact = line.lstrip("1234.- ").partition(": ")
        for part in (label.rstrip(":,"), fact):
            assert part in shown


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAMPLES)
def test_mail_is_tidy(name: str, language: Language) -> None:
    content = RENDERER.render(SAMPLES[name], language)
    assert content.subject.startswith("[DVK-2023] ")
    assert "\n\n\n" not in content.text
    assert [line for line in content.text.split("\n") if line != line.rstrip()] == ["-- "]
    assert content.text.endswith(".\n")
    for part in (content.subject, content.text, content.html):
        assert unicodedata.is_normalized("NFC", part)
        assert "{" not in part.partition("</style>")[2]
        assert "None" not in part


def test_state_and_stage_are_said_in_the_readers_language() -> None:
    checked = SAMPLES["nomination-checked--on-hold"]
    assert "Kết quả: Tạm hoãn xét\n" in RENDERER.render(checked, "vi").text
    assert "Result: On hold\n" in RENDERER.render(checked, "en").text
    approval = SAMPLES["approval-requested"]
    assert RENDERER.render(approval, "vi").subject.endswith("giai đoạn Thẩm định")
    assert RENDERER.render(approval, "en").subject.endswith("Appraisal stage")


def test_numbers_are_grouped_as_the_language_does() -> None:
    assert "1.048" in RENDERER.render(SAMPLES["review-assigned"], "vi").subject
    assert "1,048" in RENDERER.render(SAMPLES["review-assigned"], "en").subject


def test_one_nomination_is_not_said_in_the_plural() -> None:
    one = ReviewAssigned(**COMMON, count=1, closes_at=CLOSES)
    assert RENDERER.render(one, "en").subject == "[DVK-2023] Please appraise 1 nomination"


def test_launch_tells_a_unit_that_it_does_not_nominate() -> None:
    launched = SAMPLES["campaign-launched"]
    assert isinstance(launched, CampaignLaunched)
    informed = launched.model_copy(update={"nominates": False, "quota": None})
    text = RENDERER.render(informed, "vi").text
    assert "không trực tiếp gửi đề cử" in text
    assert "không quá" not in text


def test_time_zone_of_the_payload_is_used() -> None:
    paris = received(timezone="Europe/Paris")
    assert "04 giờ 05 phút 09 giây ngày 04/9/2023 (giờ Pháp, UTC+2)" in (
        RENDERER.render(paris, "vi").text
    )
    with pytest.raises(TimezoneUnknown):
        RENDERER.render(received(timezone="Bến Tre"), "vi")


@pytest.mark.parametrize(
    "name",
    [
        '<a href="https://x.example">Nhấn vào đây</a>',
        "{{ 7*7 }} {% raw %} {# x #}",
        "Mô hình & 'nháy' \"kép\"",
        "${{ 7*7 }} %(name)s {0}",
    ],
)
def test_name_is_shown_as_it_is_typed(name: str) -> None:
    content = RENDERER.render(received(nomination_name=name), "vi")
    assert f"Tên đề cử: {name}\n" in content.text
    page = Reading(content.html)
    assert name in page.shown
    assert "a" not in page.tags
    assert content.subject.endswith(name)


def test_line_breaks_and_controls_in_a_name_become_one_line() -> None:
    name = "Mô hình\r\nBcc: all@x.vn\n\nKết quả: được công nhận\x00\u202e\u2028cuối"
    content = RENDERER.render(received(nomination_name=name), "vi")
    harmless = "Mô hình Bcc: all@x.vn Kết quả: được công nhận cuối"
    assert content.subject.endswith(harmless)
    assert f"Tên đề cử: {harmless}\n" in content.text
    assert harmless in content.html


def test_line_breaks_in_the_campaign_code_cannot_leave_the_subject() -> None:
    content = RENDERER.render(received(campaign_code="A\r\nBcc: x@y.vn" + "z" * 500), "vi")
    assert content.subject.startswith("[A Bcc: x@y.vnzz")
    assert "…] " in content.subject
    assert content.subject.isprintable()


def test_reason_keeps_its_lines_but_none_begins_at_the_margin() -> None:
    returned = StageReturned(
        **COMMON, stage="nomination", reason="Một.\r\n\r\nTrân trọng./.\n\nAi đó"
    )
    content = RENDERER.render(returned, "vi")
    assert "    Một.\n    \n    Trân trọng./.\n    \n    Ai đó\n" in content.text
    assert content.text.count("\nTrân trọng./.") == 1
    assert '<p class="quote">Một.\n\nTrân trọng./.\n\nAi đó</p>' in content.html


def test_very_long_name_is_cut_in_the_subject_only() -> None:
    name = "Dài " * 2500 + "hết"
    content = RENDERER.render(received(nomination_name=name), "vi")
    assert len(content.subject) <= SUBJECT_LIMIT
    assert content.subject.endswith("…")
    assert name in content.text


def test_subject_has_its_limit_whatever_it_is_made_of() -> None:
    returned = StageReturned(**COMMON, stage="giai đoạn " * 50, reason="Lý do")
    assert len(RENDERER.render(returned, "vi").subject) == SUBJECT_LIMIT


def test_combining_mark_cannot_change_a_tag() -> None:
    # U+0338 after `>` would be composed to `≯`.
    content = RENDERER.render(received(nomination_name="\u0338tên"), "vi")
    assert "<dd>\u25cc\u0338tên</dd>" in content.html
    assert unicodedata.is_normalized("NFC", content.html)


def test_decomposed_text_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", MODEL)
    # As a row read back without validation would bring it.
    payload = received().model_copy(update={"nomination_name": decomposed})
    assert RENDERER.render(payload, "vi") == RENDERER.render(received(), "vi")


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_name_gives_one_subject_line_and_whole_html(name: str, language: Language) -> None:
    payload = received().model_copy(update={"nomination_name": name, "recipient_name": name})
    content = RENDERER.render(payload, language)
    assert len(content.subject.splitlines()) == 1
    assert Reading(content.html).tags == Reading(RENDERER.render(received(), language).html).tags
    assert content.text.count("\n") == RENDERER.render(received(), language).text.count("\n")


def test_problem_without_remedy_has_no_remedy_line() -> None:
    checked = SAMPLES["nomination-checked--ineligible"]
    assert isinstance(checked, NominationChecked)
    content = RENDERER.render(checked, "vi")
    assert content.text.count("Đề nghị: ") == 1
    assert content.html.count('class="remedy"') == 1


def test_calendar_is_made_only_where_there_is_an_entry() -> None:
    with_entry = received(calendar=entry())
    assert "tệp lịch (.ics)" in RENDERER.render(with_entry, "vi").text
    assert RENDERER.render(with_entry, "vi").ics is not None
    assert "(.ics)" not in RENDERER.render(received(), "vi").text
    assert RENDERER.render(received(), "vi").ics is None


def test_rendering_twice_gives_the_same() -> None:
    for payload in SAMPLES.values():
        assert Renderer().render(payload, "vi") == RENDERER.render(payload, "vi")


@pytest.fixture
def template(tmp_path: Path) -> Callable[[str], Renderer]:
    """Give a renderer whose only template has this text body."""

    def build(body: str) -> Renderer:
        folder = tmp_path / "nomination-received" / "vi"
        folder.mkdir(parents=True)
        (tmp_path / "_layout").mkdir()
        (tmp_path / "_layout" / "style.css").write_text("")
        (folder / "subject.txt").write_text("Đã nhận")
        (folder / "body.txt").write_text(body)
        (folder / "body.html").write_text("<p>{{ nomination_name }}</p>")
        return Renderer(tmp_path)

    return build


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{{ no_such_field }}", "no_such_field"),
        ("{% if %}", "Expected an expression"),
        ("{{ nomination_name.__class__.__mro__ }}", "unsafe"),
        ("{{ fields.append(1) }}", "fields"),
    ],
)
def test_template_that_asks_for_too_much_is_refused(
    template: Callable[[str], Renderer], body: str, problem: str
) -> None:
    with pytest.raises(TemplateBroken, match=problem):
        template(body).render(received(), "vi")


def test_template_that_is_missing_is_named(template: Callable[[str], Renderer]) -> None:
    renderer = template("x")
    with pytest.raises(TemplateMissing, match="'nomination-received' in language 'en'"):
        renderer.render(received(), "en")


def test_renderer_keeps_compiled_templates(template: Callable[[str], Renderer]) -> None:
    renderer = template("trước")
    first = renderer.render(received(), "vi")
    kept: Any = renderer._compiled["nomination-received", "vi"]
    assert renderer.render(received(), "vi") == first
    assert renderer._compiled["nomination-received", "vi"] is kept


def test_instants_have_no_fraction_in_any_mail() -> None:
    at = datetime(2023, 9, 4, 2, 5, 0, 999999, tzinfo=UTC)
    assert "09 giờ 05 ngày 04/9/2023" in RENDERER.render(received(received_at=at), "vi").text
