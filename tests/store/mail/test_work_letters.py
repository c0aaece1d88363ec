"""What letters that ask for work say: which dossiers, by which rubric, which models, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from campaigns.services.appraisal import panel
from campaigns.services.mail import delivery
from campaigns.services.replication import pledges
from schemas.commands.mail import ReleaseMessages
from schemas.vocabulary import Stage, Vote
from tests.letters import announced, letters, written
from tests.world import COMMUNE, World, votes


def launch_letters(world: World) -> dict[str, str]:
    return letters(announced(world), "campaign-launched")


def before_the_panel(world: World) -> World:
    world.receive_nominations()
    world.nominate("A", unit_id=COMMUNE)
    world.nominate("B", rank=2)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    return world


# --- Launch --------------------------------------------------------------------------------------


def test_launch_letter_says_where_nominations_go(world: World) -> None:
    assert (
        "Nơi nhận đề cử: Ban Dân vận Tỉnh ủy (board@example.org)"
        in (launch_letters(written(world))["ba-tri"])
    )


def test_launch_letter_names_the_interface_where_pages_are_served(world: World) -> None:
    text = launch_letters(written(world, pages="https://thi-dua.example.vn/"))["ba-tri"]

    assert "tại https://thi-dua.example.vn/docs;" in text


def test_launch_letter_names_no_address_where_no_pages_are_served(world: World) -> None:
    assert "http" not in launch_letters(written(world))["ba-tri"]


def test_unit_without_places_is_told_that_it_sends_nothing_itself(world: World) -> None:
    assert "không trực tiếp gửi đề cử" in launch_letters(written(world))[COMMUNE]


def test_unit_nominates_where_nobody_has_a_quota(world_with: Callable[..., World]) -> None:
    world = written(world_with())
    quota = world.playbook.quota.model_copy(
        update={"per_unit_kind": {}, "other": None, "not_nominating": ()}
    )
    free = replace(world, playbook=world.playbook.model_copy(update={"quota": quota}))

    assert "Nơi nhận đề cử" in launch_letters(free)["ba-tri"]


# --- Reviews -------------------------------------------------------------------------------------


def test_reviewers_are_told_their_dossiers(world: World) -> None:
    world = written(before_the_panel(world))
    world.act(panel.open_panel)

    text = letters(world, "review-assigned")["thu"]
    assert "- A: Mô hình A (Huyện Ba Tri)\n- B: Mô hình B (Huyện Ba Tri)\n" in text


def test_reviewers_are_told_the_rubric(world: World) -> None:
    world = written(before_the_panel(world))
    world.act(panel.open_panel)

    rubric = world.playbook.rubric
    assert rubric is not None
    first = rubric.criteria[0]
    text = letters(world, "review-assigned")["thu"]
    assert f"- {first.code}. {first.name.vi}: tối đa {first.maximum} điểm" in text


def test_reviewers_are_asked_once_however_often_the_stage_runs(world: World) -> None:
    world = written(before_the_panel(world))
    world.act(panel.open_panel)

    assert world.act(panel.open_panel).changed == 0


def test_reviewer_is_not_told_of_what_is_too_near(world: World) -> None:
    world = written(before_the_panel(world))
    world.act(panel.open_panel)

    assert "tam" not in letters(world, "review-assigned")


# --- Pledges -------------------------------------------------------------------------------------


@pytest.fixture
def decided(world: World) -> World:
    """A is recognised and B is not, and that was told."""
    world = written(world)
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")
    world.vote(*votes("A"), *votes("B", Vote.NO))
    world.decide()
    command = ReleaseMessages(command_id="release", person_id="mai", early=True)
    world.act(delivery.release, command)
    world.open(Stage.REPLICATION)
    world.act(pledges.request_pledges)
    return world


def test_pledge_letter_names_what_was_recognised_by_place(decided: World) -> None:
    text = letters(decided, "pledge-requested")[COMMUNE]

    assert "Huyện Ba Tri (1 mô hình, điển hình):\n- Mô hình A (A)\n" in text


def test_pledge_letter_does_not_name_what_was_not_recognised(decided: World) -> None:
    assert "Mô hình B" not in letters(decided, "pledge-requested")[COMMUNE]


def test_units_are_asked_once_however_often_the_stage_runs(decided: World) -> None:
    assert decided.act(pledges.request_pledges).changed == 0
