"""Every named error has the status it deserves over HTTP; none is answered as an error of ours."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import campaigns.rules
import campaigns.services
import campaigns.store
import language
import notifications
import portal
from language.errors import CampaignError
from portal.api.problems import STATUS_OF, TITLES

REACHABLE = (
    campaigns.rules,
    campaigns.services,
    campaigns.store,
    language,
    notifications,
    portal,
)
ELSEWHERE = "campaigns.rules.backup.errors"
"""Of `thidua backup` and `restore`, which no request asks for."""


def below(kind: type[CampaignError]) -> Iterator[type[CampaignError]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def reachable() -> list[str]:
    """Return the names of all errors that a service, or what it calls, may raise."""
    for package in REACHABLE:
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    folders = tuple(f"{package.__name__}." for package in REACHABLE)
    found = {
        kind.__name__
        for kind in below(CampaignError)
        if kind.__module__.startswith(folders) and kind.__module__ != ELSEWHERE
    }
    return sorted(found)


@pytest.mark.parametrize("name", reachable())
def test_error_has_a_status_chosen_for_it(name: str):
    assert name in STATUS_OF, "choose its status in portal/api/problems.py"


def test_no_status_is_for_an_error_that_is_not_there():
    assert set(STATUS_OF) - set(reachable()) == set()


def test_no_named_error_is_an_error_of_the_system():
    assert {status for status in STATUS_OF.values() if status >= 500} == {503, 507}


@pytest.mark.parametrize("status", sorted(set(STATUS_OF.values())))
def test_status_has_a_title(status: int):
    assert status in TITLES


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("DelegationNotFound", 404),
        ("DelegationNotAllowed", 409),
        ("LinkUnknown", 404),
        ("DecisionNotInForce", 409),
        ("HeldChanged", 409),
        ("TemplateBroken", 503),
    ],
)
def test_error_is_answered_with(name: str, status: int):
    assert STATUS_OF[name] == status
