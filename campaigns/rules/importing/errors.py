"""Why is a table of rows not imported?"""

from __future__ import annotations

from language import N_
from language.errors import Kind, Refusal
from schemas.imports import ImportReport


class RowsRefused(Refusal):
    """A table has errors, and none of its rows was taken; the report names them all."""

    kind = Kind.INVALID
    message = N_("{file} has {count} errors.")
    remedy = N_("correct them, or take the good rows alone.")

    def __init__(self, file: str, report: ImportReport) -> None:
        self.report = report
        super().__init__(file=file, count=report.error_count)
