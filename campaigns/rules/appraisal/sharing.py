"""Who is asked to review what? An equal share, of what each may judge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def shares(
    wanted: int, dossiers: Iterable[tuple[str, Sequence[str]]], panel: Sequence[str]
) -> Mapping[str, list[str]]:
    """Return the dossiers each reviewer of a panel is asked for, in their order.

    Each dossier, given with the reviewers who may judge it, goes to as many as are `wanted`, or to
    all of them where they are fewer: to those who have the least so far. Where that is equal, the
    next in the panel's order is taken, so that it is not always the same people who meet.
    """
    asked: dict[str, list[str]] = {one: [] for one in panel}
    place = {one: number for number, one in enumerate(panel)}
    turn = 0
    for code, free in dossiers:
        by_load = sorted(
            free, key=lambda one: (len(asked[one]), (place[one] - turn) % max(1, len(panel)))
        )
        for one in by_load[:wanted]:
            asked[one].append(code)
            turn = place[one] + 1
    return asked
