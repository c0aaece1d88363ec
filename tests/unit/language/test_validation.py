"""Is what Pydantic finds said in the reader's language?"""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from language.validation import reworded, say


class Box(BaseModel):
    model_config = ConfigDict(extra="forbid")

    number: int = Field(ge=1, le=9)
    day: date


def found(**given: object) -> dict[str, object]:
    with pytest.raises(ValidationError) as refused:
        Box.model_validate(given)
    return dict(refused.value.errors()[0])


@pytest.mark.parametrize(
    ("given", "vietnamese"),
    [
        ({"number": 0, "day": "2023-09-20"}, "Ít nhất là 1."),
        ({"number": 10, "day": "2023-09-20"}, "Nhiều nhất là 9."),
        ({"number": "one", "day": "2023-09-20"}, "Cần là số nguyên."),
        ({"number": 1, "day": "20/9"}, "Cần là ngày dạng 2023-09-20."),
        ({"day": "2023-09-20"}, "Thiếu mục này."),
    ],
)
def test_finding_is_said_in_vietnamese(given: dict[str, object], vietnamese: str):
    assert say(found(**given), "vi") == vietnamese


def test_finding_in_english_keeps_the_words_of_pydantic():
    one = found(number=0, day="2023-09-20")

    assert say(one, "en") == one["msg"] == "Input should be greater than or equal to 1"


def test_finding_of_an_unknown_type_keeps_the_words_it_has():
    assert say({"type": "of_tomorrow", "msg": "Not today"}, "vi") == "Not today"


@pytest.mark.parametrize("number", [0, "one", 10])
def test_words_alone_are_said_as_their_finding(number: object):
    one = found(number=number, day="2023-09-20")

    assert reworded(str(one["msg"]), "vi") == say(one, "vi")
