"""What do links and codes in mails stand for? One person's decision on one matter."""

from __future__ import annotations

from typing import Final, Literal

from schemas.base import Code, Instant, Model
from schemas.vocabulary import Stage

SigningAct = Literal["approve", "return", "abstain"]
"""What may be decided by a link."""
IN_CODE: Final = "\u2007"
"""Between the halves of a code in a mail: a blank that stands between digits nowhere else."""


class Bound(Model):
    """What is good for the address it went to, and for as long as its person's links hold."""

    mark: str = ""
    """Of the address it went to; it tells nobody which."""
    since: int = 0
    """Which links of this person hold: those from before they were revoked do not."""


class DecisionLink(Bound):
    """The decision of one person on one step, in one round of a stage's approval."""

    campaign: Code
    stage: Stage
    round: int
    step: int
    person_id: Code
    expires_at: Instant


class CodeAsked(Bound):
    """What a one-time code is for: one act of one person, in one round of a stage's approval."""

    campaign: Code
    stage: Stage
    round: int
    person_id: Code
    act: SigningAct
    nonce: str
    """Random: with the installation's key it makes the code, which is kept nowhere."""
