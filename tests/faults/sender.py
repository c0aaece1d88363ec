"""A process that hands mail over, to be killed on the way: `python -m tests.faults.sender JOB`.

It says on its standard output how far it has come, and waits there if it is told to.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime

from campaigns.services.mail import delivery
from notifications.sending.smtp import send_batch
from notifications.settings import MailSettings
from schemas.messages.outgoing import DeliveryOutcome
from tests.databases import Database
from tests.world import open_world

SENDER = "sender:to-be-killed"


def main() -> None:
    """Claim, hand over, record, and wait at one of these steps."""
    job = json.loads(sys.argv[1])
    world = open_world(Database(job["backend"], job["url"]), datetime.fromisoformat(job["now"]))
    mails = world.act(delivery.claim, sender=SENDER)
    _reached("claimed", job)
    settings = MailSettings(
        host="127.0.0.1",
        port=job["port"],
        connections=1,
        sender_address="thidua@bentre.example",
        start_tls="none",
    )

    def begin(ids: Sequence[int], before: Sequence[DeliveryOutcome]) -> set[int]:
        return world.act(delivery.begin, ids, SENDER, before)[0]

    outcomes = send_batch(mails, settings, settings.sender, begin=begin)
    _reached("handed over", job)
    world.act(delivery.record, outcomes, sender=SENDER)
    _reached("recorded", job)


def _reached(step: str, job: dict[str, str]) -> None:
    print(step, flush=True)  # noqa: T201 - its answer
    if job["wait_at"] == step:
        sys.stdin.read()


if __name__ == "__main__":
    main()
