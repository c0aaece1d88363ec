"""A mail about an approval that is overdue leads its reader to the page of the present round."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from campaigns.rules.approvals.errors import LinkExpired
from campaigns.services.approvals import verdicts
from campaigns.services.deadlines import reminders, sweep
from campaigns.services.signing.links import SignedLinks
from campaigns.store.commit import commit
from campaigns.store.mail import messages
from campaigns.store.transaction import Store
from notifications.writing.render import Renderer
from schemas.commands.approvals import AskApprovalAgain
from schemas.links import DecisionLink
from schemas.vocabulary import Stage
from tests.world import CODE, World

LINKS = SignedLinks("https://thidua.example", b"k" * 32)
REMINDER, ESCALATION, REQUEST = "deadline-reminder", "deadline-escalated", "approval-requested"
DAY_AFTER = "2023-02-09T08:00:00"


def linked(world: World) -> World:
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    return world


def waits(world: World) -> World:
    linked(world).launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    return world


@pytest.fixture
def awaiting(world: World) -> World:
    """The launch waits for one of the leaders, Hưng and Lan, since 8 February 2023."""
    return waits(world)


def sweep_at(world: World, local: str) -> None:
    world.at(local)
    with world.store.writing(sweep.ACTOR, CODE) as tx:
        sweep.sweep(tx)
        commit(tx)


def submit(world: World) -> None:
    command = AskApprovalAgain(command_id=world.command_id(), stage=Stage.LAUNCH, person_id="mai")
    world.act(verdicts.ask_again, command)


def tokens(world: World, template: str, state: str = "queued") -> dict[str, str]:
    """Return the signed part of the link in each mail of a template, by recipient."""
    found = {}
    for row in world.read(messages.find, template=template, states=[state]):
        shown = world.read(messages.get, row.id)
        assert shown is not None
        leaving = LINKS.fill(shown[1].text, row.to_address, lambda _: None)
        link = re.search(r"https://thidua.example/d/(\S+)", leaving)
        found[row.recipient_id] = link[1] if link else ""
    return found


def links(world: World, template: str) -> dict[str, DecisionLink]:
    now = world.clock.time
    return {who: LINKS.read(one, now) for who, one in tokens(world, template).items() if one}


def test_reminder_leads_each_approver_to_the_own_page(awaiting: World):
    sweep_at(awaiting, DAY_AFTER)

    found = links(awaiting, REMINDER)
    assert {who: one.person_id for who, one in found.items()} == {"hung": "hung", "lan": "lan"}


def test_reminder_carries_the_link_of_the_first_request(awaiting: World):
    sweep_at(awaiting, DAY_AFTER)

    first, again = links(awaiting, REQUEST)["hung"], links(awaiting, REMINDER)["hung"]
    assert replace_expiry(again, first) == first


def replace_expiry(link: DecisionLink, other: DecisionLink) -> DecisionLink:
    return link.model_copy(update={"expires_at": other.expires_at})


def test_link_of_a_reminder_expires(awaiting: World):
    sweep_at(awaiting, DAY_AFTER)
    token = tokens(awaiting, REMINDER)["hung"]
    awaiting.at("2023-03-01T08:00:00")

    with pytest.raises(LinkExpired):
        LINKS.read(token, awaiting.clock.time)


def test_escalation_leads_whoever_can_sign_to_the_own_page(awaiting: World):
    """Mai and Lan coordinate; Lan leads as well, and so she can sign."""
    sweep_at(awaiting, DAY_AFTER)

    assert {who: bool(one) for who, one in tokens(awaiting, ESCALATION).items()} == {
        "lan": True,
        "mai": False,
    }


def test_principal_who_is_told_can_sign_in_place_of_the_substitute(world_with):
    world = waits(world_with(approvals={"launch": {"people": ["hung"], "required": 1}}))
    world.delegate("hung", "thu", "2023-02-01", "2023-02-28")
    sweep_at(world, DAY_AFTER)

    assert links(world, ESCALATION)["hung"].person_id == "hung"


def test_reminder_of_another_matter_has_no_link(world: World):
    linked(world).receive_nominations()
    sweep_at(world, "2023-09-14T08:00:00")

    assert tokens(world, REMINDER) == {"binh": ""}


def test_request_after_a_return_leads_to_the_new_round(awaiting: World):
    awaiting.send_back(Stage.LAUNCH, "hung")
    submit(awaiting)

    assert links(awaiting, REQUEST)["hung"].round == 2


def test_reminder_after_a_return_leads_to_the_new_round(awaiting: World):
    awaiting.send_back(Stage.LAUNCH, "hung")
    submit(awaiting)
    sweep_at(awaiting, DAY_AFTER)

    assert links(awaiting, REMINDER)["hung"].round == 2


def test_reminder_of_the_round_before_does_not_leave_after_a_return(awaiting: World):
    sweep_at(awaiting, DAY_AFTER)
    awaiting.send_back(Stage.LAUNCH, "hung")
    submit(awaiting)

    assert set(tokens(awaiting, REMINDER, "superseded")) == {"hung", "lan"}
    assert tokens(awaiting, REMINDER) == {}


def test_reminder_of_a_rehearsal_has_no_link(awaiting: World):
    awaiting.at(DAY_AFTER)
    with awaiting.store.writing(sweep.ACTOR, CODE) as tx:
        tx.adopt(replace(tx.campaign, clock_at=awaiting.clock.time))
        reminders.remind(tx)
        commit(tx)

    assert tokens(awaiting, REMINDER) == {"hung": "", "lan": ""}


def test_reminder_before_the_deadline_does_not_outlast_its_round(world: World):
    """Asked again before the deadline, the same deadline is owed again: by links of a new round."""
    linked(world).launch()
    world.open(Stage.LAUNCH)
    world.at("2023-02-07T07:30:00")
    world.act(verdicts.request_if_done, Stage.LAUNCH)
    sweep_at(world, "2023-02-07T08:30:00")
    assert {link.round for link in links(world, REMINDER).values()} == {1}

    world.send_back(Stage.LAUNCH, "hung")
    submit(world)
    sweep_at(world, "2023-02-07T09:00:00")

    assert tokens(world, REMINDER) == {}
