"""Can a mail to the mailbox of notices silence people, or hold up the engine?"""

from __future__ import annotations

import time
from pathlib import Path

from campaigns.bootstrap import App
from campaigns.settings import Settings
from campaigns.store.mail import mailboxes
from notifications.returned import bounces
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from tests.attacks.record import Attempts
from tests.unit.notifications.test_bounces import EXCHANGE, MAIL_ID, OLD_EXCHANGE, QMAIL, nested
from tests.world import World

FORGED = {
    "no mail named": EXCHANGE.replace(MAIL_ID, "x"),
    "another installation's": EXCHANGE.replace(MAIL_ID, "0" * 32),
    "only an address": QMAIL.replace(MAIL_ID, ""),
}
HEAVY = {
    "nested parts": nested(2_000),
    "many headers": b"X: y\n" * 150_000,
    "one long word": EXCHANGE.replace("smtp;550", "smtp;550" + "a" * 900_000).encode(),
    "many tags": OLD_EXCHANGE.replace("<p>", "<" * 400_000 + "<style>" * 50_000).encode(),
    "many blocks": EXCHANGE.replace("Action:", "A: b\n\n" * 100_000 + "Action:").encode(),
    "many numbers": QMAIL.replace("vpopmail", "5.1.1 " * 150_000).encode(),
    "many addresses": QMAIL.replace("<ba-tri", "a@b.example " * 60_000 + "<ba-tri").encode(),
}


def test_forged_notices_mark_nobody(attempt: Attempts, world: World, tmp_path: Path) -> None:
    app = App(
        settings=Settings(home=tmp_path),
        store=world.store,
        transport=transport_from(MailSettings.model_construct(), tmp_path / "mail"),
    )
    world.launch()
    folder = tmp_path / "notices"
    folder.mkdir()
    for what, text in FORGED.items():
        (folder / "n.eml").write_text(text, encoding="utf-8")
        done = app.read_bounces(folder)
        marked = world.read(mailboxes.all_failing)
        attempt(what, held=marked == [] and done.hard == 0 and done.unproven == 1)
        (folder / "read" / "n.eml").unlink()


def test_heavy_notices_cost_little(attempt: Attempts) -> None:
    for what, octets in HEAVY.items():
        began = time.process_time()
        found = bounces.parse(octets[: bounces.LIMIT])
        took = time.process_time() - began
        attempt(f"{what}: {took:.1f} s", held=took < 4 and len(found.said) <= 300)
