"""Who of the panel is asked to review which dossiers, and how are they told?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from campaigns.rules import keys
from campaigns.rules.appraisal.sharing import shares
from campaigns.rules.importing.ballots import SCORE_COLUMNS
from campaigns.rules.importing.values import shown
from campaigns.services.appraisal.conflicts import Conflicts
from campaigns.services.appraisal.reviews import rubric_of
from campaigns.services.calendar_entries import entry
from campaigns.services.enclosing import CODE, dossier_sheet, workbook
from campaigns.services.registers.directory import Directory
from campaigns.services.stages import is_open
from campaigns.store import campaigns
from campaigns.store.deadlines import extensions
from campaigns.store.enclosure_port import EnclosedSheet
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from campaigns.store.records import NominationRecord, PersonRecord
from campaigns.store.transaction import Transaction
from language import Language, _
from schemas.messages.appraisal import ReviewAssigned
from schemas.outcomes import Done
from schemas.playbook.judging import Rubric
from schemas.vocabulary import NominationState, Role, Stage

_NAMED: Final = 100
"""So many dossiers are named in a letter; of the others, how many."""
_LINES: Final = 5_000
"""So many lines a sheet for scores has at most: all are made while the campaign waits."""


_LIST: Final = _("Nominations to appraise")
_RUBRIC: Final = _("Criteria")
_CRITERION: Final = _("Criterion")
_MAXIMUM: Final = _("Points at most")
_SCORES: Final = _("Scores")
_TOTAL: Final = _("Total")


class _Asked(NamedTuple):
    """A reviewer, and what they are asked to review."""

    reviewer: PersonRecord
    dossiers: Sequence[NominationRecord]


def open_panel(tx: Transaction) -> Done:
    """Ask every reviewer, once, for their share of the reviews they may give."""
    if not is_open(tx, Stage.APPRAISAL):
        return Done()
    due_at = campaigns.get_stage(tx, Stage.APPRAISAL).due_at
    directory = Directory(tx)
    about = keys.subject("stage", Stage.APPRAISAL)
    known = messages.recipients(tx, ReviewAssigned.template, about)
    panel = directory.holding(Role.REVIEWER)
    if all(one.id in known for one in panel):
        return Done()  # this comes again with every run
    waiting = nominations.find(tx, states=[NominationState.ELIGIBLE])
    sequence = extensions.calendar_sequence(extensions.times_moved(tx, Stage.APPRAISAL, "work"))
    asked = [one for one in _asked(tx, directory, panel, waiting) if one.reviewer.id not in known]
    for one in asked:
        _ask(tx, directory, one, due_at, sequence)
    return Done(changed=len(asked))


def _asked(
    tx: Transaction,
    directory: Directory,
    panel: Sequence[PersonRecord],
    waiting: Sequence[NominationRecord],
) -> list[_Asked]:
    if not waiting:  # then everybody is told so
        return [_Asked(one, ()) for one in panel]
    conflicts = Conflicts(tx, waiting, directory)
    free = ((one.code, [who.id for who in conflicts.free(panel, one)]) for one in waiting)
    found = shares(rubric_of(tx).reviews_per_nomination, free, [one.id for one in panel])
    by_code = {one.code: one for one in waiting}
    return [
        _Asked(one, [by_code[code] for code in found[one.id]]) for one in panel if found[one.id]
    ]


def _ask(
    tx: Transaction, directory: Directory, asked: _Asked, due_at: datetime, sequence: int
) -> None:
    reviewer = asked.reviewer
    recipient = directory.to_person(reviewer)
    rubric, language = rubric_of(tx), recipient.language
    payload = ReviewAssigned(
        **directory.heading(recipient),
        calendar=entry(
            tx,
            recipient,
            keys.calendar_uid(tx.campaign.code, Stage.APPRAISAL, reviewer.id),
            sequence,
            due_at,
            stage=Stage.APPRAISAL,
        ),
        count=len(asked.dossiers),
        closes_at=due_at,
        dossiers=tuple(
            (one.code, one.name, directory.unit_name(one.nominated_by_id))
            for one in asked.dossiers[:_NAMED]
        ),
        criteria=_criteria(rubric, language),
        total=points_said(rubric.total, language),
        step=points_said(rubric.step, language),
        sheet=_SCORES.say(language) if _has_sheet(asked, rubric) else "",
        interface=tx.links.interface(),
    )
    tx.notify(
        recipient,
        payload,
        about=keys.subject("stage", Stage.APPRAISAL),
        cause=1,
        enclosed=workbook(
            tx,
            f"{_LIST.say(language)} ({reviewer.id})",
            lambda: _sheets(tx, directory, asked, language),
        )
        if asked.dossiers
        else None,
    )


def _has_sheet(asked: _Asked, rubric: Rubric) -> bool:
    """Say whether a sheet for the scores goes with the letter: there are few enough lines."""
    return 0 < len(asked.dossiers) * len(rubric.criteria) <= _LINES


def _sheets(
    tx: Transaction, directory: Directory, asked: _Asked, language: Language
) -> list[EnclosedSheet]:
    """Return the reviewer's own list, the rubric, and a sheet to fill in."""
    rubric, dossiers = rubric_of(tx), asked.dossiers
    scores = [_score_sheet(asked, rubric, language)] if _has_sheet(asked, rubric) else []
    total = ("", _TOTAL.say(language), points_said(rubric.total, language))
    return [
        dossier_sheet(tx, directory, dossiers, _LIST.say(language), language),
        EnclosedSheet(
            _RUBRIC.say(language),
            [one.say(language) for one in (CODE, _CRITERION, _MAXIMUM)],
            [*_criteria(rubric, language), total],
        ),
        *scores,
    ]


def _score_sheet(asked: _Asked, rubric: Rubric, language: Language) -> EnclosedSheet:
    """Return a line for each criterion of each dossier, as the import of scores reads them."""
    english = language == "en"
    headers = [column.names[0 if english else 1] for column in SCORE_COLUMNS]
    rows = [
        (asked.reviewer.id, one.code, one.name, line.code, line.name.say(language), "", "")
        for one in asked.dossiers
        for line in rubric.criteria
    ]
    return EnclosedSheet(_SCORES.say(language), headers, rows)


def _criteria(rubric: Rubric, language: Language) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (one.code, one.name.say(language), points_said(one.maximum, language))
        for one in rubric.criteria
    )


def points_said(number: Decimal, language: Language) -> str:
    """Write points as they are read in a language."""
    text = shown(number)
    return text.replace(".", ",") if language == "vi" else text
