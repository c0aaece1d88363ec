"""What does a person see while everything runs? One screen, or a line for each change."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from rich.console import Group
from rich.live import Live
from rich.text import Text as Styled

from campaigns.bootstrap import App
from campaigns.services import standing
from campaigns.store import campaigns
from campaigns.store.database import OUT_OF_REACH
from campaigns.store.engine import measures
from cli.screens.standing import waiting_line, zone_of
from cli.terminal.tables import table
from cli.terminal.terminal import Terminal
from cli.terminal.zones import zone_of_all
from language import Text, _, pgettext
from operations.prefect.server import takes_long
from operations.processes.supervisor import Running, Supervisor
from schemas.vocabulary import CampaignState, label

_PARTS: Final = {
    "prefect": _("Prefect (server and pages)"),
    "deploy": _("Deployments"),
    "worker": _("Worker"),
    "warm": _("Quick start of runs"),
    "relay": _("Relay"),
    "web": _("Web pages and API"),
    "mail": _("Mail"),
}
_STATES: Final = {
    "waits": _("waits"),
    "starts": _("starting"),
    "well": _("running"),
    "unwell": _("does not answer"),
    "died": _("ended (code {code}), starts again"),
    "done": _("done"),
}
_FIRST_TIME = _("The first time, Prefect prepares its database: about half a minute.")

_READ_SECONDS: Final = 3.0
_LISTED: Final = 12
_COLOURS: Final = {"well": "green", "done": "green", "died": "bold red", "unwell": "bold red"}


class Standing:
    """What the campaigns wait for and how the mail stands, read now and then."""

    def __init__(self, app: App, terminal: Terminal) -> None:
        self._app, self._terminal, self._read_at = app, terminal, 0.0
        self.campaigns: dict[str, tuple[str, str]] = {}
        """By code: the state, and what it waits for; the newest."""
        self.others = 0
        """Campaigns that are not among them."""
        self.zone = ZoneInfo("UTC")
        """In which times are told that belong to no campaign."""
        self.mail: Counter[str] = Counter()

    def read(self) -> None:
        """Read what may have changed; what cannot be read now stays as it was."""
        if time.monotonic() - self._read_at < _READ_SECONDS:
            return
        self._read_at = time.monotonic()
        try:
            codes = self._app.read(None, campaigns.codes)
            self.campaigns = {code: self._of(code) for code in codes[-_LISTED:]}
            self.others = len(codes) - len(self.campaigns)
            self.zone = zone_of_all(self._app)
            self.mail = Counter()
            for one in self._app.read(None, measures.messages):
                self.mail[one.state] += one.number
        except OUT_OF_REACH:
            return

    def _of(self, code: str) -> tuple[str, str]:
        record = self._app.read(code, lambda tx: tx.campaign)
        language = self._terminal.language
        if record.state == CampaignState.CLOSED:
            return label(record.state, language), ""
        waiting, now = (
            self._app.read(code, standing.waiting),
            self._app.read(code, lambda tx: tx.now),
        )
        zone = zone_of(self._app, code)
        said = waiting_line(self._terminal, waiting, zone, now)
        return label(record.state, language), said

    def mail_line(self, terminal: Terminal) -> str:
        """Say how many messages wait, and how many could not be sent."""
        kinds = ("queued", "held", "failed", "returned", "uncertain")
        return terminal.words(
            _(
                "queued {queued}, held {held}, failed {failed}, came back {returned}, "
                "uncertain {uncertain}"
            ),
            **{kind: self.mail[kind] for kind in kinds},
        )


def state_of(terminal: Terminal, one: Running) -> str:
    """Say how a part is."""
    return terminal.words(_STATES[one.state], code=one.code)


def since(one: Running, zone: ZoneInfo) -> str:
    """Say since when it is so, as the clocks of a zone show it."""
    if not one.since:
        return ""
    # The real time of an instant of the monotonic clock; only to be looked at.
    past = timedelta(seconds=time.monotonic() - one.since)
    return f"{(datetime.now(UTC) - past).astimezone(zone):%H:%M:%S}"  # noqa: TID251 - as said


class Screen:
    """One screen that is drawn anew; for a terminal."""

    def __init__(self, terminal: Terminal, app: App, supervisor: Supervisor) -> None:
        self._terminal, self._app, self._supervisor = terminal, app, supervisor
        self._standing = Standing(app, terminal)
        self._first_time = takes_long(app.settings.prefect_home)
        self._live = Live(console=terminal.out, screen=True, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def show(self) -> None:
        """Draw it."""
        self._standing.read()
        self._first_time = self._first_time and takes_long(self._app.settings.prefect_home)
        self._live.update(self._whole(), refresh=True)

    def say(self, phrase: Text, **_values: object) -> None:
        """Say nothing: the screen shows it."""

    def _whole(self) -> Group:
        terminal = self._terminal
        head = terminal.words(_("thidua · {home} · Ctrl-C ends it"), home=self._app.settings.home)
        shown: list[object] = [Styled(head, style="bold"), "", self._parts(), ""]
        if self._first_time:
            shown.append(Styled(terminal.words(_FIRST_TIME), style="dim"))
        rows = [(code, *told) for code, told in self._standing.campaigns.items()]
        heads = (_("Campaign"), _("State"), _("Waits for"))
        if rows:
            shown.append(table(terminal, heads, rows, wide=(2,)))
            if self._standing.others:
                shown.append(
                    terminal.words(
                        _("And {count} older campaigns: thidua campaign list."),
                        count=self._standing.others,
                    )
                )
            shown.append(
                Styled(
                    terminal.words(_("Times are in {zone}."), zone=self._standing.zone.key),
                    style="dim",
                )
            )
        else:
            shown.append(terminal.words(_("There is no campaign yet.")))
        return Group(*shown)  # type: ignore[arg-type]

    def _parts(self) -> object:
        terminal = self._terminal
        rows = [
            (
                terminal.words(_PARTS[name]),
                state_of(terminal, one),
                one.part.address,
                since(one, self._standing.zone),
                one.restarts or "",
            )
            for name, one in self._supervisor.running.items()
        ]
        transport = self._app.transport.description(terminal.language)
        mail = self._standing.mail_line(terminal)
        rows.append((terminal.words(_PARTS["mail"]), mail, transport, "", ""))
        heads = (_("Part"), _("State"), _("Address"), pgettext("part", "Since"), _("Restarts"))
        made = table(terminal, heads, rows, wide=(2,))
        for row, one in zip(made.rows, self._supervisor.running.values(), strict=False):
            row.style = _COLOURS.get(one.state, "yellow")
        return made


class Lines:
    """One line for each change; where no terminal watches."""

    def __init__(self, terminal: Terminal, app: App, supervisor: Supervisor) -> None:
        self._terminal, self._supervisor = terminal, supervisor
        self._standing = Standing(app, terminal)
        self._first_time = takes_long(app.settings.prefect_home)
        self._told: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def show(self) -> None:
        """Tell what has changed."""
        for name, one in self._supervisor.running.items():
            if self._first_time and one.state == "starts" and name == "prefect":
                self._tell("first", self._terminal.words(_FIRST_TIME))
            part, state = self._terminal.words(_PARTS[name]), state_of(self._terminal, one)
            line = self._terminal.words(
                Text("{part}: {state} {address}"), part=part, state=state, address=one.part.address
            )
            self._tell(name, line.rstrip())
        self._standing.read()
        for code, (_state, waiting) in self._standing.campaigns.items():
            if waiting:
                line = self._terminal.words(Text("{code}: {waiting}"), code=code, waiting=waiting)
                self._tell(f"campaign {code}", line)

    def say(self, phrase: Text, **values: object) -> None:
        """Tell something once."""
        self._tell(phrase.message, self._terminal.words(phrase, **values))

    def _tell(self, key: str, line: str) -> None:
        if self._told.get(key) != line:
            self._told[key] = line
            self._terminal.show(line)
            self._terminal.out.file.flush()


def screen_of(terminal: Terminal, app: App, supervisor: Supervisor) -> Screen | Lines:
    """Return what fits where the output goes."""
    kind = Screen if terminal.out.is_terminal else Lines
    return kind(terminal, app, supervisor)
