"""How many mails are begun together? As many as leave in a moment, within bounds."""

from __future__ import annotations

from notifications.sending.work import Pace


def test_first_mails_are_as_many_as_there_are_connections() -> None:
    assert Pace(4).step(0.0) == 4


def test_quick_server_is_given_more_at_a_time_up_to_a_limit() -> None:
    pace = Pace(4)

    assert [pace.step(now / 100) for now in range(4)] == [4, 40, 400, 500]


def test_slow_server_is_given_as_many_as_it_takes_in_a_moment() -> None:
    pace = Pace(4)
    pace.step(0.0)

    assert pace.step(0.02) == 20
    assert pace.step(0.22) == 10


def test_one_that_takes_seconds_is_given_no_fewer_than_there_are_connections() -> None:
    pace = Pace(4)
    pace.step(0.0)

    assert pace.step(30.0) == 4
