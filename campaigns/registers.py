"""What follows in the campaigns when a register has changed?

Whom it concerns is told by the campaigns' own mail, and where a stage waits, whoever has come to be
asked is asked. Each campaign does so in a transaction of its own; what is told is not told twice,
so the sweep may repeat it.
"""

from __future__ import annotations

from campaigns.bootstrap import App
from campaigns.services.approvals import signer_notices
from campaigns.services.registers import enrolment
from campaigns.store.registers import signers


def tell(app: App) -> None:
    """Tell in every campaign what rests and what has come to count."""
    for code in app.read(None, signers.codes):
        app.act(code, signer_notices.tell)


def settle(app: App) -> int:
    """Put in force what has rested long enough; return how much that was."""
    if not app.read(None, enrolment.is_due):
        return 0
    changed = app.act(None, enrolment.settle).changed
    if changed:
        tell(app)
    return changed
