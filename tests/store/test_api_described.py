"""Does the API describe itself in the language of who asks?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.portal_client import People


def described(people: People, **headers: str) -> dict[str, Any]:
    answer = people.http.get("/openapi.json", headers=headers)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def texts(document: object) -> Iterator[str]:
    if isinstance(document, dict):
        for key, value in document.items():
            if key == "description" and isinstance(value, str):
                yield value
            else:
                yield from texts(value)
    elif isinstance(document, list):
        for one in document:
            yield from texts(one)


def test_operation_is_described_in_vietnamese_to_whom_reads_it(people: People) -> None:
    found = described(people, **{"Accept-Language": "vi,en;q=0.5"})

    act = found["paths"]["/api/v1/campaigns/{code}/stages/{stage}/approve"]["post"]
    assert act["summary"] == "Phê duyệt kết quả của một giai đoạn"
    assert act["description"].startswith("Ký; `detail` là `approved`")


def test_who_names_no_language_is_answered_in_english(people: People) -> None:
    assert described(people) == described(people, **{"Accept-Language": "en"})


def test_languages_differ_in_words_alone(people: People) -> None:
    english, vietnamese = described(people), described(people, **{"Accept-Language": "vi"})

    assert english["paths"].keys() == vietnamese["paths"].keys()
    assert len(list(texts(english))) == len(list(texts(vietnamese)))
    assert english["components"]["schemas"].keys() == vietnamese["components"]["schemas"].keys()


def test_description_says_its_language(people: People) -> None:
    answer = people.http.get("/openapi.json", headers={"Accept-Language": "vi"})

    assert answer.headers["content-language"] == "vi"
    assert answer.headers["vary"] == "Accept-Language"
