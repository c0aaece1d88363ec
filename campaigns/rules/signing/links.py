"""Where do the pages begin that mails name?"""

from __future__ import annotations

from typing import Final

DECISION: Final = "/d/"
"""Path of the pages where approvers decide; what follows is a secret of one reader."""
INTERFACE: Final = "/docs"
"""Page that describes the programming interface; no secret."""
