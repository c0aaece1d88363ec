"""What do people read about a fault? One message and one remedy of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from campaigns.rules.importing.cell_faults import OF_CELLS
from campaigns.rules.importing.row_faults import OF_ROWS
from language import Advice, _

FAULTS: Final[Mapping[str, Advice]] = {**OF_ROWS, **OF_CELLS}
"""By key; what stands before a `/` in it is the code that people see."""
ALSO: Final = _("The same stands in {count} other places: {places}.")
"""What is added to a message whose cause stands in other places, too."""
