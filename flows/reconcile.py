"""Reconcile: what got lost? Found by our own rows alone, never by Prefect's memory (ADR 0012)."""

from __future__ import annotations

from prefect import State, flow
from prefect.states import Completed

from tasks import reconcile as tasks
from tasks.common import all_of, campaign_codes

_RUN = "prefect.flow-run."


@flow(name="reconcile", flow_run_name="all/engine/reconcile")
def reconcile(failed_run: str | None = None) -> State[None]:
    """Have done again what got lost, and report what cannot be.

    Args:
        failed_run: A run that has just failed; its work is done again without further waiting.
    """
    counts = (
        {"rows of a failed run": tasks.redo(failed_run.removeprefix(_RUN))} if failed_run else {}
    )
    counts["rows sent again"] = tasks.redrive()
    codes = campaign_codes()
    counts["messages stuck"] = sum(all_of(codes, tasks.recover_mail))
    counts["campaigns at a standstill"] = sum(all_of(codes, tasks.look_after))
    found = tasks.report(counts)
    said = ", ".join(f"{name}: {count}" for name, count in found.items())
    return Completed(message=said)
