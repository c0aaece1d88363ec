"""What may be asked of reviews?"""

from __future__ import annotations

from schemas.base import Code, Text
from schemas.commands.command import Command


class CorrectReviews(Command):
    """Replace reviews that are stored, while the appraisal is open; the scores come beside it."""

    reason: Text
    person_id: Code
    """The reviewer, of their own; or a coordinator."""


class CorrectOwnReview(Command):
    """Replace one's own stored review of a nomination; the scores come beside it."""

    nomination_code: Code
    reason: Text
    person_id: Code
    """The reviewer."""
