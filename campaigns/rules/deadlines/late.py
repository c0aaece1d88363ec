"""What does being late cost? Points per day begun, up to a maximum (domain D1, constructed).

The day of the deadline is not counted (Civil Code 2015, article 147, 2): whoever comes on the same
day after it is one day late, as is whoever comes on the next. Within the hidden grace nobody is
late in this sense.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from schemas.playbook.deadlines import LatePolicy
from schemas.playbook.playbook import Playbook

_CENTI = 100


def days_late(submitted_at: datetime, deadline: datetime, playbook: Playbook) -> int:
    """Return how many days late a nomination is, by the campaign's calendar; 0 if it is not."""
    if submitted_at <= deadline + timedelta(minutes=playbook.late.grace_minutes):
        return 0
    zone = ZoneInfo(playbook.timezone)
    days = (submitted_at.astimezone(zone).date() - deadline.astimezone(zone).date()).days
    return max(1, days)


def deduction(days: int, policy: LatePolicy) -> int:
    """Return the centipoints that so many days cost; 0 unless the policy is `penalty`."""
    if policy.policy != "penalty":
        return 0
    points = policy.penalty_per_day * days
    if policy.penalty_maximum is not None:
        points = min(points, policy.penalty_maximum)
    return int((points * _CENTI).quantize(Decimal(1), ROUND_HALF_UP))


def stays_open_for(policy: LatePolicy) -> timedelta:
    """Return for how long after the deadline nominations are still received."""
    grace = timedelta(minutes=policy.grace_minutes)
    if policy.policy == "reject":
        return grace
    return max(grace, timedelta(days=policy.accept_days))
