"""Why does no run wait for its heart? It is told to stop, and its thread ends by itself.

Prefect's heart looks once a second whether it shall stop, and a run waits for that, each of the
ten runs of a cycle. Its runs written with `async` do not wait; ours are let go in the same way
(ADR 0029). Hearts beat as before.
"""

from __future__ import annotations

from functools import partial

from prefect import flow_engine


def let_hearts_stop_alone() -> None:
    """Have the runs of this process end without waiting for the threads of their hearts."""
    beats = flow_engine._send_heartbeats  # noqa: SLF001 - there is no setting; see the test
    if not isinstance(beats, partial):
        flow_engine._send_heartbeats = partial(beats, join_on_exit=False)  # noqa: SLF001 - as above
