"""Where must a campaign stand for each command to be taken?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from campaigns.rules.playbook.reading import snapshot
from campaigns.services.appraisal import reviews
from campaigns.services.registers import enrolment
from campaigns.store.commit import commit
from campaigns.store.tables import (
    campaign_playbook,
    failing_address,
    message,
    outbox,
)
from campaigns.store.transaction import Transaction
from schemas.commands import registers
from schemas.commands.playbook import AmendPlaybook
from schemas.imports import ScoreRow
from schemas.outcomes import Done
from schemas.vocabulary import Stage
from tests.world import World, short_playbook, votes


@contextmanager
def on_registers(world: World, person: str = "mai") -> Iterator[Transaction]:
    with world.store.writing(person) as tx:
        yield tx
        commit(tx)


def write(world: World, statement: Any) -> None:
    with world.store.writing("system:test") as tx:
        tx.connection.execute(statement)
        commit(tx)


def asked_to_launch(world: World) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)


def asked_with_codes(world: World) -> None:
    asked_to_launch(world)
    policy = {"roles": ["leader"], "required": 1, "one_time_code": True}
    text = snapshot(short_playbook(approvals={"launch": policy}))
    write(world, campaign_playbook.update().values(snapshot=text, hash=text[:64]))


def returned(world: World) -> None:
    asked_to_launch(world)
    world.send_back(Stage.LAUNCH, "hung")


def nominated(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")


def held_back(world: World) -> None:
    nominated(world)
    world.nominate("B", rank=2, case_opened=date(2023, 6, 1))
    world.check_all()


def sitting(world: World) -> None:
    nominated(world)
    world.convene("A")


def voting(world: World) -> None:
    sitting(world)
    world.vote(*votes("A")[:2])


def voted(world: World) -> None:
    sitting(world)
    world.vote(*votes("A"))


def decided(world: World) -> None:
    voted(world)
    world.decide()


def reviewed(world: World) -> None:
    nominated(world)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    world.act(reviews.record_reviews, review(8))


def review(points: int) -> list[ScoreRow]:
    return [
        ScoreRow(2, "thu", "A", "C1", points * 100),
        ScoreRow(3, "thu", "A", "C5", 1600),
    ]


def undelivered(world: World) -> None:
    asked_to_launch(world)
    write(world, message.update().values(state="failed"))


def given_up(world: World) -> None:
    world.launch()
    write(world, outbox.update().values(dead_at=world.clock.time))


def failing(world: World) -> None:
    at = world.clock.time
    row = {"address": "binh@example.org", "bounces": 1, "status": "5.1.1", "said": "x"}
    write(
        world, failing_address.insert().values(**row, last_at=at, failing_since=at, outcome="hard")
    )


def delegated_by_another(world: World) -> None:
    asked_to_launch(world)
    world.delegate("hung", "thu", "2023-02-01", "2023-12-01", person_id="mai")


def delegated(world: World) -> None:
    world.delegate("hung", "thu", "2023-02-01", "2023-12-01")


def amended(world: World) -> None:
    asked_to_launch(world)
    amend(world, "before", other=False)


def amend(world: World, command_id: str, *, other: bool) -> Done:
    changed = short_playbook(approvals={"nomination": {"people": ["thu"], "required": 1}})
    command = AmendPlaybook(
        command_id=command_id, base_version=1, person_id="mai", reason="khác" if other else "Sửa"
    )
    return world.do(command, changed)


def appointed(world: World) -> None:
    with on_registers(world) as tx:
        enrolment.appoint(
            tx, registers.AppointPerson(command_id="x", of_id="thu", role="leader", person_id="mai")
        )


DELEGATION: Final = {
    "principal_id": "hung",
    "substitute_id": "thu",
    "first_on": date(2023, 2, 1),
    "last_on": date(2023, 12, 1),
    "letter": "12-GUQ",
    "person_id": "hung",
}
