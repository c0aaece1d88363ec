"""Mail that came back is a returned message: told for what it is, and sent again when mended."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from campaigns.services.mail import bounces, delivery, waits
from campaigns.store.commit import commit
from campaigns.store.mail import mailboxes, messages
from campaigns.store.tables import bounce as notice_table
from campaigns.store.tables import event, message, person
from schemas.commands.mail import RetryMessages
from schemas.messages.outgoing import DeliveryOutcome
from schemas.outcomes import Done
from schemas.vocabulary import MessageState, Stage
from tests.sealed import bare
from tests.world import World

HUNG = "hung@example.org"


@pytest.fixture
def world(world: World) -> World:
    """Hưng and Lan were asked to approve the launch, by mail."""
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    hand_over(world)
    return world


def hand_over(world: World) -> list[str]:
    """Let what is queued leave; return to whom."""
    mails = world.act(delivery.claim)
    sent = [DeliveryOutcome(message_id=mail.message_id, state=MessageState.SENT) for mail in mails]
    world.act(delivery.record, sent)
    return [mail.to_address for mail in mails]


def mail_id(world: World, address: str = HUNG) -> str:
    with world.store.reading() as tx:
        found = (
            tx.connection.execute(select(message.c.mail_id).where(message.c.to_address == address))
            .scalars()
            .first()
        )
    assert found is not None
    return str(found)


def comes_back(
    world: World, kind: str, status: str = "5.0.0", *, digest: str = "d", **more: object
) -> Done:
    told = bounces.Told(digest, mail_id(world), kind, status, "the server's words")
    return world.act(bounces.record, told._replace(**more))  # type: ignore[arg-type]


def states(world: World, template: str = "approval-requested") -> dict[str, str]:
    found = world.read(messages.find, template=template)
    return {row.recipient_id: row.state for row in found}


def retry(world: World) -> Done:
    command = RetryMessages(command_id=world.command_id(), person_id="mai")
    return world.act(delivery.retry, command)


def move(world: World, address: str) -> None:
    with world.store.writing("mai") as tx:
        tx.connection.execute(update(person).where(person.c.id == "hung").values(email=address))
        commit(tx)


@pytest.mark.parametrize("kind", ["hard", "refused", "full", "size", "expired", "unclear"])
def test_mail_that_came_back_is_a_returned_message(world: World, kind: str) -> None:
    assert comes_back(world, kind) == Done(changed=1, detail=kind)
    assert states(world) == {"hung": "returned", "lan": "sent"}


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        ("hard", "address-failing"),
        ("refused", "mail-returned"),
        ("full", "mail-returned"),
        ("size", "mail-returned"),
        ("expired", "mail-returned"),
        ("unclear", "mail-returned"),
    ],
)
def test_somebody_is_told_of_it(world: World, kind: str, template: str) -> None:
    comes_back(world, kind)

    told = [row.template for row in world.read(messages.find) if row.recipient_id == "mai"]
    assert told == [template]


@pytest.mark.parametrize("kind", ["refused", "full", "size", "expired", "unclear", "soft"])
def test_address_is_marked_by_nothing_else(world: World, kind: str) -> None:
    comes_back(world, kind)

    assert world.read(mailboxes.failing, [HUNG]) == {}


def test_delay_is_no_return(world: World) -> None:
    assert comes_back(world, "soft", "4.4.1") == Done(changed=1, detail="soft")
    assert states(world)["hung"] == "sent"
    assert states(world, "mail-returned") == {}


def test_notice_about_another_address_is_of_a_forwarded_mailbox(world: World) -> None:
    done = comes_back(world, "hard", "5.1.1", named=("private@other.example",))

    assert done == Done(changed=1, detail="forwarded")
    assert world.read(mailboxes.failing, [HUNG, "private@other.example"]) == {}
    assert states(world)["hung"] == "returned"


def test_named_address_is_compared_without_its_case(world: World) -> None:
    assert comes_back(world, "hard", "5.1.1", named=("Hung@Example.ORG",)).detail == "hard"


def test_returned_mail_goes_to_the_corrected_address(world: World) -> None:
    comes_back(world, "hard", "5.1.1")
    hand_over(world)
    move(world, "hung2@example.org")

    assert retry(world) == Done(changed=1)
    assert hand_over(world) == ["hung2@example.org"]
    assert states(world)["hung"] == "sent"


def test_returned_mail_to_an_address_not_corrected_stays_and_is_counted(world: World) -> None:
    comes_back(world, "hard", "5.1.1")

    assert retry(world) == Done(changed=0, detail="kept:1")
    assert states(world)["hung"] == "returned"


def test_mail_from_a_full_mailbox_is_sent_again(world: World) -> None:
    comes_back(world, "full", "5.2.2")
    hand_over(world)

    assert retry(world) == Done(changed=1)
    assert hand_over(world) == [HUNG]


def test_late_notice_about_the_former_address_harms_the_new_one_not(world: World) -> None:
    comes_back(world, "hard", "5.1.1")
    hand_over(world)
    known = mail_id(world)
    move(world, "hung2@example.org")
    retry(world)
    hand_over(world)
    told = bounces.Told("d-2", known, "hard", "5.1.1", "gone", (HUNG,), HUNG)

    assert world.act(bounces.record, told) == Done(detail="none")
    assert states(world)["hung"] == "sent"
    assert world.read(mailboxes.failing, ["hung2@example.org"]) == {}


def test_one_mail_is_told_of_once(world: World) -> None:
    for number in range(3):
        comes_back(world, "full", digest=f"d-{number}")

    assert len(world.read(messages.find, template="mail-returned")) == 2  # Lan and Mai


def test_letter_about_returned_mail_that_comes_back_begets_no_other(world: World) -> None:
    comes_back(world, "full")
    hand_over(world)
    with world.store.reading() as tx:
        back = (
            tx.connection.execute(
                select(message.c.mail_id).where(message.c.template == "mail-returned")
            )
            .scalars()
            .all()
        )
    for number, one in enumerate(back):
        world.act(bounces.record, bounces.Told(f"e-{number}", one, "full", "5.2.2", "full"))

    assert len(world.read(messages.find, template="mail-returned")) == 2
    assert set(states(world, "mail-returned").values()) == {"returned"}


def refuse(world: World, count: int) -> None:
    """Have so many mails come back, each refused for our sake."""
    with world.store.writing("mai") as tx:
        for number in range(count):
            digest = f"{tx.wall.timestamp():.0f}-{number}"
            mailboxes.mark_read(tx, digest, f"{number:032}", "refused")
        commit(tx)


def alarms(world: World) -> list[messages.MessageRow]:
    found = world.read(messages.find, template="mail-alert")
    return [row for row in found if row.recipient_id == "mai"]


def test_many_refusals_raise_one_alarm_about_us(world: World) -> None:
    refuse(world, 5)
    comes_back(world, "refused", "5.7.1", digest="a")
    comes_back(world, "refused", "5.7.1", digest="b")

    assert len(alarms(world)) == 1
    assert states(world, "mail-returned") == {}


def test_refusals_of_days_ago_raise_none(world: World) -> None:
    refuse(world, 5)
    world.clock.time += timedelta(days=3)
    comes_back(world, "refused", "5.7.1")

    assert alarms(world) == []


def test_alarm_is_raised_again_when_it_begins_anew(world: World) -> None:
    refuse(world, 3)
    comes_back(world, "refused", "5.7.1", digest="a")
    world.clock.time += timedelta(days=3)
    refuse(world, 3)
    comes_back(world, "refused", "5.7.1", digest="b")

    assert len(alarms(world)) == 2


def test_log_holds_counts_and_no_address(world: World) -> None:
    comes_back(world, "full", "5.2.2")

    with world.store.reading() as tx:
        facts = tx.connection.execute(
            select(event.c.facts).where(event.c.name == "thidua.mail.returned")
        ).scalar_one()
    assert bare(json.loads(facts)) == {"messages": 1, "status": "5.2.2"}


def test_notice_about_no_mail_of_ours_is_counted_as_such(world: World) -> None:
    world.act(bounces.pass_over, "x", "hard")
    world.act(bounces.pass_over, "y", "none")

    since = world.clock.now() - timedelta(days=1)
    assert world.read(mailboxes.notices_since, since) == {"unproven": 1, "none": 1}
    with world.store.reading() as tx:
        assert len(tx.connection.execute(select(notice_table.c.digest)).all()) == 2


def test_letter_that_waits_for_a_daily_mail_says_so(world: World) -> None:
    with world.store.writing("mai") as tx:
        for person_id in ("mai", "lan"):
            mailboxes.prefer(tx, person_id, "daily")
        commit(tx)
    comes_back(world, "full")

    (wait,) = world.read(waits.waiting)
    assert (wait.why, wait.number) == ("digest", 2)
    assert wait.until is not None
    assert wait.until > world.clock.now()
