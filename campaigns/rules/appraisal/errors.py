"""What may go wrong with reviews and scores?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.rules.appraisal.conflicts import WORDS, Nearness
from campaigns.rules.listing import listed, of_states
from language import N_, Sayable, _
from language.errors import Kind, Refusal


class CriterionNotFound(Refusal):
    """No line of the rubric has this code."""

    kind = Kind.INVALID
    message = N_("The rubric has no criterion {code!r}; criteria: {known}.")

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(code=code, known=", ".join(known))


class ScoreNotValid(Refusal):
    """A score is outside its criterion's range or between two steps."""

    kind = Kind.INVALID
    message = N_(
        "{points} points are not possible for {criterion}: give 0 to {maximum} in steps of {step}."
    )

    def __init__(self, criterion: str, points: str, maximum: str, step: str) -> None:
        super().__init__(points=points, criterion=criterion, maximum=maximum, step=step)


class ReviewRepeated(Refusal):
    """A reviewer's scores for one nomination came twice."""

    kind = Kind.INVALID
    message = N_("Reviewer {reviewer} stands twice among the reviews of one nomination.")
    remedy = N_("keep the later review only.")

    def __init__(self, reviewer: str) -> None:
        super().__init__(reviewer=reviewer)


class ReviewIncomplete(Refusal):
    """Reviews lack lines of the rubric; nothing of the import was stored."""

    kind = Kind.INVALID
    message = N_("{count} reviews lack scores: {shown}. A review is taken in whole.")
    remedy = N_("add the missing lines.")

    def __init__(self, missing: Sequence[str]) -> None:
        shown = "; ".join(missing[:5]) + ("; ..." if len(missing) > 5 else "")  # noqa: PLR2004
        super().__init__(count=len(missing), shown=shown)


class ReviewContradicted(Refusal):
    """Reviews that are stored already come again with other scores."""

    kind = Kind.CONFLICT
    message = N_(
        "These reviews are stored already with other scores or comments: {places}. Nothing was "
        "changed."
    )
    remedy = N_(
        "To correct one while the appraisal is open, give the whole review again with a reason."
    )

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(places=listed(places))


class ReviewNotWanted(Refusal):
    """Reviews of nominations that are not before the panel."""

    kind = Kind.CONFLICT
    message = N_(
        "These nominations take no review now: {states}. Only what is eligible is reviewed, until "
        "it has its reviews."
    )
    remedy = N_("Leave them out; nothing was stored.")

    def __init__(self, states: Mapping[str, str]) -> None:
        super().__init__(states=of_states(states))


class ReviewerConflicted(Refusal):
    """Reviewers are too near to what they would judge; nothing of the import was stored."""

    kind = Kind.CONFLICT
    message = N_("{count} reviews come from people who may not judge the nomination: {which}.")
    remedy = N_("Let another reviewer score them; nothing was stored.")

    def __init__(self, partial: Sequence[tuple[str, str, Nearness]]) -> None:
        which = [
            _("{person} on {code}: {why}", person=person, code=code, why=WORDS[why])
            for person, code, why in partial
        ]
        super().__init__(count=len(partial), which=listed(which))


class ReviewersTooFew(Refusal):
    """Of some nominations too few reviewers are free of conflict: they could never be appraised."""

    kind = Kind.CONFLICT
    message = N_(
        "{count} nominations have fewer than {wanted} reviewers who may judge them: {which}."
    )
    remedy = N_(
        "Appoint reviewers of other units, or ask for fewer reviews "
        "(`rubric.reviews_per_nomination`)."
    )

    def __init__(self, free: Mapping[str, int], wanted: int) -> None:
        which = [_("{code}: {count} free", code=code, count=count) for code, count in free.items()]
        super().__init__(count=len(free), wanted=wanted, which=listed(which))


class CorrectionNotPossible(Refusal):
    """What is to be corrected is not there, or is no correction."""

    kind = Kind.INVALID
    message = N_("Nothing can be corrected so: {problem} Nothing was changed.")

    def __init__(self, problem: Sayable) -> None:
        super().__init__(problem=problem)
