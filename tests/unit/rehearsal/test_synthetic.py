"""Invented nominations say that they are samples, and break the rule they are meant to break."""

from __future__ import annotations

import pytest

from campaigns.rules.eligibility import check
from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from campaigns.rules.rehearsal import synthetic
from campaigns.rules.rehearsal.synthetic import Sample
from campaigns.services.playbook.library import load_playbook
from schemas.imports import NominationRow
from schemas.playbook.form import ItemType
from schemas.playbook.playbook import Playbook

UNITS = [("ba-tri", "district"), ("binh-dai", "district")]
PLAYBOOKS = [load_playbook(name) for name in ("dan-van-kheo", "dong-khoi-moi")]


def invented(playbook: Playbook, size: int = 30, seed: int = 1) -> list[Sample]:
    return list(synthetic.nominations(playbook, UNITS, size, seed))


def found(row: NominationRow, playbook: Playbook) -> list[str]:
    closes = playbook.instant(playbook.calendar.nomination.closes)
    facts = NominationFacts(
        code=row.code,
        name=row.name,
        unit_id=row.unit_id,
        nominated_by_id=row.nominated_by_id,
        nominating_kind="district",
        rank=row.rank,
        submitted_at=playbook.instant(playbook.calendar.nomination.opens),
        answers=row.answers,
    )
    return [one.rule_id for one in check(facts, playbook, CheckContext(closes_at=closes))]


@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda one: one.playbook)
def test_each_rule_is_broken_once_and_nothing_else(playbook: Playbook) -> None:
    for sample in invented(playbook):
        assert found(sample.row, playbook) == ([sample.breaks.id] if sample.breaks else [])
    broken = [one.breaks.id for one in invented(playbook) if one.breaks]
    assert broken == [rule.id for rule in synthetic.breakable(playbook)]


def test_nomination_that_comes_back_is_mended() -> None:
    playbook = PLAYBOOKS[0]
    (sample,) = [one for one in invented(playbook) if one.is_mended]

    assert found(synthetic.mended(sample, playbook, 1), playbook) == []


def test_names_say_that_they_are_samples() -> None:
    rows = [one.row for one in invented(PLAYBOOKS[0])]

    assert all("mẫu" in row.name and "mẫu" in row.owner and "-MAU-" in row.code for row in rows)


def test_same_seed_invents_the_same() -> None:
    assert invented(PLAYBOOKS[0], seed=7) == invented(PLAYBOOKS[0], seed=7)
    assert invented(PLAYBOOKS[0], seed=7) != invented(PLAYBOOKS[0], seed=8)


def test_every_box_is_filled_that_the_form_demands() -> None:
    for playbook in PLAYBOOKS:
        demanded = {
            item.id
            for item in playbook.form.items
            if item.required and item.role is None and item.type is not ItemType.IGNORED
        }
        good = next(one.row for one in invented(playbook) if one.breaks is None)
        assert all(good.answers[box] is not None for box in demanded)
