"""What does a line of a log say? What happened, where in the engine, and never to whom.

Every line carries the campaign, the stage, the row of the outbox and the run where they are known:
from the call itself, or from the block it stands in (`located`).
"""

from __future__ import annotations

import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Final, Literal

from pythonjsonlogger.json import JsonFormatter

Form = Literal["text", "json"]
FIELDS: Final = ("campaign_id", "stage", "outbox_id", "flow_run_id")
_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_place: ContextVar[dict[str, str]] = ContextVar("place", default={})  # noqa: B039 - never changed


@contextmanager
def located(**place: object) -> Iterator[None]:
    """Let every line written inside say where it belongs, in the words of `FIELDS`."""
    known = {key: str(value) for key, value in place.items() if value}
    token = _place.set({**_place.get(), **known})
    try:
        yield
    finally:
        _place.reset(token)


class PlaceFilter(logging.Filter):
    """Gives each record the fields it lacks."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        place = _place.get()
        for name in FIELDS:
            setattr(record, name, getattr(record, name, None) or place.get(name, ""))
        return True


class TextLines(logging.Formatter):
    """A line for people, with the fields that are known at its end."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one line."""
        told = [f"{name}={value}" for name in FIELDS if (value := getattr(record, name, ""))]
        head, *rest = super().format(record).splitlines() or [""]
        return "\n".join([" ".join([head, *told]), *rest])


class JsonLines(JsonFormatter):
    """A JSON object a line, for programs; it carries `FIELDS` and no other extras."""

    def __init__(self) -> None:
        super().__init__(
            f"%(asctime)s %(levelname)s %(name)s %(message)s {_fields()}",
            rename_fields={"asctime": "at", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
        )

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Leave out what is empty, and every extra that a library has put on the record."""
        known = {"at", "level", "logger", "message", "exc_info", *FIELDS}
        return {key: value for key, value in log_data.items() if key in known and value}


def _fields() -> str:
    return " ".join(f"%({name})s" for name in FIELDS)


def configuration(form: Form, level: str = "INFO") -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes, for a process of the engine."""
    formatter: dict[str, Any] = (
        {"()": f"{__name__}.JsonLines"}
        if form == "json"
        else {"()": f"{__name__}.TextLines", "format": _LINE}
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"place": {"()": f"{__name__}.PlaceFilter"}},
        "formatters": {"line": formatter},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["place"],
                "stream": "ext://sys.stderr",
            }
        },
        "loggers": {
            # Every request to Prefect is a line of its own, and alembic greets at each start.
            name: {"level": "WARNING"}
            for name in ("alembic", "httpx", "httpcore", "uvicorn.access")
        },
        "root": {"level": level, "handlers": ["console"]},
    }


def configure(form: Form) -> None:
    """Let this process log in a form."""
    logging.config.dictConfig(configuration(form))


def write_prefect_configuration(path: Path, form: Form) -> None:
    """Write the same for Prefect's processes, whose runs also report to its API."""
    wanted = configuration(form)
    handler = "prefect.logging.handlers.APILogHandler"
    wanted["handlers"]["api"] = {"class": handler, "level": "INFO"}
    for name in ("docket", "prefect.server"):  # every message between their own services
        wanted["loggers"][name] = {"level": "WARNING"}
    for name in ("prefect.flow_runs", "prefect.task_runs"):
        wanted["loggers"][name] = {"level": "INFO", "handlers": ["api"]}
    # YAML, which Prefect reads, takes JSON as it is.
    path.write_text(json.dumps(wanted, indent=1) + "\n", encoding="utf-8")
