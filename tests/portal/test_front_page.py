"""Who opens the bare address reads a page, in two languages, without any script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from tests.portal_client import People


class _Outline(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def outline(people: People) -> _Outline:
    found = _Outline()
    found.feed(people.http.get("/").text)
    return found


def test_bare_address_answers_people(people: People) -> None:
    answer = people.http.get("/")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Phê duyệt" in answer.text
    assert "Approve" in answer.text
    assert people.http.head("/").status_code == 200
    assert people.http.post("/").status_code == 405


def test_page_has_no_script_no_form_and_no_other_host(people: People, outline: _Outline) -> None:
    tags = {tag for tag, _ in outline.tags}
    assert not tags & {"script", "form", "input", "iframe", "img", "object"}
    assert not [name for _, given in outline.tags for name in given if name.startswith("on")]
    answer = people.http.get("/")
    assert not re.search(r"https?://", answer.text)
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_every_link_of_the_page_leads_somewhere(people: People, outline: _Outline) -> None:
    ids = {given.get("id") for _, given in outline.tags}
    for tag, given in outline.tags:
        target = given.get("href") if tag in {"a", "link"} else None
        if target and target.startswith("#"):
            assert target[1:] in ids
        elif target:
            assert people.http.get(target).status_code == 200


def test_each_language_is_marked_as_such(outline: _Outline) -> None:
    assert ("html", {"lang": "vi"}) in outline.tags
    assert ("section", {"id": "en", "lang": "en"}) in outline.tags


def test_page_says_nothing_of_any_campaign(people: People) -> None:
    assert "DVK" not in people.http.get("/").text
