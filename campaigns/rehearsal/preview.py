"""What would this campaign come to? Rehearsed before its launch, as files to sign off.

The campaign is gone through in a database of its own that is thrown away, by the same services as a
real one (`campaigns.rehearsal.invented`). Its mail is written to files and nowhere else, whatever
the settings say: the addresses are those of real people.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from campaigns import acts, intake
from campaigns.bootstrap import App, build
from campaigns.intake import Request, digest_of
from campaigns.rehearsal.invented import InventedActs, nominating_units
from campaigns.rehearsal.player import RECORDED
from campaigns.rules import keys
from campaigns.rules.deadlines.calendar import WorkingCalendar
from campaigns.rules.deadlines.reminders import working_days
from campaigns.rules.playbook.reading import playbook_hash
from campaigns.rules.rehearsal import doubts as rules
from campaigns.rules.rehearsal import synthetic
from campaigns.services import standing
from campaigns.services.appraisal import able
from campaigns.services.approvers import rights_of_stage
from campaigns.services.nomination import reach
from campaigns.services.registers.directory import Directory
from campaigns.settings import Settings
from campaigns.store import schema
from campaigns.store.database import open_engine
from campaigns.store.nomination import nominations
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from documents.pages.preview import calendar_text, write_page
from documents.writing.tables import write_csv
from language import Text, _
from language.errors import Refusal
from language.harmless import slug
from notifications.errors import MailAddressInvalid
from notifications.sending.mail import compose
from notifications.settings import MailSettings
from schemas.actors import Actor
from schemas.commands.launch import CreateCampaign, LaunchCampaign
from schemas.imports import ImportReport
from schemas.messages.outgoing import DeliveryOutcome, OutgoingMail
from schemas.outcomes import Remark
from schemas.playbook.playbook import Playbook
from schemas.views.preview import DateLine, MailDay, MailGroup, MailSample, PostedMail, SignOff
from schemas.vocabulary import STAGES, MessageState, Role, Stage, label

MANIFEST: Final = "manifest.json"
PAGE: Final = "sign-off.html"
_LEAST: Final = 6
_MOST: Final = 400
_NAME: Final = 40


@dataclass(frozen=True)
class Inputs:
    """What is rehearsed."""

    playbook: Playbook
    playbook_file: Path | None
    """None: one that comes with the program."""
    units: Path
    people: Path
    seed: int
    nominations: int | None
    """None: one for each unit that may nominate, and enough to break each rule."""


@dataclass
class Mailbox:
    """Where the mail of a rehearsal goes: one file each."""

    folder: Path
    zone: ZoneInfo
    mails: list[PostedMail] = field(default_factory=list)
    begun: Sequence[Remark] = ()
    """What was told when the campaign began."""
    stopped: str = ""
    """What the rehearsal could not go on for, where it could not."""

    def post(self, at: datetime, mails: Sequence[OutgoingMail]) -> list[DeliveryOutcome]:
        """Write mails as files; one that cannot be addressed is kept in the list, without one."""
        return [self._post(at.astimezone(self.zone).replace(tzinfo=None), mail) for mail in mails]

    def _post(self, at: datetime, mail: OutgoingMail) -> DeliveryOutcome:
        number = len(self.mails) + 1
        who = slug(mail.to_name)[:_NAME].strip("-")
        name = f"messages/{number:05d}_{at:%Y-%m-%d}_{mail.template}_{who}.eml"
        problem = "" if mail.to_address else "không có địa chỉ"
        try:
            octets = b"" if problem else compose(mail, MailSettings.model_construct().sender)
        except MailAddressInvalid as invalid:
            problem = str(invalid)
        if not problem:
            (self.folder / name).write_bytes(octets)
        posted = PostedMail(
            at=at,
            template=mail.template,
            to_name=mail.to_name,
            to_address=mail.to_address,
            subject=mail.content.subject,
            text=mail.content.text,
            file="" if problem else name,
            problem=problem,
        )
        self.mails.append(posted)
        state = MessageState.FAILED if problem else MessageState.SENT
        return DeliveryOutcome(message_id=mail.message_id, state=state, detail=problem)


# --- Prepared ------------------------------------------------------------------------------------


def open_beside(home: Path) -> App:
    """Open an installation in an empty folder, whatever database the settings name."""
    settings = Settings(home=home, database_url="", accept_valid=True, public_url="")
    schema.upgrade(open_engine(settings.database))
    return build(settings)


def enter(app: App, inputs: Inputs) -> list[tuple[Path, ImportReport]]:
    """Import units and people; return the reports, with every problem of both files."""
    start = inputs.playbook.instant(inputs.playbook.calendar.launch.opens)
    units, people_file = (
        Request(path, Actor(RECORDED, "system"), accept_valid=True)
        for path in (inputs.units, inputs.people)
    )
    return [
        (inputs.units, intake.import_units(app, units)),
        (inputs.people, intake.import_people(app, people_file, start.date())),
    ]


def begin(app: App, inputs: Inputs) -> tuple[Remark, ...]:
    """Create and launch the campaign; say how many may judge what units nominate.

    Raises:
        LaunchNotAllowed: Something a launch needs is missing; the error names all of it.
    """
    playbook, code = inputs.playbook, inputs.playbook.code
    create = CreateCampaign(
        command_id=keys.command_id("rehearsal", "create", code, playbook_hash(playbook)),
        code=code,
        rehearsal_starts_at=playbook.instant(playbook.calendar.launch.opens),
    )
    acts.carry_out(app, Actor(RECORDED, "system"), None, create, playbook)
    coordinators = app.read(code, lambda tx: Directory(tx).holding(Role.COORDINATOR))
    who = coordinators[0].id if coordinators else RECORDED
    start = LaunchCampaign(command_id=keys.launch_command(code), person_id=who)
    acts.carry_out(app, Actor(who, "system"), code, start)
    return app.read(code, able.told)


def play(app: App, inputs: Inputs, folder: Path, begun: Sequence[Remark]) -> Mailbox:
    """Go through the campaign that has begun; its mail lies in `folder` afterwards."""
    playbook, code = inputs.playbook, inputs.playbook.code
    (folder / "messages").mkdir(parents=True)
    box = Mailbox(folder, ZoneInfo(playbook.timezone), begun=begun)
    acts = InventedActs(app, code, size_of(app, inputs), inputs.seed, box.post)
    try:
        acts.play_all()
    except Refusal as problem:
        # What went so far is worth a look, and the page says first where it stopped.
        box.stopped = problem.say("vi")
    return box


def size_of(app: App, inputs: Inputs) -> int:
    """Return how many nominations are invented."""
    if inputs.nominations is not None:
        return inputs.nominations
    units = len(app.read(inputs.playbook.code, nominating_units))
    enough = 2 * len(synthetic.breakable(inputs.playbook)) + _LEAST
    return min(max(units, enough), _MOST)


# --- Told ----------------------------------------------------------------------------------------


def write(
    app: App,
    inputs: Inputs,
    box: Mailbox,
    advice: Sequence[str],
    kind_name: Callable[[str], str],
) -> SignOff:
    """Write calendar, list of messages, page and manifest beside the mails."""
    playbook, folder = inputs.playbook, box.folder
    mails = sorted(box.mails, key=lambda mail: mail.at)
    (folder / "calendar.ics").write_text(calendar_text(playbook), encoding="utf-8", newline="")
    heads = ("at", "template", "to_name", "to_address", "subject", "file", "problem")
    rows = ([getattr(mail, head) for head in heads] for mail in mails)
    write_csv(folder / "messages.csv", heads, rows)
    given = _given(inputs, size_of(app, inputs))
    files = {
        path.relative_to(folder).as_posix(): digest_of(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    identity = _digest({"inputs": given, "files": files})
    calendar = working_days(playbook, [mail.at for mail in mails] + [_instants(playbook)[0][1]])
    found = rules.doubts(playbook, app.read(playbook.code, _facts, box.stopped, box.begun), mails)
    page = SignOff(
        identity=identity,
        campaign_code=playbook.code,
        campaign_name=playbook.name.vi,
        timezone=playbook.timezone,
        playbook=playbook.playbook,
        playbook_version=playbook.version,
        inputs=tuple((what, one["name"], one["sha256"]) for what, one in given.items()),
        warnings=(*(one.say("vi") for one in found), *advice),
        counts=app.read(playbook.code, _counts),
        dates=_dates(playbook, calendar),
        days=_days(mails, calendar, kind_name),
        samples=_samples(mails, kind_name),
        mails=len(mails),
    )
    write_page(folder / PAGE, page)
    files[PAGE] = digest_of(folder / PAGE)
    manifest = {
        "rehearsal": identity,
        "campaign": playbook.code,
        "inputs": given,
        "messages": len(mails),
        "files": files,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return page


def _given(inputs: Inputs, size: int) -> dict[str, dict[str, str]]:
    """Name everything the rehearsal was made of, by content."""
    playbook = inputs.playbook
    name = inputs.playbook_file.name if inputs.playbook_file else playbook.playbook
    values = {"seed": str(inputs.seed), "nominations": str(size)}
    return {
        "playbook": {"name": name, "sha256": playbook_hash(playbook)},
        "units": {"name": inputs.units.name, "sha256": digest_of(inputs.units)},
        "people": {"name": inputs.people.name, "sha256": digest_of(inputs.people)},
        **{key: {"name": value, "sha256": ""} for key, value in values.items()},
    }


def _digest(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(tx: Transaction, stopped: str, begun: Sequence[Remark]) -> rules.Facts:
    directory, playbook = Directory(tx), tx.playbook
    nominating, kinds = nominating_units(tx), playbook.messages.announce_to_kinds
    named = {one.unit_id for one in directory.holding(Role.NOMINATOR)}
    units = directory.active_units
    wanted = [unit.id for unit in reach.nominating_units(tx, directory)]
    places = [playbook.quota.for_kind(kind) for _unit, kind in nominating]
    waiting = standing.waiting(tx)
    where = f"{label(waiting.stage, 'vi')} ({waiting.what})" if waiting else ""
    return rules.Facts(
        people_without_address=[
            f"{one.full_name} ({one.id})" for one in people.everyone(tx).values() if not one.email
        ],
        units_without_address=[
            one.name for one in units.values() if not one.email and (not kinds or one.kind in kinds)
        ],
        units_without_nominator=[units[one].name for one in sorted(wanted) if one not in named],
        places=None if None in places else sum(filter(None, places)),
        reviewers=len(directory.holding(Role.REVIEWER)),
        approvers={stage: _approvers(tx, stage) for stage in STAGES},
        too_few=[one for one in begun if one.code in able.FEW],
        waits_for=" ".join(filter(None, (where, stopped))),
    )


def _approvers(tx: Transaction, stage: Stage) -> list[int]:
    """Count who can approve in each group of a stage's approvers, without the launcher."""
    able = Counter(
        right.step
        for right in rights_of_stage(tx, stage)
        if right.person_id != tx.campaign.launched_by
    )
    chain = tx.playbook.approvals.of(stage).chain
    return [able[number] for number in range(1, len(chain) + 1)]


