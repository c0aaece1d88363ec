"""How fast does queued mail leave, beside a bare loop that sends the same octets?

Both hand their mails to Postfix's `smtp-sink` on this machine, over the same number of connections.
The engine claims, builds, sends and records; the bare loop has nothing to do but send.

    python -m bench.delivery queue FOLDER MESSAGES
    python -m bench.delivery engine HOME PORT
    python -m bench.delivery bare FILE PORT
"""

from __future__ import annotations

import asyncio
import json
import os
import pickle
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import aiosmtplib

from bench.stopwatch import Stopwatch, peak_mb
from bench.synthetic import Province
from campaigns import bootstrap, intake
from campaigns.rehearsal.player import RECORDED
from campaigns.rules import keys
from campaigns.services.launch import launch
from campaigns.services.mail import delivery
from campaigns.services.registers.directory import Directory
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.chunks import chunked
from campaigns.store.database import open_engine
from campaigns.store.transaction import Transaction
from campaigns.views import board
from notifications.sending.mail import Sender, compose
from notifications.settings import load_mail_settings
from schemas.actors import Actor
from schemas.commands.launch import CreateCampaign
from schemas.messages.nomination import NominationReceived
from schemas.messages.outgoing import Recipient

_APPOINTED_ON: Final = date(2023, 1, 1)
ORIGINAL: Final = "original"
MAILS: Final = "mails.pickle"
SENDER: Final = "thidua@bentre.example"


def queue(size: int, folder: Path) -> None:
    """Queue messages in the home `original`, and write the same mails to `mails.pickle`."""
    province = Province(size)
    province.write_registers(folder)
    home = folder / "home"
    os.environ["THIDUA_HOME"] = str(home)
    schema.upgrade(open_engine(Settings().database))
    app = bootstrap.build(Settings())
    intake.import_units(app, intake.Request(folder / "units.csv", Actor(RECORDED, "system")))
    intake.import_people(
        app, intake.Request(folder / "people.csv", Actor(RECORDED, "system")), _APPOINTED_ON
    )
    playbook = province.playbook()
    code = playbook.code
    # No rehearsal: its mail would not leave.
    command = CreateCampaign(command_id="bench", code=code)
    app.act_as(RECORDED, None, launch.create, command, playbook)
    for part in chunked(province.codes()):
        app.act(code, _want, part)
    app.store.engine.dispose()
    shutil.copytree(home, folder / ORIGINAL)
    mails = app.act(code, delivery.claim, size)
    octets = [(mail.to_address, compose(mail, Sender(SENDER))) for mail in mails]
    (folder / MAILS).write_bytes(pickle.dumps(octets))
    app.store.engine.dispose()


def _want(tx: Transaction, codes: Sequence[str]) -> None:
    directory = Directory(tx)
    for number, code in enumerate(codes):
        who = code.lower()
        recipient = Recipient(id=who, address=f"{who}@bentre.example", name=f"Nguyễn Văn {code}")
        payload = NominationReceived(
            **directory.heading(recipient),
            nomination_code=code,
            nomination_name=f"Mô hình đường hoa cây cảnh, ấp {number}",
            received_at=tx.now,
            content_hash=f"{number:064x}",
            version=1,
            late=False,
        )
        tx.notify(recipient, payload, about=keys.subject("nomination", code), cause=1)


def engine(home: Path, port: int) -> Stopwatch:
    """Deliver what is queued in `home`."""
    os.environ.update(
        THIDUA_HOME=str(home),
        THIDUA_SMTP_HOST="127.0.0.1",
        THIDUA_SMTP_START_TLS="none",
        THIDUA_SMTP_PORT=str(port),
        THIDUA_SMTP_SENDER_ADDRESS=SENDER,
    )
    app = bootstrap.app()
    code, watch, sent = app.campaign_code(None), Stopwatch(), 0
    with watch.phase("deliver"):
        while batch := app.deliver(code).sent:
            sent += batch
    left = sum(one.count for one in app.read(code, board.message_counts)) - sent
    if left:
        sys.exit(f"{left} messages were not sent")
    return watch


def bare(packed: Path, port: int) -> Stopwatch:
    """Send the octets with nothing around it."""
    mails: deque[tuple[str, bytes]] = deque(pickle.loads(packed.read_bytes()))  # noqa: S301 - ours
    watch = Stopwatch()
    with watch.phase("send"):
        asyncio.run(_send(mails, port))
    return watch


async def _send(mails: deque[tuple[str, bytes]], port: int) -> None:
    connections = load_mail_settings().connections

    async def work() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False)
        async with client:
            while mails:
                recipient, octets = mails.popleft()
                await client.sendmail(SENDER, [recipient], octets)

    await asyncio.gather(*(work() for _ in range(connections)))


def main() -> None:
    """Queue the messages, or print the figures of one run as JSON."""
    kind, path, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if kind == "queue":
        queue(port, path)
        return
    spent = (engine if kind == "engine" else bare)(path, port).total
    print(json.dumps({"wall": spent.wall, "processor": spent.processor, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
