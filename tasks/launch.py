"""Tasks of the launch stage."""

from __future__ import annotations

from campaigns.services.launch import launch
from tasks.common import app, step


@step("{campaign_code}/launch/announce")
def announce(campaign_code: str) -> int:
    """Tell every unit, once the launch is approved; return how many were told."""
    return app().act(campaign_code, launch.announce).changed
