"""What does a nomination cost in SpiffWorkflow, saved after each of its ten steps?

A BPMN process of ten manual tasks; after each the instance is serialised to JSON and replaces its
row, in one transaction with the message the step queued.

    python -m bench.peers.spiff NOMINATIONS [POSTGRESQL]
"""

from __future__ import annotations

import json
import sys
import tempfile
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from bench.peers.database import Database, opened
from bench.peers.work import STEPS, State, step
from bench.stopwatch import Stopwatch

_TABLES: Final = (
    "CREATE TABLE instance (number INTEGER PRIMARY KEY, state TEXT)",
    "CREATE TABLE message (number INTEGER, subject TEXT, body TEXT)",
)
_HEAD: Final = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="peers">'
    '<bpmn:process id="nomination" isExecutable="true">'
)


def process() -> str:
    """Return the process as BPMN: a start, ten manual tasks in a row, an end."""
    names = ["start", *(f"step-{place}" for place in range(len(STEPS))), "end"]
    nodes = ['<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>']
    nodes += [f'<bpmn:manualTask id="{name}" name="{name}"/>' for name in names[1:-1]]
    nodes += [
        f'<bpmn:sequenceFlow id="to-{after}" sourceRef="{before}" targetRef="{after}"/>'
        for before, after in pairwise(names)
    ]
    return f"{_HEAD}{''.join(nodes)}</bpmn:process></bpmn:definitions>"


def _go_through(spec: Any, serializer: Any, number: int, database: Database) -> None:  # noqa: ANN401 - untyped
    instance = BpmnWorkflow(spec)
    instance.do_engine_steps()
    kept: State = {}
    for place in range(len(STEPS)):
        task = instance.get_next_task(state=TaskState.READY, manual=True)
        with database.writing() as write:

            def queue(*message: object) -> None:
                write("INSERT INTO message VALUES (?, ?, ?)", *message)

            kept |= step(number, place, kept, queue)
            task.set_data(**kept)
            task.run()
            instance.do_engine_steps()
            text = serializer.serialize_json(instance)
            write("DELETE FROM instance WHERE number = ?", number)
            write("INSERT INTO instance VALUES (?, ?)", number, text)
    if not instance.is_completed():
        sys.exit(f"instance {number} did not come to its end")


def measure(size: int, server: str = "") -> dict[str, object]:
    """Take so many nominations through the process, one after the other."""
    parser = BpmnParser()
    parser.add_bpmn_str(process().encode())
    spec = parser.get_spec("nomination")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder), server) as database:
        with database.writing() as write:
            for table in _TABLES:
                write(table)
        _go_through(spec, serializer, size, database)  # not counted: what is made on first use
        with watch.phase("all"):
            for number in range(size):
                _go_through(spec, serializer, number, database)
    return {
        "case": f"SpiffWorkflow {version('SpiffWorkflow')}, saved after each of 10 steps",
        "database": "PostgreSQL" if server else "SQLite",
        "n": size,
        **watch.figures(size),
    }


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]), *sys.argv[2:])))
