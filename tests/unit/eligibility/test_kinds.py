"""What every rule kind owes, and what happens where none is registered, or one too many."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from campaigns.rules import eligibility
from campaigns.rules.eligibility import KINDS, Kind, rules_of
from campaigns.rules.playbook import parts
from campaigns.rules.playbook.advice import advice
from campaigns.rules.playbook.faults import WORDS
from campaigns.rules.playbook.parts import part_faults
from campaigns.rules.playbook.tree import parse_tree
from schemas.playbook.judging import Rule, RuleKindUnfit, name_of, register, rule_kinds
from tests.unit.samples import RULES, playbook

ROOT = Path(__file__).parents[3]
NUMBERS = (int, Decimal, int | None, Decimal | None)
DAYS = (date, date | None)
every_kind = pytest.mark.parametrize("kind", KINDS, ids=name_of)


@every_kind
def test_file_is_named_as_its_kind(kind: type[Kind]) -> None:
    assert kind.__module__ == f"{eligibility.__name__}.{name_of(kind)}"


def test_every_file_of_a_kind_is_in_the_list() -> None:
    files = {path.stem for path in Path(eligibility.__file__).parent.glob("*.py")}
    assert files - {"__init__", "check", "errors", "finding"} == {name_of(kind) for kind in KINDS}


def test_playbooks_are_read_by_the_kinds_of_the_list() -> None:
    assert dict(rule_kinds()) == {name_of(kind): kind for kind in KINDS}


@every_kind
def test_every_number_of_a_kind_has_its_limits(kind: type[Kind]) -> None:
    """Without them a number out of reason would reach arithmetic."""
    own = set(kind.model_fields) - set(Rule.model_fields)
    numbers = {key for key in own if kind.model_fields[key].annotation in NUMBERS}
    assert set(kind.limits) == numbers


@every_kind
def test_every_day_of_a_kind_is_looked_at_for_its_year(kind: type[Kind]) -> None:
    own = set(kind.model_fields) - set(Rule.model_fields)
    days = {key for key in own if kind.model_fields[key].annotation in DAYS}
    assert days <= parts._DAYS


@every_kind
def test_boxes_that_a_kind_reads_are_parameters_of_its_own(kind: type[Kind]) -> None:
    own = set(kind.model_fields) - set(Rule.model_fields) - {"check"}
    assert set(kind.reads) <= own


def test_no_two_doubts_have_the_same_code() -> None:
    codes = Counter(code for kind in KINDS for code in kind.words)
    general = set(WORDS) - set(codes)
    assert set(codes.values()) == {1}
    assert len(general) + len(codes) == len(WORDS)


def test_rules_are_of_their_kinds() -> None:
    assert set(map(type, rules_of(playbook()))) == set(KINDS)


def test_kind_without_a_rule_is_asked_what_it_misses() -> None:
    found = {fault.code: fault.path for fault in advice(playbook(rules=[]), "en")}
    assert found["late_unchecked"] == ("rules",)
    assert found["quota_unchecked"] == ("quota",)


def test_doubt_of_a_rule_stands_at_the_rule() -> None:
    late, over_quota, *_, too_short = RULES[:5]
    book = playbook(rules=[late, {**too_short, "before": "2023-09-14"}, over_quota], quota={})
    found = {fault.code: fault.path for fault in advice(book, "en")}
    assert found["cut_off_differs"] == ("rules", 1, "before")
    assert found["quota_without_limit"] == found["rank_box_missing"] == ("rules", 2)


def test_day_that_a_rule_has_as_parameter_is_not_doubted_in_its_reason() -> None:
    *_, too_short = RULES[:5]
    for before, doubted in (("2021-03-05", False), ("2021-03-06", True)):
        rule = {**too_short, "before": before, "reason": "Chưa đủ đến ngày 5/3/2021"}
        codes = [fault.code for fault in advice(playbook(rules=[rule]), "en")]
        assert ("date_in_reason" in codes) is doubted


@pytest.mark.parametrize(
    ("rule", "places"),
    [
        ("check: running_since\n    before: 1900-01-01", ["rules.0.before"]),
        ("check: running_sinze\n    before: 1900-01-01", ["rules.0.before"]),
        ("check: answer_is\n    before: 1900-01-01", ["rules.0.before"]),
        ("check: running_since\n    before: 2023-09-15", []),
    ],
)
def test_year_out_of_reason_is_found_at_any_day_of_a_rule(rule: str, places: list[str]) -> None:
    tree, _ = parse_tree(f"rules:\n  - id: x\n    {rule}\n")
    assert tree is not None
    found = [".".join(map(str, fault.path)) for fault in part_faults(tree)]
    assert [place for place in found if place.startswith("rules")] == places


# --- Registering -------------------------------------------------------------------------------


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run Python that has imported nothing yet."""
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    "reading",
    ["Playbook.model_validate({})", "Playbook.model_validate_json('{}')", "Playbook(rules=[])"],
)
def test_playbook_without_kinds_is_not_read_and_the_error_names_the_cause(reading: str) -> None:
    told = run(f"from schemas.playbook.playbook import Playbook; {reading}").stderr
    assert told.splitlines()[-1] == (
        "schemas.playbook.judging.RuleKindsMissing: No rule kind is registered, so no playbook can "
        "be read: import campaigns.rules.eligibility first."
    )


