"""How is it said what an act left out, or waits for? One sentence for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from language import Text, _
from schemas.outcomes import Remark, RemarkCode

_SENTENCES: Final[Mapping[RemarkCode, Text]] = {
    "adoption_ahead": _(
        "{count} replications are committed to after today and were left out; "
        "report them again when the day has come."
    ),
    "ballots_uncompared": _(
        "{what}: {count} members had voted already. Who voted what is not kept, "
        "so only the sums were compared; they agree."
    ),
    "owner_named": _(
        "{what}: the reviewer's full name stands in the owner of the "
        "nomination. If it is the same person, let somebody else review it."
    ),
    "reviewers_enough": _(
        "Whichever unit nominates, at least {count} of {what} reviewers are "
        "free of conflict and may review it; it takes {of}."
    ),
    "reviewers_few": _(
        "What {count} units nominate could never be appraised: fewer than {of} "
        "reviewers are free of conflict ({what}). Appoint reviewers of other "
        "units, or ask for fewer reviews (`rubric.reviews_per_nomination`)."
    ),
    "roll_incomplete": _(
        "{what}: {count} of {of} members have no vote yet, so nothing was "
        "counted. Record the others, absent ones too, or close the session with "
        "`thidua session close`."
    ),
    "step_ahead": _(
        "{what}: {count} steps are dated after today and were left out; report "
        "them again when the day has come."
    ),
    "voters_enough": _(
        "Whichever unit nominates, at least {count} of {what} members of the "
        "council are free of conflict; it takes the yes of {of}."
    ),
    "voters_few": _(
        "What {count} units nominate could never pass: fewer than {of} members "
        "of the council are free of conflict ({what}), and it takes the yes of "
        "{of}. Appoint members of other units, or change `vote`."
    ),
}


def sentence(remark: Remark) -> Text:
    """Return the sentence on one remark."""
    return _SENTENCES[remark.code].with_values(what=remark.what, count=remark.count, of=remark.of)
