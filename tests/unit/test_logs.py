"""What does a line of a log carry? Where in the engine, and nothing a library has put on it."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from campaigns import logs


@pytest.fixture
def kept_logging() -> Iterator[None]:
    """Leave the root logger as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def written(form: logs.Form, message: str, **extra: object) -> str:
    configuration = logs.configuration(form)
    stream = io.StringIO()
    configuration["handlers"]["console"]["stream"] = stream
    logging.config.dictConfig(configuration)
    logging.getLogger("thidua.test").info(message, extra=extra)
    return stream.getvalue()


def test_json_line_carries_the_place_it_was_written_at(kept_logging):
    with logs.located(campaign_id="DVK-2026", stage="nomination"):
        line: dict[str, Any] = json.loads(written("json", "checked", outbox_id=7))

    assert line["message"] == "checked"
    assert (line["campaign_id"], line["stage"], line["outbox_id"]) == ("DVK-2026", "nomination", 7)


def test_json_line_leaves_other_extras_out(kept_logging):
    line = json.loads(written("json", "sent", to_address="mai@example.org"))

    assert "mai@example.org" not in json.dumps(line)
    assert line.keys() == {"at", "level", "logger", "message"}


def test_text_line_ends_with_the_place(kept_logging):
    line = written("text", "run created", campaign_id="DVK-2026", flow_run_id="f1")

    assert line.endswith("thidua.test: run created campaign_id=DVK-2026 flow_run_id=f1\n")


def test_inner_place_wins_and_ends_with_its_block(kept_logging):
    with logs.located(campaign_id="A", stage="launch"):
        with logs.located(stage="nomination"):
            inner = json.loads(written("json", "inner"))
        outer = json.loads(written("json", "outer"))

    assert (inner["campaign_id"], inner["stage"]) == ("A", "nomination")
    assert outer["stage"] == "launch"


@pytest.mark.parametrize("form", ["text", "json"])
def test_prefect_can_use_what_is_written_for_it(form: logs.Form, tmp_path: Path, kept_logging):
    path = tmp_path / "logging.json"
    logs.write_prefect_configuration(path, form)

    from prefect.logging.configuration import load_logging_config  # noqa: PLC0415 - takes seconds

    found = load_logging_config(path)
    assert found["loggers"]["prefect.flow_runs"]["handlers"] == ["api"]
    assert found["formatters"]["line"]["()"].startswith("campaigns.logs.")
