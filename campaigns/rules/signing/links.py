"""Where do the pages begin that mails name, and how is a code told from other text?"""

from __future__ import annotations

from typing import Final

DECISION: Final = "/d/"
"""Path of the pages where approvers decide; what follows is a secret of one reader."""
INTERFACE: Final = "/docs"
"""Page that describes the programming interface; no secret."""
CODE_SLOT: Final = "~code~"
"""With this begins what stands in a stored message where its mail will have a one-time code."""
IN_CODE: Final = "\u2007"
"""Between the halves of a code in a mail: a blank that stands between digits nowhere else."""
