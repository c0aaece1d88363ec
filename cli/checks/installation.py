"""What does a set-up need to work? One check for each thing; each says what it found.

A check that needs the database is left out while the database itself fails.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaigns.bootstrap import App
from campaigns.rules.clock.comparison import is_ahead
from campaigns.rules.deadlines.calendar import vietnam
from campaigns.rules.deadlines.errors import CalendarYearMissing
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.engine import measures
from campaigns.store.mail import mailboxes, pauses
from cli.checks.engine import ENGINE_CHECKS
from cli.checks.found import Found, Level, good
from cli.checks.people import PEOPLE_CHECKS, SET_MAIL, SET_URL
from cli.terminal import hints
from cli.terminal.terminal import Terminal
from cli.terminal.zones import when, zone_of_all
from language import Text, _
from language.errors import Refusal
from notifications.errors import NotificationError
from notifications.sending.smtp_connections import greet
from notifications.settings import load_mail_settings
from operations.installation import database_place, database_versions, open_app, open_settings
from operations.lock import OTHERS
from operations.prefect.password import PASSWORD

_SET_CLOCK = _("have the time synchronised (NTP)")
_LITTLE_GB, _LEAST_GB = 2.0, 0.2
_CLOCK_SECONDS: Final = 5.0
_PINNED: Final = ("prefect", "fastapi", "sqlalchemy", "pydantic")


class Finding(NamedTuple):
    """What one check has found."""

    name: str
    level: Level
    said: str
    remedy: str = ""


def findings(terminal: Terminal) -> Iterator[Finding]:
    """Carry out all checks, one after the other."""
    settings = open_settings()
    for name, check in _SETTINGS_CHECKS:
        yield _said(terminal, name, lambda check=check: check(settings))  # type: ignore[misc]
    try:
        app = open_app()
    except Refusal:
        return  # the check of the database has said so
    for name, look in (*_APP_CHECKS, *ENGINE_CHECKS):
        yield _said(terminal, name, lambda look=look: look(app))  # type: ignore[misc]


def _said(terminal: Terminal, name: str, check: Callable[[], Found]) -> Finding:
    try:
        level, phrase, values, remedy = check()
    except Refusal as problem:
        said = terminal.words(
            _("cannot be told: {problem}"), problem=hints.said(problem, terminal.language)
        )
        return Finding(name, "fail", said)
    told = terminal.words(remedy, **values) if remedy else ""
    return Finding(name, level, terminal.words(phrase, **values), told)


# --- Of the settings alone ------------------------------------------------------------------------


def _versions(_settings: Settings) -> Found:
    """Compare what is installed with the ranges the program declares."""
    for requirement in requires("thidua") or ():
        name, wanted = re.split(r"(?=[<>=!~\[; ])", requirement, maxsplit=1) + [""] * (
            not re.search(r"[<>=!~\[; ]", requirement)
        )
        if name not in _PINNED:
            continue
        try:
            have = version(name)
        except PackageNotFoundError:
            have = "-"
        if not _is_within(have, wanted):
            values: dict[str, object] = {"package": name, "version": have, "wanted": wanted}
            return (
                "fail",
                _("{package} {version} is not within {wanted}"),
                values,
                _("run make setup (or pip install -c constraints.txt .)"),
            )
    packages = ", ".join(f"{name} {version(name)}" for name in _PINNED)
    return good(
        _("Python {python}, {packages}"), python=platform.python_version(), packages=packages
    )


def _is_within(have: str, wanted: str) -> bool:
    """Compare versions by their numbers: all that our ranges use."""
    signs = {
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        "==": lambda a, b: a == b,
    }
    clauses = re.findall(r"(>=|<|==)\s*([\d.]+)", wanted.partition(";")[0])
    return have != "-" and all(
        signs[sign](_numbers(have, bound), _numbers(bound, have)) for sign, bound in clauses
    )


def _numbers(one: str, other: str) -> list[int]:
    found = [int(number) for number in re.findall(r"\d+", one)[:3]]
    return found + [0] * max(0, min(3, len(re.findall(r"\d+", other))) - len(found))


def _home(settings: Settings) -> Found:
    values: dict[str, object] = {"home": settings.home}
    if not settings.home.is_dir():
        return "fail", _("there is no {home}"), values, _("run thidua init")
    if not os.access(settings.home, os.W_OK | os.X_OK):
        return (
            "fail",
            _("{home} cannot be written to"),
            values,
            _("let the user who runs the program write there"),
        )
    mode = stat.S_IMODE(settings.home.stat().st_mode)
    if mode & OTHERS:
        return (
            "fail",
            _("others can enter {home} (mode {mode})"),
            values | {"mode": f"{mode:04o}"},
            _("chmod 700 {home}"),
        )
    return good(_("{home} can be written to"), **values)


def _disk(settings: Settings) -> Found:
    place = settings.home if settings.home.exists() else settings.home.absolute().parent
    free = shutil.disk_usage(place).free / 1e9
    level: Level = "ok" if free >= _LITTLE_GB else "warn" if free >= _LEAST_GB else "fail"
    return (
        level,
        _("{free} GB are free"),
        {"free": f"{free:.1f}"},
        None if level == "ok" else (_("free some, or move THIDUA_HOME")),
    )


def _database(settings: Settings) -> Found:
    have, want = database_versions(settings)
    values: dict[str, object] = {"place": database_place(settings), "have": have, "want": want}
    if have == want:
        return good(_("{place}, version {version}"), version=have, **values)
    if have is None:
        return (
            "fail",
            _("{place}: there is none, version {want} is needed"),
            values,
            _("run thidua init"),
        )
    remedy = (
        _("back it up, then run thidua db upgrade")
        if have < want
        else _("install the newer program")
    )
    return "fail", _("{place}: version {have}, {want} is needed"), values, remedy


def _secret(settings: Settings) -> Found:
    for name in ("secret.key", PASSWORD):
        path = settings.home / name
        if path.exists() and path.stat().st_mode & OTHERS:
            return "fail", _("others can read {file}"), {"file": path}, _("chmod 600 {file}")
    return good(
        _("set by THIDUA_SECRET")
        if settings.secret.get_secret_value()
        else _("readable by its owner only")
    )


def _mail(settings: Settings) -> Found:
    mail = load_mail_settings()
    host, port = mail.connects_to
    if not host:
        return "warn", Text("{place}"), {"place": settings.maildir}, SET_MAIL
    try:
        greet(mail)
    except NotificationError as problem:
        said = Text("{problem}")
        return "fail", said, {"problem": str(problem)}, _("see docs/how-to/set-up-mail.md")
    return good(_("{host}:{port} answers, and takes the login"), host=host, port=port)


def _public_url(settings: Settings) -> Found:
    if settings.public_url:
        return good(Text("{url}"), url=settings.public_url)
    leaves = bool(load_mail_settings().host)
    return (
        "warn" if leaves else "ok",
        _("not set: links in mails lead to this machine only"),
        {},
        SET_URL if leaves else None,
    )


_SETTINGS_CHECKS: Final[tuple[tuple[str, Callable[[Settings], Found]], ...]] = (
    ("versions", _versions),
    ("home", _home),
    ("disk", _disk),
    ("secret", _secret),
    ("database", _database),
    ("mail", _mail),
    ("public-url", _public_url),
)

# --- Of what the database holds -------------------------------------------------------------------


def _clock(app: App) -> Found:
    """Compare the clocks; where a log is dated far ahead, the clock or the log is at fault."""
    apart = app.read(None, measures.seconds_apart)
    if abs(apart) > _CLOCK_SECONDS:
        return (
            "fail",
            _("{seconds} s apart from the database's"),
            {"seconds": round(apart)},
            _SET_CLOCK,
        )
    present = app.store.compared()
    if not present.is_believed:
        seconds = round(present.lead.total_seconds())
        return (
            "fail",
            _("{seconds} s ahead of all other processes; nothing is recorded"),
            {"seconds": seconds},
            _SET_CLOCK,
        )
    last, now = app.read(None, measures.last_event_at), app.read(None, lambda tx: tx.wall)
    if last is not None and (last - now).total_seconds() > _CLOCK_SECONDS:
        behind = round((last - now).total_seconds())
        remedy = (
            _(
                "see thidua clock show: if the clock is right now, thidua clock repair; "
                "if not, have the time synchronised (NTP)"
            )
            if is_ahead(last, now)
            else _SET_CLOCK
        )
        return "fail", _("{seconds} s behind the last recorded event"), {"seconds": behind}, remedy
    return good(_("agrees with the other clocks"))


def _messages(app: App) -> Found:
    counts = dict.fromkeys(("held", "failed", "returned", "uncertain"), 0)
    for one in app.read(None, measures.messages):
        if one.state in counts:
            counts[one.state] += one.number
    if not any(counts.values()):
        return good(_("none failed, came back or is held"))
    # One command for each: what stands in a hint is pasted.
    looks = "; ".join(
        f"thidua outbox list --state {state}" for state, count in counts.items() if count
    )
    return (
        "warn",
        _("held {held}, failed {failed}, came back {returned}, uncertain {uncertain}"),
        {**counts, "commands": looks},
        _("see {commands}"),
    )


def _mail_server(app: App) -> Found:
    """Say whether the server took what was handed to it last; to greet it shows no refusal."""
    pause = app.read(None, pauses.present)
    if pause is None:
        return good(_("refused nothing when last tried"))
    zone = zone_of_all(app)
    values: dict[str, object] = {
        "since": when(pause.since, zone),
        "until": when(pause.until, zone),
        "said": pause.said,
    }
    return (
        "fail",
        _("takes no mail from us since {since} (tried again {until}): {said}"),
        values,
        _("talk to whoever runs it; once mended, thidua outbox retry --as PERSON"),
    )


def _notices(app: App) -> Found:
    """Say what mail that came back has come to."""
    failing = sum(one.failing_since is not None for one in app.read(None, mailboxes.all_failing))
    month = app.now() - timedelta(days=30)
    counted = app.read(None, mailboxes.notices_since, month)
    values: dict[str, object] = {
        "failing": failing,
        "refused": counted.get("refused", 0),
        "unproven": counted.get("unproven", 0),
    }
    if not any(values.values()):
        return good(_("nothing came back"))
    return (
        "warn",
        _(
            "{failing} addresses get nothing; in 30 days {refused} refusals for our "
            "sake, {unproven} notices about no known mail"
        ),
        values,
        _("see thidua bounces list"),
    )


def _calendar(app: App) -> Found:
    years = {app.read(None, lambda tx: tx.wall).year}
    for code in app.read(None, campaigns.codes):
        for stage in app.read(code, campaigns.stages):
            years |= {stage.opens_at.year, stage.approval_due_at.year}
    told = ", ".join(map(str, sorted(years)))
    try:
        vietnam(years)
    except CalendarYearMissing:
        return (
            "fail",
            _("not known for {years}"),
            {"years": told},
            _("update the library holidays, or write the days off into the playbook"),
        )
    return good(_("known for {years}"), years=told)


def _zones(app: App) -> Found:
    names = {"Asia/Ho_Chi_Minh"}
    for code in app.read(None, campaigns.codes):
        names.add(app.read(code, lambda tx: tx.playbook.timezone))
    missing = [name for name in sorted(names) if not _is_known(name)]
    if missing:
        return (
            "fail",
            _("no data of {zones}"),
            {"zones": ", ".join(missing)},
            _("install the package tzdata"),
        )
    return good(Text("{zones}"), zones=", ".join(sorted(names)))


def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


_APP_CHECKS: Final[tuple[tuple[str, Callable[[App], Found]], ...]] = (
    ("clock", _clock),
    ("messages", _messages),
    ("mail-server", _mail_server),
    ("notices", _notices),
    *PEOPLE_CHECKS,
    ("calendar", _calendar),
    ("zones", _zones),
)
