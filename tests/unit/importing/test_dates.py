# ruff: noqa: DTZ001 - Excel's dates have no zone
from __future__ import annotations

from datetime import datetime

import pytest

from campaigns.rules.importing.dates import date_of_serial, read_date_text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("5/9/2022", datetime(2022, 9, 5)),
        ("05.09.2022", datetime(2022, 9, 5)),
        ("2022-09-05T08:05:30", datetime(2022, 9, 5, 8, 5, 30)),
        ("8 giờ 5 phút, 5/9/2022", datetime(2022, 9, 5, 8, 5)),
        ("17h ngày 15/9/2023", datetime(2023, 9, 15, 17)),
        ("15/9/2023 lúc 17:00", datetime(2023, 9, 15, 17)),
        ("09-2022", None),
        ("quý III", None),
    ],
)
def test_date_text_means_day_first(text: str, moment: datetime | None) -> None:
    assert read_date_text(text) == moment


def test_date_text_of_no_day_in_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        read_date_text("30/2/2022")


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        (1, datetime(1900, 1, 1)),
        (59, datetime(1900, 2, 28)),
        (61, datetime(1900, 3, 1)),
        (44835, datetime(2022, 10, 1)),
        (45184.708333333336, datetime(2023, 9, 15, 17)),
        (-1, None),
        (3_000_000, None),
    ],
)
def test_serial_is_the_day_excel_shows(serial: float, moment: datetime | None) -> None:
    assert date_of_serial(serial) == moment
