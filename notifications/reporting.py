"""Who hears of a problem that concerns a whole batch, and not one message?"""

from __future__ import annotations

import logging
from collections.abc import Callable

from notifications.errors import NotificationError

Reporter = Callable[[NotificationError], None]

logger = logging.getLogger(__name__)


def report(problem: NotificationError) -> None:
    """Log the problem; its message holds nothing personal."""
    logger.warning("%s", problem)
