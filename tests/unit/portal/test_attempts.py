"""How often one address may try, by a clock that the test moves."""

from __future__ import annotations

import pytest

from portal.web.attempts import PER_MINUTE, Attempts


class Seconds:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def attempts(seconds: Seconds) -> Attempts:
    return Attempts(per_minute=6, remembered=100, clock=seconds)


def exhaust(attempts: Attempts, host: str, times: int = 6) -> None:
    assert [attempts.take(host) for _ in range(times)] == [0] * times


def test_as_many_as_allowed_pass_at_once(attempts: Attempts):
    exhaust(attempts, "203.0.113.7")


def test_one_more_waits_until_the_next_is_due(attempts: Attempts):
    exhaust(attempts, "203.0.113.7")
    assert attempts.take("203.0.113.7") == 10


def test_refused_attempt_does_not_lengthen_the_wait(attempts: Attempts, seconds: Seconds):
    exhaust(attempts, "203.0.113.7")
    for _ in range(50):
        attempts.take("203.0.113.7")
    seconds.now += 10
    assert attempts.take("203.0.113.7") == 0


def test_wait_is_a_whole_second_at_least(attempts: Attempts, seconds: Seconds):
    exhaust(attempts, "203.0.113.7")
    seconds.now += 9.999
    assert attempts.take("203.0.113.7") == 1


def test_minute_later_all_are_allowed_again_and_no_more(attempts: Attempts, seconds: Seconds):
    exhaust(attempts, "203.0.113.7")
    seconds.now += 3_600
    exhaust(attempts, "203.0.113.7")
    assert attempts.take("203.0.113.7") > 0


def test_other_address_has_its_own(attempts: Attempts):
    exhaust(attempts, "203.0.113.7")
    assert attempts.take("203.0.113.8") == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("203.0.113.7", "::ffff:203.0.113.7"),
        ("x" * 64, "x" * 10_000),
    ],
)
def test_addresses_of_one_subscriber_are_counted_together(attempts: Attempts, one: str, other: str):
    exhaust(attempts, one)
    assert attempts.take(other) > 0


def test_networks_beside_each_other_are_counted_apart(attempts: Attempts):
    exhaust(attempts, "2001:db8:1:2::1")
    assert attempts.take("2001:db8:1:3::1") == 0


@pytest.mark.parametrize("host", ["", "testclient", "Phường An Hội", "fe80::1%eth0", "\0"])
def test_what_is_no_address_is_counted_as_it_is_written(attempts: Attempts, host: str):
    exhaust(attempts, host)
    assert attempts.take(host) > 0


def test_clock_that_goes_back_gives_nothing_and_takes_nothing(attempts: Attempts, seconds: Seconds):
    exhaust(attempts, "203.0.113.7", 5)
    seconds.now -= 500
    assert [attempts.take("203.0.113.7") for _ in range(2)] == [0, 10]


def test_no_more_addresses_are_remembered_than_wanted(attempts: Attempts):
    for number in range(1_000):
        attempts.take(f"10.0.{number // 250}.{number % 250}")
    assert len(attempts) == 100


def test_address_that_keeps_coming_is_not_forgotten(attempts: Attempts):
    exhaust(attempts, "203.0.113.7")
    for number in range(1_000):
        attempts.take(f"10.0.{number // 250}.{number % 250}")
        assert attempts.take("203.0.113.7") > 0


def test_an_office_may_decide_together():
    assert PER_MINUTE >= 20 * 3
