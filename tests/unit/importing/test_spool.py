"""Rows that were put aside come back whole and in their order, however many they are."""

from __future__ import annotations

import pytest

from campaigns.services.registers.imports import Spool


@pytest.mark.parametrize("many", [0, 1, 99, 100, 101, 250])
@pytest.mark.parametrize("size", [1, 100, 120, None])
def test_rows_come_back_in_their_order(many: int, size: int | None):
    with Spool[int]() as spool:
        for row in range(many):
            spool.add(row)
        batches = list(spool.batches(size))

    assert [row for batch in batches for row in batch] == list(range(many))
    assert [len(batch) for batch in batches[:-1]] == [size] * (len(batches) - 1)


def test_rows_may_be_read_twice_and_added_to_meanwhile():
    with Spool[int]() as spool:
        spool.add(1)
        assert list(spool.batches(None)) == [[1]]
        spool.add(2)

        assert list(spool.batches(None)) == [[1, 2]]
