"""An SMTP server in a process of its own that misbehaves on demand and writes down what it took.

    python -m tests.faults.chaos.sink PORT FOLDER

`FOLDER/mode` says how it behaves now: `ok`, `slow`, `greylist` (the first try of each mail is put
off), `drop` (takes the mail and breaks the connection before it says so), `refuse`. Each mail it
took is a line of `FOLDER/taken`: its Message-ID, on disk before it is acknowledged.
"""

from __future__ import annotations

import asyncio
import os
import sys
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

MODES = ("ok", "slow", "greylist", "drop", "refuse")


class Handler:
    """aiosmtpd's hooks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: set[str] = set()
        self._taken = os.open(folder / "taken", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    @property
    def mode(self) -> str:
        try:
            return (self._folder / "mode").read_text().strip()
        except FileNotFoundError:
            return "ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        message_id = message_from_bytes(content)["Message-ID"].strip()
        mode = self.mode
        if mode == "refuse":
            return "451 4.3.0 Try again later"
        if mode == "greylist" and message_id not in self._seen:
            self._seen.add(message_id)
            return "451 4.7.1 Greylisted"
        if mode == "slow":
            await asyncio.sleep(0.2)
        os.write(self._taken, f"{message_id}\n".encode())
        os.fsync(self._taken)
        if mode == "drop":
            assert server.transport is not None
            server.transport.close()
        return "250 OK"


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    Controller(Handler(folder), hostname="127.0.0.1", port=port).start()
    asyncio.new_event_loop().run_forever()


if __name__ == "__main__":
    main()
