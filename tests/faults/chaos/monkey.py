"""Somebody who kills parts of the engine at random, and starts them again, so many times."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self

from tests.faults.chaos.installation import Installation
from tests.faults.chaos.sink import MODES
from tests.servers import Postgres

_WEIGHTS = {
    "worker": 3,
    "flow run": 4,
    "relay": 4,
    "server": 2,
    "web": 2,
    "smtp": 2,
    "postgresql": 2,
    "mail": 4,
}
_WAITED_FOR = {"server", "smtp"}
"""The others come up by themselves, whatever else is killed meanwhile."""


@dataclass
class Monkey:
    """Kills what the seed says, one after the other."""

    installation: Installation
    database: Postgres
    seed: int
    wanted: int
    """After so many kills it leaves the engine in peace."""
    pause: tuple[float, float]
    """Seconds between two blows: at least, at most."""
    forget_at: int
    """At this blow Prefect's database is deleted."""
    say: Callable[[str], None]
    """Told of each blow."""
    allowance: float = 0
    """No more kills than this until it is raised: so they are spread over the campaign."""
    blows: Counter[str] = field(default_factory=Counter)
    _stop: Event = field(default_factory=Event)
    _problems: list[BaseException] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """How many processes were killed so far."""
        return sum(self.blows.values()) - self.blows["mail"]

    @property
    def is_over(self) -> bool:
        """True when it has killed enough; raises what kept it from going on."""
        if self._problems:
            raise self._problems[0]
        return not self._thread.is_alive()

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._rage, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self._behave("ok")

    def _rage(self) -> None:
        chance = random.Random(self.seed)
        names, weights = list(_WEIGHTS), list(_WEIGHTS.values())
        each_once = chance.sample(names, len(names))
        try:
            while self.kills < self.wanted and not self._stop.wait(chance.uniform(*self.pause)):
                self.installation.revive()
                if self.kills >= self.allowance:
                    self._behave("ok")
                    continue
                if self.blows.total() == self.forget_at and not self.blows["prefect.db"]:
                    self._forget()
                    continue
                name = each_once[-1] if each_once else chance.choices(names, weights)[0]
                if self._strike(name, chance):
                    del each_once[-1:]
                    self.blows[name] += 1
                    self.say(f"blow {self.blows.total()}: {name}")
            self._behave("ok")
        except BaseException as problem:  # noqa: BLE001 - told to the test, in its own thread
            self._problems.append(problem)

    def _strike(self, name: str, chance: random.Random) -> bool:
        if name == "mail":
            self._behave(chance.choice(MODES))
            return True
        if name == "flow run":
            return self.installation.parts["worker"].kill_child()
        if name == "postgresql":
            self.database.kill()
            time.sleep(chance.uniform(0, 2))
            self.database.process.start()
            return True
        part = self.installation.parts[name]
        part.kill()
        time.sleep(chance.uniform(0, 1))
        part.start(wait=name in _WAITED_FOR)
        return True

    def _behave(self, mode: str) -> None:
        (self.installation.mail / "mode").write_text(mode)

    def _forget(self) -> None:
        """Delete Prefect's database under the running engine, as a careless person may."""
        server = self.installation.parts["server"]
        server.kill()
        self.blows["prefect.db"] += 1
        shutil.rmtree(self.installation.home / "prefect")
        server.start()
        self.installation.deploy()
        worker = self.installation.parts["worker"]
        worker.kill()
        worker.start(wait=False)
