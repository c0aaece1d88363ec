"""Who is told that somebody else corrected their review or vote?

Whoever gave it, in one mail an act; nobody is told of what they did themselves. No playbook keeps
this mail back. Whose ballot was corrected is not known: all who stand in a roll are told of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from campaigns.rules import keys
from campaigns.services.appraisal.panel import points_said
from campaigns.services.appraisal.reviews import rubric_of
from campaigns.services.registers.directory import Directory
from campaigns.store.mail import messages
from campaigns.store.records import NominationRecord
from campaigns.store.registers import people
from campaigns.store.transaction import Transaction
from language import Language
from schemas.commands.appraisal import CorrectOwnReview, CorrectReviews
from schemas.commands.recognition import CorrectVotes
from schemas.messages.appraisal import JudgementCorrected

_SHOWN: Final = 30
"""Reviews whose scores a mail shows; of the others it names the nominations."""
_NOTHING: Final = (None, "")


class CorrectedReview(NamedTuple):
    """A review that was replaced: points in hundredths and comment by criterion."""

    nomination: NominationRecord
    reviewer_id: str
    before: Mapping[str, tuple[int, str]]
    after: Sequence[tuple[str, int, str]]


class CorrectedRoll(NamedTuple):
    """A roll that was replaced, and who stood or stands in it."""

    nomination: NominationRecord
    session: int
    members: frozenset[str]


def tell_reviewers(
    tx: Transaction,
    command: CorrectReviews | CorrectOwnReview,
    corrected: Sequence[CorrectedReview],
) -> None:
    """Tell every reviewer but who acts what their reviews said, and what they say now."""
    by_reviewer: dict[str, list[CorrectedReview]] = defaultdict(list)
    for one in corrected:
        by_reviewer[one.reviewer_id].append(one)

    def said(person_id: str, language: Language) -> dict[str, Any]:
        mine = by_reviewer[person_id]
        return {
            "matter": "review",
            "count": len(mine),
            "reviews": tuple(
                (one.nomination.code, one.nomination.name, _lines(tx, one, language))
                for one in mine[:_SHOWN]
            ),
            "others": tuple(one.nomination.code for one in mine[_SHOWN:]),
        }

    _tell(tx, command, set(by_reviewer), said)


def tell_members(
    tx: Transaction, command: CorrectVotes, corrected: Sequence[CorrectedRoll]
) -> None:
    """Tell every member but who acts which of the rolls they stand in were replaced."""

    def said(person_id: str, _language: Language) -> dict[str, Any]:
        mine = [one for one in corrected if person_id in one.members]
        rolls = tuple((one.nomination.code, one.nomination.name, one.session) for one in mine)
        return {"matter": "vote", "count": len(mine), "rolls": rolls}

    _tell(tx, command, {who for one in corrected for who in one.members}, said)


def _tell(
    tx: Transaction,
    command: CorrectReviews | CorrectOwnReview | CorrectVotes,
    concerned: set[str],
    said: Callable[[str, Language], dict[str, Any]],
) -> None:
    to_tell = sorted(concerned - {command.person_id})
    if not to_tell:
        return
    directory, known = Directory(tx), people.named(tx, {*to_tell, command.person_id})
    told = Counter(
        one.recipient_id for one in messages.find(tx, template=JudgementCorrected.template)
    )
    for person_id in to_tell:
        recipient = directory.to_person(known[person_id])
        payload = JudgementCorrected.model_validate(
            {
                **directory.heading(recipient),
                **said(person_id, recipient.language),
                "made_by": f"{known[command.person_id].full_name} ({command.person_id})",
                "reason": command.reason,
                "corrected_at": tx.now,
            }
        )
        # Numbered for each reader by themselves: how many events there were says too much.
        about, cause = keys.subject("campaign", tx.campaign.code), told[person_id] + 1
        tx.notify(recipient, payload, about=about, cause=cause)


def _lines(
    tx: Transaction, one: CorrectedReview, language: Language
) -> tuple[tuple[str, str, str, str, str], ...]:
    """Return every line of a review: the criterion, points and comment before and now."""
    names = {line.code: line.name.say(language) for line in rubric_of(tx).criteria}
    after = {criterion: (points, comment) for criterion, points, comment in one.after}
    found = []
    for criterion in sorted(one.before.keys() | after.keys()):
        was, now = one.before.get(criterion, _NOTHING), after.get(criterion, _NOTHING)
        points = [
            "" if number is None else points_said(Decimal(number) / 100, language)
            for number in (was[0], now[0])
        ]
        name = " ".join(filter(None, (criterion, names.get(criterion))))
        found.append((name, points[0], points[1], was[1], now[1]))
    return tuple(found)
