"""Why is a file not imported?"""

from __future__ import annotations

from language.errors import CampaignError


class ImportRefused(CampaignError):
    """The rows cannot be taken as a whole; the report names every problem."""


class FileUnreadable(CampaignError):
    """A file is missing, empty, or not of the kind its name says."""
