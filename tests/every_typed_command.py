"""How is every command typed that stores something, and where?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from campaigns.services import webhooks
from campaigns.services.access import tokens
from campaigns.services.deadlines import feeds
from campaigns.services.playbook.writing import as_yaml
from campaigns.store import webhooks as rows
from campaigns.store.tables import webhook_delivery
from campaigns.store.transaction import Transaction
from cli.index import PLACES, load
from tests import grounds
from tests.clocks import dated_ahead
from tests.world import World, short_playbook

LOOKING: Final = frozenset(
    {
        "audit export",
        "audit registers",
        "audit verify",
        "backup",
        "bounces list",
        "campaign export",
        "campaign history",
        "campaign list",
        "campaign playbook",
        "campaign status",
        "clock show",
        "db check",
        "deadline list",
        "decision list",
        "delegation list",
        "doctor",
        "engine status",
        "feed list",
        "outbox held",
        "outbox list",
        "outbox show",
        "outbox stats",
        "person changes",
        "playbook check",
        "playbook list",
        "playbook schema",
        "session list",
        "stage status",
        "token list",
        "webhook list",
        "webhook log",
    }
)
"""They show what is there, or write it into a file that is named."""
ENGINE: Final = frozenset(
    {"campaign cycle", "engine deploy", "engine serve", "engine worker", "relay", "up", "web"}
)
"""They are the engine, or run it: it does what is due, once."""
WHOLE: Final = frozenset({"rehearse", "restore"})
"""They make an installation of its own, or put one in place; tests of their own type them twice."""


class Case(NamedTuple):
    """Where a command is typed, and how; `{folder}` is a folder with what it reads."""

    prepare: Callable[[World], None]
    words: str


def leaves(name: str, command: Any) -> Iterator[str]:  # typer's own group or click's, by version
    """Yield every command below a name, by the words that call it."""
    below = getattr(command, "commands", None)
    if not below:
        yield name
        return
    for word, one in below.items():
        yield from leaves(f"{name} {word}", one)


def every_command() -> set[str]:
    return {leaf for name in PLACES for leaf in leaves(name, load(name))}


def fill(folder: Path) -> None:
    """Put there what commands read: an amended playbook, a notice of mail that came back."""
    amended = short_playbook(approvals={"nomination": {"people": ["thu"], "required": 1}})
    (folder / "amended.yaml").write_text(as_yaml(amended), encoding="utf-8")
    (folder / "notices").mkdir()
    (folder / "notices" / "a.eml").write_text("Subject: hello\n\nNo notice at all.\n")


def nothing(_world: World) -> None:
    """The campaign is a draft."""


def on_registers(act: Callable[[Transaction], object]) -> Callable[[World], None]:
    def prepare(world: World) -> None:
        with grounds.on_registers(world) as tx:
            act(tx)

    return prepare


def hook(tx: Transaction) -> int:
    return webhooks.add(tx, "https://portal.example.vn/x", "thidua.*", None, private=False)


def told_outside(world: World) -> None:
    """A webhook was told of an event, in vain."""
    on_registers(hook)(world)
    world.launch()
    [one] = world.read(rows.in_force)
    world.act(webhooks.fan_out, one)
    grounds.write(world, webhook_delivery.update().values(attempts=9, dead_at=world.clock.time))


WHY: Final = "--reason Nhầm"
CASES: Final[Mapping[str, Case]] = {
    "init": Case(nothing, "init"),
    "db upgrade": Case(nothing, "db upgrade"),
    "campaign create": Case(nothing, "campaign create --code NEW-1"),
    "campaign launch": Case(nothing, "campaign launch --as mai"),
    "campaign cancel": Case(World.launch, f"campaign cancel --as hung {WHY}"),
    "campaign amend": Case(
        grounds.asked_to_launch,
        f"campaign amend --playbook {{folder}}/amended.yaml --as mai --yes {WHY}",
    ),
    "campaign confirm": Case(grounds.amended, "campaign confirm --as hung"),
    "stage approve": Case(grounds.asked_to_launch, "stage approve launch --as hung"),
    "stage return": Case(grounds.asked_to_launch, f"stage return launch --as hung {WHY}"),
    "stage abstain": Case(grounds.asked_to_launch, f"stage abstain launch --as hung {WHY}"),
    "stage submit": Case(grounds.returned, "stage submit launch --as mai"),
    "deadline extend": Case(
        grounds.nominated, f"deadline extend nomination --until 2023-09-18T17:00 --as mai {WHY}"
    ),
    "feed create": Case(World.launch, "feed create --for thu"),
    "feed revoke": Case(
        on_registers(lambda tx: feeds.create(tx, "thu")), "feed revoke 1 --for thu"
    ),
    "delegation add": Case(
        grounds.asked_to_launch,
        "delegation add --from hung --to thu --from-date 2023-02-01 --to-date 2023-12-01 "
        "--letter 12-GUQ",
    ),
    "delegation confirm": Case(grounds.delegated_by_another, "delegation confirm 1 --as hung"),
    "delegation revoke": Case(grounds.delegated, "delegation revoke 1 --as hung"),
    "outbox release": Case(grounds.decided, "outbox release --early --as mai --yes"),
    "outbox retry": Case(grounds.undelivered, "outbox retry --as mai --yes"),
    "bounces read": Case(nothing, "bounces read {folder}/notices"),
    "bounces clear": Case(grounds.failing, "bounces clear binh@example.org --as mai"),
    "nomination withdraw": Case(grounds.nominated, f"nomination withdraw A --as mai {WHY}"),
    "nomination clear-hold": Case(grounds.held_back, f"nomination clear-hold B --as mai {WHY}"),
    "nomination revoke": Case(
        grounds.decided, f"nomination revoke A --as hung --document 07-QĐ --yes {WHY}"
    ),
    "session close": Case(grounds.voting, f"session close 1 --as mai {WHY}"),
    "decision correct": Case(grounds.decided, f"decision correct A=not --as mai {WHY}"),
    "person set": Case(nothing, "person set thu --digest daily"),
    "person appoint": Case(nothing, "person appoint thu leader --as mai"),
    "person end": Case(nothing, "person end thu reviewer --as mai"),
    "person confirm": Case(grounds.appointed, "person confirm thu --as hung --yes"),
    "person refuse": Case(grounds.appointed, "person refuse thu --as hung --yes"),
    "person links revoke": Case(nothing, "person links revoke thu --as mai"),
    "engine revive": Case(grounds.given_up, "engine revive --as mai"),
    "clock repair": Case(dated_ahead, f"clock repair --as mai {WHY}"),
    "token create": Case(World.launch, "token create --for thu --scope read"),
    "token revoke": Case(
        on_registers(lambda tx: tokens.create(tx, "thu", ["read"], 90)), "token revoke 1"
    ),
    "webhook add": Case(nothing, "webhook add --url https://portal.example.vn/x"),
    "webhook remove": Case(on_registers(hook), "webhook remove 1"),
    "webhook resend": Case(told_outside, "webhook resend 1"),
}
