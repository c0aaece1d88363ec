"""The page of rights is made from the table, cell by cell, by asking it: a change shows there.

`python -m tests.unit.access.rights_page` writes it anew.
"""

from __future__ import annotations

from tests.unit.access.rights_page import PAGE, made


def test_page_says_what_the_table_says() -> None:
    assert PAGE.read_text("utf-8") == made()
