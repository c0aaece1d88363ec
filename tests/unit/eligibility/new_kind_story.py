"""What does a program do whose list of rule kinds has one more? Told as JSON.

Run by `test_new_kind.py` in a process of its own, where `campaigns` is the program with the kind
of `long_enough.py`: what is made of the kinds is made once in a process.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from campaigns.bootstrap import App
from campaigns.rules import eligibility
from campaigns.rules.nomination.receiving import CheckContext, NominationFacts
from campaigns.rules.playbook.reading import from_snapshot, read_playbook, snapshot
from campaigns.rules.rehearsal import synthetic
from campaigns.services.playbook.library import load_playbook, playbook_schema
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.transaction import Store
from campaigns.views import board
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from notifications.writing.render import Renderer
from schemas.playbook.playbook import Playbook
from schemas.vocabulary import Stage
from tests.databases import Database
from tests.decision_browser import LINKS, Browser, path
from tests.letters import letters
from tests.unit.playbook.test_reference import page
from tests.world import DISTRICT, make_world, short_playbook

ROOT = Path(__file__).parents[3]
SHIPPED = (ROOT / "playbooks" / "dan-van-kheo.yaml").read_text("utf-8")
RULE = """\
  - id: outputs_short
    check: long_enough
    item: outputs
    minimum: 5
    source: constructed
    reason: {vi: Kết quả ghi quá ngắn., en: The results are too short.}
    remedy: {vi: Viết rõ hơn., en: Write more.}
"""
TEXT = SHIPPED.replace("\nquota:\n", f"{RULE}\nquota:\n")


def problems(old: str = "", new: str = "") -> list[str]:
    """Return what is said of the playbook with one place of the rule replaced."""
    assert old in RULE, old
    _, found = read_playbook(TEXT.replace(RULE, RULE.replace(old, new, 1)), "mine.yaml", "en")
    return [f"{one.level} {one.path}: {one.message} {one.suggestion}".strip() for one in found]


def with_rule() -> Playbook:
    playbook, _ = read_playbook(TEXT, "mine.yaml", "en")
    assert playbook is not None
    return playbook


def found(playbook: Playbook, sample: synthetic.Sample) -> list[dict[str, Any]]:
    row = sample.row
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
    closes = playbook.instant(playbook.calendar.nomination.closes)
    return [asdict(one) for one in eligibility.check(facts, playbook, CheckContext(closes))]


def rehearsed(playbook: Playbook) -> list[dict[str, Any]]:
    """Return which rule each invented nomination is to break, and what is found."""
    samples = synthetic.nominations(playbook, [(DISTRICT, "district")], 14, seed=1)
    return [
        {"breaks": one.breaks.id if one.breaks else None, "found": found(playbook, one)}
        for one in samples
    ]


def campaign(database: str, home: Path) -> dict[str, Any]:
    """Go on to the approval of the nominations; return what is told of one that is too short."""
    rules = json.loads(snapshot(with_rule()))["rules"]
    world = make_world(Database("sqlite", database), short_playbook(rules=rules))
    world.store = Store(world.store.engine, world.clock, Renderer(), LINKS)
    world.receive_nominations()
    world.nominate("A")
    world.check_all()
    world.ask_approval(Stage.NOMINATION)
    transport = transport_from(MailSettings.model_construct(), home)
    browser = Browser(App(Settings(home=home, secret=SecretStr("k" * 32)), world.store, transport))
    due = world.read(campaigns.get_stage, Stage.NOMINATION).approval_due_at
    address = path(world, "hung", stage=Stage.NOMINATION, round=1, expires_at=due)
    told = {
        "state": world.state_of("A"),
        "by_reason": world.read(board.summary).ineligible.by_reason,
        "letters": letters(world, "nomination-checked"),
        "page": browser.get(address).text,
    }
    world.store.engine.dispose()
    return told


def main() -> None:
    playbook = with_rule()
    story = {
        "package": eligibility.__file__,
        "kept": snapshot(from_snapshot(snapshot(playbook))) == snapshot(playbook),
        "rule": json.loads(snapshot(playbook))["rules"][-1],
        "shipped": snapshot(load_playbook("dan-van-kheo")),
        "problems": problems(),
        "misspelt": problems("check: long_enough", "check: long_enogh"),
        "parameter": problems("minimum: 5", "minimum: năm"),
        "beyond": problems("minimum: 5", "minimum: 1001"),
        "beyond in another kind": read_playbook(
            SHIPPED.replace("minimum: 80", "minimum: 1001"), "mine.yaml", "en"
        )[1],
        "other box": problems("item: outputs", "item: start_date"),
        "no box": problems("item: outputs", "item: output"),
        "doubt": problems("minimum: 5", "minimum: 0"),
        "schema": json.loads(playbook_schema()),
        "rehearsed": rehearsed(playbook),
        "campaign": campaign(sys.argv[1], Path(sys.argv[2])),
        "reference": page(),
    }
    sys.stdout.write(json.dumps(story, default=str))


if __name__ == "__main__":
    main()
