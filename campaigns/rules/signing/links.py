"""Where do the pages begin that mails name, and how is a code told from other text?"""

from __future__ import annotations

from typing import Final

DECISION: Final = "/d/"
"""Path of the pages where approvers decide; what follows is a secret of one reader."""
INTERFACE: Final = "/docs"
"""Page that describes the programming interface; no secret."""
IN_CODE: Final = "\u2007"
"""Between the halves of a code in a mail: a blank that stands between digits nowhere else."""
