"""What does one see while a campaign runs? Its stages and counts, read beside the engine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from campaigns.bootstrap import App
from campaigns.store import campaigns, replication
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.transaction import Transaction
from cli.terminal.terminal import Terminal
from language import _
from schemas.vocabulary import NominationState, StageState, label

_SECONDS: Final = 0.4
_PASSED: Final = frozenset(
    {
        NominationState.ELIGIBLE,
        NominationState.APPRAISED,
        NominationState.SHORTLISTED,
        NominationState.RECOGNISED,
        NominationState.NOT_RECOGNISED,
    }
)
_BEFORE_COUNCIL: Final = frozenset(
    {
        NominationState.SHORTLISTED,
        NominationState.RECOGNISED,
        NominationState.NOT_RECOGNISED,
    }
)
_MARKS: Final = {
    StageState.PENDING: ("·", "dim"),
    StageState.OPEN: ("▸", "bold cyan"),
    StageState.AWAITING_APPROVAL: ("▸", "bold yellow"),
    StageState.APPROVED: ("✓", "green"),
    StageState.ENDED: ("✗", "dim"),
}


class Snapshot(NamedTuple):
    """Where a campaign stands at one moment, in counts."""

    now: datetime
    stages: tuple[tuple[str, str], ...]
    received: int
    eligible: int
    shortlisted: int
    recognised: int
    adopted: int
    messages: int


def take(tx: Transaction) -> Snapshot:
    """Count."""
    states = nominations.count_by_state(tx)
    return Snapshot(
        now=tx.now,
        stages=tuple((stage.name, stage.state) for stage in campaigns.stages(tx)),
        received=sum(states.values()),
        eligible=sum(number for state, number in states.items() if state in _PASSED),
        shortlisted=sum(number for state, number in states.items() if state in _BEFORE_COUNCIL),
        recognised=states.get(NominationState.RECOGNISED, 0),
        adopted=replication.count(tx),
        messages=sum(messages.counts(tx).values()),
    )


@contextmanager
def progress(terminal: Terminal, app: App, campaign_code: str) -> Iterator[None]:
    """Show a campaign's progress while the block runs."""
    watch = _Watch(terminal, app, campaign_code)
    with watch.screen():
        thread = threading.Thread(target=watch.run, daemon=True)
        thread.start()
        try:
            yield
        finally:
            watch.over.set()
            thread.join()
            watch.look()


class _Watch:
    def __init__(self, terminal: Terminal, app: App, campaign_code: str) -> None:
        self.over = threading.Event()
        self._terminal, self._app, self._code = terminal, app, campaign_code
        self._zone = ZoneInfo(app.read(campaign_code, lambda tx: tx.playbook.timezone))
        self._started = time.perf_counter()
        self._told: dict[str, str] = {}
        self._live: Live | None = None

    def screen(self) -> AbstractContextManager[object]:
        """Take over the terminal's last lines; elsewhere lines are simply printed."""
        if not self._terminal.err.is_terminal:
            return nullcontext()
        first = self._app.read(self._code, take)
        self._live = Live(
            self._picture(first), console=self._terminal.err, refresh_per_second=4, transient=True
        )
        return self._live

    def run(self) -> None:
        """Look again and again until the block is over."""
        while not self.over.wait(_SECONDS):
            self.look()

    def look(self) -> None:
        """Look once."""
        snapshot = self._app.read(self._code, take)
        if self._live is not None:
            self._live.update(self._picture(snapshot))
        else:
            self._tell(snapshot)

    def _tell(self, snapshot: Snapshot) -> None:
        """Print one line for each stage that changed; a log is read later, by its changes."""
        for name, state in snapshot.stages:
            if self._told.get(name, StageState.PENDING) != state:
                self._told[name] = state
                self._terminal.note(
                    _(
                        "{day}  {stage}: {state} · received {received}, eligible {eligible}, "
                        "shortlisted {shortlisted}, recognised {recognised}, replications "
                        "{adopted}, messages {messages}"
                    ),
                    stage=label(name, self._terminal.language),
                    state=label(state, self._terminal.language),
                    day=self._day(snapshot),
                    **snapshot._asdict(),
                )

    def _day(self, snapshot: Snapshot) -> str:
        return f"{snapshot.now.astimezone(self._zone):%d/%m/%Y}"

    def _picture(self, snapshot: Snapshot) -> Group:
        stages = Table.grid(padding=(0, 2))
        for name, state in snapshot.stages:
            mark, style = _MARKS[StageState(state)]
            stages.add_row(
                Text(mark, style=style),
                label(name, self._terminal.language),
                Text(label(state, self._terminal.language), style=style),
            )
        seconds = time.perf_counter() - self._started
        counts = self._terminal.words(
            _(
                "Received {received} · eligible {eligible} · shortlisted {shortlisted} "
                "· recognised {recognised}\nReplications {adopted} · messages {messages}"
            ),
            **snapshot._asdict(),
        )
        clock = self._terminal.words(
            _("Day in the campaign: {day} · running for {seconds} s"),
            day=self._day(snapshot),
            seconds=f"{seconds:.0f}",
        )
        return Group(stages, Text(counts), Text(clock, style="dim"))
