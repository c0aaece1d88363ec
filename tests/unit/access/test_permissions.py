"""What does the table of rights answer, and what does a refusal say? Asked without a database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campaigns.acts import ACTS
from campaigns.rules.access import permissions as may
from campaigns.rules.access.errors import (
    PersonNotAppointed,
    ScopeMissing,
    ThingNotFound,
    UnitNotYours,
)
from campaigns.rules.access.permissions import SIGHTS, Sight
from campaigns.rules.access.predicates import About
from campaigns.rules.access.rights import Permission
from language.errors import Refusal
from schemas.actors import Actor, by_token
from schemas.commands.command import Command
from schemas.vocabulary import Role, Stage
from tests.unit.access.rights_page import OWN, Known, with_role

BINH = with_role(Role.NOMINATOR)
EVERY = [*(act.may for act in ACTS.values()), *SIGHTS.values()]


def every_command(of: type[Command] = Command) -> set[type[Command]]:
    return {one for each in of.__subclasses__() for one in ({each} | every_command(each))}


def refusal(permission: Permission, somebody: Known) -> Refusal:
    with pytest.raises(Refusal) as refused:
        permission.ensure(somebody)
    return refused.value


def test_every_command_has_a_row() -> None:
    assert set(ACTS) == every_command()


def test_every_sight_has_a_row() -> None:
    assert set(SIGHTS) == set(Sight)


@pytest.mark.parametrize("permission", EVERY, ids=lambda one: one.label.say("en"))
def test_who_holds_nothing_may_nothing_that_is_not_their_own(permission: Permission) -> None:
    for_all = ("who one is to the API", "one's own calendar addresses")
    is_for_all = permission in [SIGHTS[Sight(name)] for name in for_all]

    assert permission.allows(with_role()) == is_for_all


@pytest.mark.parametrize("permission", EVERY, ids=lambda one: one.label.say("en"))
def test_token_without_its_scope_may_nothing(permission: Permission) -> None:
    mighty = replace(with_role(*Role), about=OWN, stages=frozenset(Stage))

    assert not permission.allows(replace(mighty, actor=by_token("me", frozenset())))


def test_refusal_names_the_roles_it_takes() -> None:
    refused = refusal(may.WITHDRAW_NOMINATION, with_role(Role.REVIEWER))

    assert isinstance(refused, PersonNotAppointed)
    assert str(refused) == (
        "me may not withdraw a nomination: today it takes the role nominator or coordinator."
    )


@pytest.mark.parametrize("about", [About(what="A", unit_id="theirs"), About(what="A")])
def test_thing_of_another_unit_is_as_one_that_is_not_there(about: About) -> None:
    refused = refusal(may.WITHDRAW_NOMINATION, replace(BINH, about=about))

    assert isinstance(refused, ThingNotFound)
    assert str(refused) == "There is no A here, or it is not yours to see."


@pytest.mark.parametrize("about", [About(what="A", unit_id="theirs"), About(what="A"), OWN])
def test_who_has_no_role_is_told_the_same_of_every_thing(about: About) -> None:
    nobody = replace(with_role(Role.COUNCIL), about=about)

    assert str(refusal(may.WITHDRAW_NOMINATION, nobody)) == str(
        refusal(may.WITHDRAW_NOMINATION, with_role(Role.COUNCIL))
    )


def test_nomination_for_another_unit_is_refused_by_the_unit() -> None:
    assert isinstance(refusal(may.SUBMIT_NOMINATION, BINH), UnitNotYours)


def test_code_of_another_unit_is_refused_as_one_that_is_not_there() -> None:
    taken = replace(BINH, about=About(what="A", given_unit_id="ours", unit_id="theirs"))

    assert isinstance(refusal(may.SUBMIT_NOMINATION, taken), ThingNotFound)


def test_new_nomination_of_the_own_unit_may_be_sent() -> None:
    may.SUBMIT_NOMINATION.ensure(replace(BINH, about=About(what="A", given_unit_id="ours")))


def test_draft_is_cancelled_by_a_coordinator_and_a_campaign_by_who_approves_its_launch() -> None:
    draft, launched = About(is_draft=True), About()
    mai = with_role(Role.COORDINATOR)
    hung = Known(Actor("hung", "console"), launched, stages=frozenset({Stage.LAUNCH}))

    may.CANCEL_CAMPAIGN.ensure(replace(mai, about=draft))
    may.CANCEL_CAMPAIGN.ensure(hung)
    assert "role leader" in str(refusal(may.CANCEL_CAMPAIGN, replace(mai, about=launched)))
    assert "role coordinator" in str(refusal(may.CANCEL_CAMPAIGN, replace(hung, about=draft)))


def test_scope_is_asked_before_the_role() -> None:
    reader = replace(with_role(), actor=by_token("me", frozenset({"read"})))

    assert isinstance(refusal(may.LAUNCH_CAMPAIGN, reader), ScopeMissing)


def test_before_the_thing_is_known_a_role_is_enough() -> None:
    may.WITHDRAW_NOMINATION.ensure_person(replace(BINH, about=About()))
    with pytest.raises(PersonNotAppointed):
        may.WITHDRAW_NOMINATION.ensure_person(with_role(Role.COUNCIL))