def _counts(tx: Transaction) -> tuple[tuple[str, int], ...]:
    directory = Directory(tx)
    units = ("Đơn vị đang hoạt động", len(directory.active_units))
    roles = [(label(role, "vi"), len(directory.holding(role))) for role in Role]
    states = [
        (f"Hồ sơ mẫu: {label(state, 'vi').lower()}", number)
        for state, number in sorted(nominations.count_by_state(tx).items())
    ]
    return (units, *((name, number) for name, number in roles if number), *states)


def _instants(playbook: Playbook) -> list[tuple[str, datetime]]:
    """Return every date of the calendar, in the order of time, in local time."""
    calendar = playbook.calendar
    found: list[tuple[str, datetime]] = []
    for stage in STAGES:
        if (dates := calendar.of(Stage(stage))) is not None:
            name = label(stage, "vi")
            found += [
                (f"{name}: mở", dates.opens),
                (f"{name}: kết thúc", dates.closes),
                (f"{name}: hạn phê duyệt", dates.approval),
            ]
    found += [(f"Họp hội đồng, phiên {one.number}", one.starts) for one in calendar.sessions]
    found.append(("Công bố kết quả", calendar.results_released))
    return sorted(found, key=lambda pair: pair[1])


def _dates(playbook: Playbook, calendar: WorkingCalendar) -> tuple[DateLine, ...]:
    lines: list[DateLine] = []
    for what, at in _instants(playbook):
        day = at.date()
        since = calendar.working_days_between(lines[-1].at.date(), day) if lines else None
        remark = rules.day_remark(day, calendar)
        lines.append(DateLine(at=at, what=what, remark=remark, working_days=since))
    return tuple(lines)