def test_playbook_is_read_once_the_kinds_are_there_though_it_was_refused_before() -> None:
    told = run(
        "from schemas.playbook.playbook import Playbook\n"
        "from schemas.playbook.judging import RuleKindsMissing\n"
        "try:\n    Playbook.model_validate({})\n"
        "except RuleKindsMissing:\n    import campaigns.rules.eligibility\n"
        "Playbook.model_validate({'rules': [{'check': 'late'}]})"
    ).stderr
    assert "Input tag 'late' found using 'check'" in told


@pytest.mark.parametrize(
    "door",
    [
        "campaigns.rules.playbook.reading",
        "campaigns.rules.playbook.text",
        "campaigns.services.playbook.library",
        "campaigns.store.campaigns",
        "campaigns.bootstrap",
    ],
)
def test_whoever_reads_playbooks_has_the_kinds(door: str) -> None:
    told = run(f"import {door}; from schemas.playbook.judging import rule_kinds; rule_kinds()")
    assert told.returncode == 0, told.stderr


class Other(Rule):
    check: Literal["other"]


class Twin(Rule):
    check: Literal["other"]


class Nameless(Rule):
    item: str


class TwoNames(Rule):
    check: Literal["one", "two"]


@pytest.fixture
def unregistered(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[Rule]]:
    """Give the registry as it is before anything is imported."""
    kinds: dict[str, type[Rule]] = {}
    monkeypatch.setattr("schemas.playbook.judging._KINDS", kinds)
    return kinds


def test_kinds_are_registered_under_their_names(unregistered: dict[str, Any]) -> None:
    register([Other])
    assert unregistered == {"other": Other}


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([Other, Twin], "Other and Twin are both named 'other'."),
        ([Nameless], 'Nameless has no name; give it `check: Literal["its_name"]`.'),
        ([TwoNames], 'TwoNames has no name; give it `check: Literal["its_name"]`.'),
    ],
)
def test_kind_without_a_name_of_its_own_is_refused(
    unregistered: dict[str, Any], kinds: list[type[Rule]], told: str
) -> None:
    with pytest.raises(RuleKindUnfit) as refused:
        register(kinds)
    assert str(refused.value) == told
    assert unregistered == {}


def test_kind_that_comes_later_is_refused() -> None:
    with pytest.raises(RuleKindUnfit, match="name every kind in one tuple"):
        register([Other])
    assert "other" not in rule_kinds()


def test_kind_that_does_not_say_what_it_finds_cannot_be_used() -> None:
    class Silent(Kind):
        check: Literal["silent"]

    given = {"id": "x", "check": "silent", "source": "constructed", "reason": {"vi": "x"}}
    with pytest.raises(TypeError, match="abstract"):
        Silent.model_validate(given)
