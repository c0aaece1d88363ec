"""How is the list of nominations written? As a table for Excel, or as JSON for a program."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from campaigns.bootstrap import App
from campaigns.views.nomination_list import COLUMNS, rows
from cli.terminal.headings import NOMINATION_COLUMNS
from cli.terminal.terminal import instant
from documents.writing.tables import Value, replacing, write_csv, write_xlsx
from language import Language, _
from schemas.vocabulary import label

FORMATS: Final = (".xlsx", ".csv", ".json")


def write(app: App, campaign_code: str, path: Path, language: Language) -> int:
    """Write every nomination of a campaign in the format of the file's name; return how many."""
    listed = app.read(campaign_code, rows)
    if path.suffix.lower() == ".json":
        with replacing(path) as draft:
            text = json.dumps(listed, ensure_ascii=False, indent=1, default=_plain)
            draft.write_text(text + "\n", encoding="utf-8")
        return len(listed)
    heads = [NOMINATION_COLUMNS[key].say(language) for key in COLUMNS]
    cells = ([_shown(key, row[key], language) for key in row] for row in listed)
    zone = ZoneInfo(app.read(campaign_code, lambda tx: tx.playbook.timezone))
    if path.suffix.lower() == ".csv":
        return write_csv(path, heads, cells, zone)
    return write_xlsx(path, campaign_code, heads, cells, zone)


def _shown(key: str, value: Value, language: Language) -> Value:
    if key == "state":
        return label(str(value), language)
    if isinstance(value, bool):
        return (_("Yes") if value else _("No")).say(language)
    return value


def _plain(value: object) -> str | float:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(value)
