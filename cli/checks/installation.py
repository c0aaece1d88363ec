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
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from campaigns.bootstrap import App
from campaigns.rules.appraisal.panels import Able
from campaigns.rules.calendar import vietnam
from campaigns.rules.clock.comparison import is_ahead
from campaigns.rules.deadlines.errors import CalendarYearMissing
from campaigns.services.appraisal import able
from campaigns.services.signing import one_time_codes
from campaigns.settings import Settings
from campaigns.store import campaigns
from campaigns.store.engine import measures
from campaigns.store.mail import mailboxes, pauses
from cli.checks.engine import ENGINE_CHECKS
from cli.terminal import hints
from cli.terminal.terminal import Terminal
from cli.terminal.zones import when, zone_of_all
from cli.words import doctor as words
from language.errors import Refusal
from language.phrase import Phrase
from notifications.errors import NotificationError
from notifications.sending.smtp_connections import greet
from notifications.settings import load_mail_settings
from operations.installation import database_place, database_versions, open_app, open_settings
from operations.language import LANGUAGES
from operations.lock import OTHERS
from operations.prefect.password import PASSWORD
from schemas.vocabulary import CampaignState

Level = Literal["ok", "warn", "fail"]
_LITTLE_GB, _LEAST_GB = 2.0, 0.2
_CLOCK_SECONDS: Final = 5.0
_PINNED: Final = ("prefect", "fastapi", "sqlalchemy", "pydantic")


class Finding(NamedTuple):
    """What one check has found."""

    name: str
    level: Level
    said: str
    remedy: str = ""


Found = tuple[Level, Phrase, dict[str, object], Phrase | None]


def good(phrase: Phrase, **values: object) -> Found:
    """Say that something is as it must be."""
    return "ok", phrase, values, None


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
        said = terminal.words(words.CANNOT_TELL, problem=hints.said(problem, terminal.language))
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
            return "fail", words.PACKAGE_WRONG, values, words.REINSTALL
    packages = ", ".join(f"{name} {version(name)}" for name in _PINNED)
    return good(words.VERSIONS_GOOD, python=platform.python_version(), packages=packages)


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
        return "fail", words.HOME_MISSING, values, words.RUN_INIT
    if not os.access(settings.home, os.W_OK | os.X_OK):
        return "fail", words.HOME_LOCKED, values, words.GIVE_RIGHTS
    mode = stat.S_IMODE(settings.home.stat().st_mode)
    if mode & OTHERS:
        return "fail", words.HOME_OPEN, values | {"mode": f"{mode:04o}"}, words.CLOSE_HOME
    return good(words.HOME_GOOD, **values)


def _disk(settings: Settings) -> Found:
    place = settings.home if settings.home.exists() else settings.home.absolute().parent
    free = shutil.disk_usage(place).free / 1e9
    level: Level = "ok" if free >= _LITTLE_GB else "warn" if free >= _LEAST_GB else "fail"
    return (
        level,
        words.DISK_FREE,
        {"free": f"{free:.1f}"},
        None if level == "ok" else (words.FREE_DISK),
    )


def _database(settings: Settings) -> Found:
    have, want = database_versions(settings)
    values: dict[str, object] = {"place": database_place(settings), "have": have, "want": want}
    if have == want:
        return good(words.DATABASE_GOOD, version=have, **values)
    if have is None:
        return "fail", words.DATABASE_MISSING, values, words.RUN_INIT
    remedy = words.RUN_UPGRADE if have < want else words.INSTALL_NEWER
    return "fail", words.DATABASE_OTHER, values, remedy


def _secret(settings: Settings) -> Found:
    for name in ("secret.key", PASSWORD):
        path = settings.home / name
        if path.exists() and path.stat().st_mode & OTHERS:
            return "fail", words.SECRET_OPEN, {"file": path}, words.CLOSE_SECRET
    return good(words.SECRET_SET if settings.secret.get_secret_value() else words.SECRET_GOOD)


def _mail(settings: Settings) -> Found:
    mail = load_mail_settings()
    host, port = mail.connects_to
    if not host:
        where = Phrase(f"{settings.maildir}", f"{settings.maildir}")
        return "warn", where, {}, words.SET_MAIL
    try:
        greet(mail)
    except NotificationError as problem:
        said = Phrase("{problem}", "{problem}")
        return "fail", said, {"problem": str(problem)}, words.SEE_MAIL
    return good(words.MAIL_SERVER, host=host, port=port)


def _public_url(settings: Settings) -> Found:
    if settings.public_url:
        return good(words.URL_GOOD, url=settings.public_url)
    leaves = bool(load_mail_settings().host)
    return "warn" if leaves else "ok", words.URL_LOCAL, {}, words.SET_URL if leaves else None


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
        return "fail", words.CLOCK_OFF, {"seconds": round(apart)}, words.SET_CLOCK
    present = app.store.compared()
    if not present.is_believed:
        seconds = round(present.lead.total_seconds())
        return "fail", words.CLOCK_AHEAD, {"seconds": seconds}, words.SET_CLOCK
    last, now = app.read(None, measures.last_event_at), app.read(None, lambda tx: tx.wall)
    if last is not None and (last - now).total_seconds() > _CLOCK_SECONDS:
        behind = round((last - now).total_seconds())
        remedy = words.REPAIR_CLOCK if is_ahead(last, now) else words.SET_CLOCK
        return "fail", words.CLOCK_BEHIND, {"seconds": behind}, remedy
    return good(words.CLOCK_GOOD)