def _days(
    mails: Sequence[PostedMail], calendar: WorkingCalendar, kind_name: Callable[[str], str]
) -> tuple[MailDay, ...]:
    days = []
    for day, of_day in groupby(mails, key=lambda mail: mail.at.date()):
        listed = sorted(of_day, key=lambda mail: (mail.at.replace(second=0), mail.template))
        groups = []
        for (at, template), part in groupby(
            listed, key=lambda mail: (mail.at.replace(second=0), mail.template)
        ):
            group = tuple(part)
            name = kind_name(template)
            groups.append(MailGroup(at=at, kind=name, subject=group[0].subject, mails=group))
        remark = rules.day_remark(day, calendar)
        days.append(
            MailDay(at=listed[0].at, remark=remark, count=len(listed), groups=tuple(groups))
        )
    return tuple(days)


def _samples(
    mails: Sequence[PostedMail], kind_name: Callable[[str], str]
) -> tuple[MailSample, ...]:
    counts = Counter(mail.template for mail in mails)
    first = {mail.template: mail for mail in reversed(mails)}
    return tuple(
        MailSample(kind=kind_name(template), count=counts[template], mail=first[template])
        for template in sorted(first, key=lambda name: first[name].at)
    )


def refused(reports: Sequence[tuple[Path, ImportReport]]) -> Text | None:
    """Say how many rows are wrong; None where none is."""
    wrong = [(path.name, report.error_count) for path, report in reports]
    said = ", ".join(f"{name}: {number}" for name, number in wrong if number)
    if not said:
        return None
    return _(
        "Nothing was rehearsed: the data has errors ({errors}); correct them and repeat.",
        errors=said,
    )
