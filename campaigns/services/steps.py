"""What does the engine do in each stage, and in which order?

The order stands here alone. Flows take the steps as tasks of Prefect, the rehearsal before the
launch takes them without it (ADR 0052). A step finds its own work in the rows: taken again, it does
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from campaigns.services.appraisal import panel, reviews
from campaigns.services.approvals import verdicts
from campaigns.services.launch import closing, launch
from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.replication import adoptions, pledges
from campaigns.store.chunks import chunked
from campaigns.store.transaction import Transaction
from schemas.outcomes import Done
from schemas.vocabulary import Stage


@dataclass(frozen=True)
class Step:
    """One act of the engine, in one transaction."""

    name: str
    """In the names of runs: `DVK-2023/launch/announce`."""
    act: Callable[[Transaction], Done]


@dataclass(frozen=True)
class BatchStep:
    """One act of the engine on many rows: a transaction for each batch of their ids."""

    name: str
    ids: Callable[[Transaction], list[int]]
    """What waits for the act."""
    act: Callable[[Transaction, Sequence[int]], Done]
    listed: str = ""
    """How its list is named, where many batches are usual and each is a task of its own."""

    def batches(self, tx: Transaction) -> list[Sequence[int]]:
        """Return what waits for the act, cut into batches."""
        return list(chunked(self.ids(tx)))


class Acts(StrEnum):
    """Where people act by themselves; a rehearsal with recorded acts has them act just then."""

    OPENING = "reach-opening"
    """Nobody acts: the clock of the rehearsal moves to the opening of the stage."""
    NOMINATIONS = "play-nominations"
    REVIEWS = "play-reviews"
    VOTES = "play-votes"
    RELEASE = "play-release"
    ADOPTIONS = "play-adoptions"
    APPROVAL = "play-approval"


@dataclass(frozen=True)
class StageSteps:
    """What is particular to a stage; that it opens and is approved is common to all."""

    before: tuple[Acts, ...] = (Acts.OPENING,)
    while_open: tuple[Step | BatchStep | Acts, ...] = ()
    afterwards: tuple[Step, ...] = ()
    """Once it is approved; each looks by itself whether it is."""


STEPS: Final[Mapping[Stage, StageSteps]] = {
    Stage.LAUNCH: StageSteps(
        before=(),
        afterwards=(Step("announce", launch.announce),),
    ),
    Stage.NOMINATION: StageSteps(
        while_open=(
            Acts.NOMINATIONS,
            BatchStep("return-incomplete", checking.submitted, checking.return_incomplete),
            BatchStep("check", checking.ready_to_close, checking.check_batch, "undecided"),
        ),
    ),
    Stage.APPRAISAL: StageSteps(
        while_open=(
            Step("open-panel", panel.open_panel),
            Acts.REVIEWS,
            BatchStep("aggregate", reviews.to_appraise, reviews.appraise_batch, "unappraised"),
        ),
    ),
    Stage.RECOGNITION: StageSteps(
        while_open=(
            Step("convene", council.convene),
            Acts.VOTES,
            Step("draft-decision", council.draft_decision),
        ),
    ),
    Stage.REPLICATION: StageSteps(
        before=(Acts.RELEASE, Acts.OPENING),
        while_open=(
            Step("request-pledges", pledges.request_pledges),
            Acts.ADOPTIONS,
            Step("sweep-follow-ups", adoptions.sweep_follow_ups),
        ),
        afterwards=(Step("close", closing.close_if_finished),),
    ),
}


def in_order(stage: Stage, open_stage: Callable[[], bool]) -> Iterator[Step | BatchStep | Acts]:
    """Yield what is to be done in a stage now; each is done before the next is asked for.

    `open_stage` opens the stage if its turn and time have come, and says whether it is open.
    """
    steps = STEPS[stage]
    yield from steps.before
    if open_stage():
        yield from steps.while_open
    yield Step("request-approval", partial(verdicts.request_if_done, name=stage))
    yield Acts.APPROVAL
    yield from steps.afterwards


def acts_of(stage: Stage) -> list[Acts]:
    """Return what people do in a stage, in its order."""
    return [one for one in in_order(stage, lambda: True) if isinstance(one, Acts)]