def _messages(app: App) -> Found:
    counts = dict.fromkeys(("held", "failed", "returned", "uncertain"), 0)
    for one in app.read(None, measures.messages):
        if one.state in counts:
            counts[one.state] += one.number
    if not any(counts.values()):
        return good(words.MESSAGES_GOOD)
    # One command for each: what stands in a hint is pasted.
    looks = "; ".join(
        f"thidua outbox list --state {state}" for state, count in counts.items() if count
    )
    return "warn", words.MESSAGES_WAIT, {**counts, "commands": looks}, words.LOOK_MESSAGES


def _mail_server(app: App) -> Found:
    """Say whether the server took what was handed to it last; to greet it shows no refusal."""
    pause = app.read(None, pauses.present)
    if pause is None:
        return good(words.MAIL_TAKEN)
    zone = zone_of_all(app)
    values: dict[str, object] = {
        "since": when(pause.since, zone),
        "until": when(pause.until, zone),
        "said": pause.said,
    }
    return "fail", words.MAIL_REFUSED, values, words.TRY_MAIL


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
        return good(words.NOTICES_GOOD)
    return "warn", words.NOTICES_CAME, values, words.SEE_BOUNCES


def _people(app: App) -> Found:
    without = app.read(None, measures.people).without_address
    if not without:
        return good(words.PEOPLE_GOOD)
    return "warn", words.PEOPLE_WITHOUT, {"count": without}, words.IMPORT_PEOPLE


def _judges(app: App) -> Found:
    """Say where campaigns that run have too few people free of conflict."""
    said: list[Phrase] = []
    for code in app.read(None, campaigns.codes):
        if app.read(code, lambda tx: tx.campaign.state) == CampaignState.RUNNING:
            of_nominations, of_units = app.read(code, able.lacking)
            said += [_few(code, words.NOMINATIONS_FEW[one.role], one) for one in of_nominations]
            said += [_few(code, words.UNITS_FEW[one.role], one) for one in of_units]
    if not said:
        return good(words.JUDGES_GOOD)
    values: dict[str, object] = {
        f"{language}_{number}": getattr(one, language)
        for number, one in enumerate(said)
        for language in LANGUAGES
    }
    vi, en = ("; ".join(f"{{{one}_{at}}}" for at in range(len(said))) for one in LANGUAGES)
    return "warn", Phrase(vi, en), values, words.APPOINT


def _few(campaign: str, phrase: Phrase, found: Able) -> Phrase:
    values = {"campaign": campaign, "count": len(found.short), "needed": found.needed}
    listed = able.listed(found.short)
    return Phrase(*(phrase.say(one, listed=listed, **values) for one in LANGUAGES))


def _codes(app: App) -> Found:
    """Say whether one-time codes reach whom the playbooks of living campaigns ask for them."""
    asking, without = 0, set[str]()
    for code in app.read(None, campaigns.codes):
        for person_id, address in app.read(code, one_time_codes.reached):
            asking += 1
            if not address:
                without.add(person_id)
    values: dict[str, object] = {"count": len(without), "people": ", ".join(sorted(without))}
    if not asking:
        return good(words.CODES_NONE)
    if without:
        return "warn", words.CODES_WITHOUT, values, words.IMPORT_PEOPLE
    if not app.settings.public_url:
        return "warn", words.CODES_NO_LINKS, values, words.SET_URL
    if not load_mail_settings().host:
        return "warn", words.CODES_AS_FILES, values, words.SET_MAIL
    return good(words.CODES_GOOD)


def _calendar(app: App) -> Found:
    years = {app.read(None, lambda tx: tx.wall).year}
    for code in app.read(None, campaigns.codes):
        for stage in app.read(code, campaigns.stages):
            years |= {stage.opens_at.year, stage.approval_due_at.year}
    told = ", ".join(map(str, sorted(years)))
    try:
        vietnam(years)
    except CalendarYearMissing:
        return "fail", words.CALENDAR_UNKNOWN, {"years": told}, words.UPDATE_HOLIDAYS
    return good(words.CALENDAR_GOOD, years=told)


def _zones(app: App) -> Found:
    names = {"Asia/Ho_Chi_Minh"}
    for code in app.read(None, campaigns.codes):
        names.add(app.read(code, lambda tx: tx.playbook.timezone))
    missing = [name for name in sorted(names) if not _is_known(name)]
    if missing:
        return "fail", words.ZONES_MISSING, {"zones": ", ".join(missing)}, words.INSTALL_ZONES
    return good(words.ZONES_GOOD, zones=", ".join(sorted(names)))


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
    ("people", _people),
    ("judges", _judges),
    ("codes", _codes),
    ("calendar", _calendar),
    ("zones", _zones),
)
