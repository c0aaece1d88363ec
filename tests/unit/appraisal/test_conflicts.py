"""Who is too near to judge: the same unit, its line, the same person under another id."""

from __future__ import annotations

import pytest

from campaigns.rules.appraisal.conflicts import (
    WORDS,
    Judge,
    Judged,
    Nearness,
    is_named,
    nearness,
    normal_address,
    normal_addresses,
)

JUDGED = Judged(
    nominating_unit="district",
    subject_unit="commune",
    addresses={"contact@example.vn"},
    succession={"old-district", "new-commune"},
    parents={"province"},
)


@pytest.mark.parametrize(
    ("judge", "why"),
    [
        (Judge("district"), Nearness.NOMINATING_UNIT),
        (Judge("commune"), Nearness.SUBJECT_UNIT),
        (Judge("old-district"), Nearness.SUCCESSION),
        (Judge("new-commune"), Nearness.SUCCESSION),
        (Judge("board", "contact@example.vn"), Nearness.ADDRESS),
        (Judge("board", " Contact@Example.VN "), Nearness.ADDRESS),
        (Judge("board", "contact+hai@example.vn"), Nearness.ADDRESS),
        (Judge("board", "another@example.vn"), None),
        (Judge("board"), None),
        (Judge("province"), None),
        (Judge("hamlet", parent_id="commune"), None),
    ],
)
def test_judge_is_too_near_for_a_reason(judge: Judge, why: Nearness | None) -> None:
    assert nearness(judge, JUDGED) is why


@pytest.mark.parametrize(
    ("counted", "judge", "why"),
    [
        ({Nearness.PARENT}, Judge("province"), Nearness.PARENT),
        ({Nearness.PARENT}, Judge("hamlet", parent_id="commune"), None),
        ({Nearness.CHILD}, Judge("hamlet", parent_id="commune"), Nearness.CHILD),
        ({Nearness.CHILD}, Judge("province"), None),
        ({Nearness.CHILD}, Judge("board", parent_id=None), None),
    ],
)
def test_units_above_and_below_count_where_the_playbook_says_so(counted, judge, why) -> None:
    judged = Judged("district", "commune", parents={"province"}, counted=counted)

    assert nearness(judge, judged) is why


def test_people_without_an_address_are_not_the_same_person() -> None:
    without = Judged("district", "commune", addresses=normal_addresses(["", "nobody"]))

    assert nearness(Judge("board", ""), without) is None
    assert normal_address("") == normal_address("@") == normal_address("nobody") == ""


@pytest.mark.parametrize(
    ("name", "owner", "named"),
    [
        ("Đỗ Thị Thu", "Bà Đỗ Thị Thu và cộng sự", True),
        ("Đỗ Thị Thu", "ĐỖ THỊ THU, Nguyễn Văn An", True),
        ("Hoà Bình", "Anh Hòa Bình", True),
        ("Đỗ Thị Thu", "Bà Đỗ Thị Thu Hà", True),
        ("Đỗ Thị Thu", "Ông Lê Văn Khác", False),
        ("Đỗ Thị Thu", "Đỗ Văn Thị; Thu Thủy", False),
        ("Thu", "Bà Thu", False),
        ("Đỗ Thị Thu", "", False),
    ],
)
def test_name_of_an_owner_is_found_word_for_word(name: str, owner: str, named: bool) -> None:
    assert is_named(name, owner) is named


def test_every_reason_has_its_words() -> None:
    assert set(WORDS) == set(Nearness)
