"""In which zone are times shown that belong to no one campaign? In that of the campaigns, named."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.bootstrap import App
from campaigns.store import campaigns
from cli.terminal.terminal import moment

_USUAL: Final = "Asia/Ho_Chi_Minh"


def zone_of_all(app: App) -> ZoneInfo:
    """Return the zone of the campaigns there are; UTC where they have several."""
    codes = app.read(None, campaigns.codes)
    names = {app.read(code, lambda tx: tx.playbook.timezone) for code in codes} or {_USUAL}
    return ZoneInfo(names.pop() if len(names) == 1 else "UTC")


def when(instant: datetime | None, zone: ZoneInfo) -> str:
    """Write a point in time with the zone it is told in."""
    return f"{moment(instant, zone)} ({zone.key})" if instant else ""
