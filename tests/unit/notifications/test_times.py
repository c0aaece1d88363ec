"""Is a point in time said in the right zone, and is the zone named?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from language import Language
from language.dates import said_instant
from language.errors import TimezoneUnknown

AT = datetime(2023, 9, 15, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "language", "said"),
    [
        (AT, "Asia/Ho_Chi_Minh", "vi", "17 giờ 00 ngày 15/9/2023 (giờ Việt Nam, UTC+7)"),
        (AT, "Asia/Ho_Chi_Minh", "en", "15 September 2023, 17:00 (Asia/Ho_Chi_Minh, UTC+07:00)"),
        (AT, "Asia/Saigon", "vi", "17 giờ 00 ngày 15/9/2023 (giờ Việt Nam, UTC+7)"),
        (AT, "Asia/Kolkata", "vi", "15 giờ 30 ngày 15/9/2023 (giờ Ấn Độ, UTC+5:30)"),
        (AT, "UTC", "vi", "10 giờ 00 ngày 15/9/2023 (UTC, UTC+0)"),
        (AT, "America/New_York", "en", "15 September 2023, 06:00 (America/New_York, UTC-04:00)"),
        (AT, "America/St_Johns", "en", "15 September 2023, 07:30 (America/St_Johns, UTC-02:30)"),
        (
            datetime(2024, 1, 4, 17, 0, tzinfo=UTC),
            "Asia/Ho_Chi_Minh",
            "vi",
            "00 giờ 00 ngày 05/01/2024 (giờ Việt Nam, UTC+7)",
        ),
        (
            datetime(2024, 3, 9, 22, 59, 59, tzinfo=UTC),
            "Asia/Ho_Chi_Minh",
            "vi",
            "05 giờ 59 phút 59 giây ngày 10/3/2024 (giờ Việt Nam, UTC+7)",
        ),
        (
            datetime(2024, 3, 9, 22, 59, 59, tzinfo=UTC),
            "Asia/Ho_Chi_Minh",
            "en",
            "10 March 2024, 05:59:59 (Asia/Ho_Chi_Minh, UTC+07:00)",
        ),
    ],
)
def test_instant_is_said_in_its_zone(
    at: datetime, zone: str, language: Language, said: str
) -> None:
    assert said_instant(at, zone, language) == said


def test_same_instant_is_said_the_same_whatever_zone_it_carries() -> None:
    there = AT.astimezone(timezone(timedelta(hours=-9)))
    assert said_instant(there, "Asia/Ho_Chi_Minh", "vi") == said_instant(
        AT, "Asia/Ho_Chi_Minh", "vi"
    )


def test_summer_time_is_that_of_the_instant() -> None:
    assert said_instant(AT, "Europe/Paris", "vi").endswith("(giờ Pháp, UTC+2)")
    winter = datetime(2023, 12, 1, 10, 0, tzinfo=UTC)
    assert said_instant(winter, "Europe/Paris", "vi").endswith("(giờ Pháp, UTC+1)")


@pytest.mark.parametrize("zone", ["Asia/Ben_Tre", "", "../../etc/passwd", "Asia"])
def test_zone_that_does_not_exist_is_named(zone: str) -> None:
    with pytest.raises(TimezoneUnknown, match="use an IANA name") as refused:
        said_instant(AT, zone, "vi")
    assert repr(zone) in str(refused.value)
