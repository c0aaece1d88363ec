"""How can the campaign of 2023 be run today? Its playbook, units and nominations, with new dates.

    python docs/tutorial/bring_to_today.py FOLDER [MINUTES]

writes `playbook.yaml`, `units.csv`, `people.csv` and `nominations.csv` to FOLDER. Nominations close
MINUTES from now (15 without it), the last stage half an hour later; every submission keeps its
distance from the deadline.
"""
# ruff: noqa: INP001, T201, TID251 - a script beside its page, which prints and reads the clock

from __future__ import annotations

import csv
import re
import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "ben-tre-2023"
OLD_CLOSING = datetime(2023, 9, 15, 17)  # noqa: DTZ001 - local time, as in the playbook
YEAR_END = "2023-12-31"
SUBMITTED = "Thời điểm nộp"
CALENDAR = """\
calendar:
  launch: {{opens: {now}, closes: {now}, approval: {closing}}}
  nomination: {{opens: {now}, closes: {closing}, approval: {end}}}
  appraisal: {{opens: {closing}, closes: {closing}, approval: {end}}}
  recognition: {{opens: {closing}, closes: {closing}, approval: {end}}}
  replication: {{opens: {closing}, closes: {end}, approval: {end}}}
  sessions:
    - {{number: 1, starts: {closing}}}
    - {{number: 2, starts: {closing}}}
    - {{number: 3, starts: {closing}}}
  results_released: {end}

"""


def write_playbook(path: Path, now: datetime, closing: datetime) -> None:
    """Copy the playbook under a name of its own, with a calendar of today."""
    text = (ROOT / "playbooks" / "dan-van-kheo.yaml").read_text(encoding="utf-8")
    end = closing + timedelta(minutes=30)
    dates = {"now": now, "closing": closing, "end": end}
    calendar = CALENDAR.format(**{name: date.isoformat() for name, date in dates.items()})
    text = re.sub(r"^calendar:\n(?:[ ].*\n)+\n", calendar, text, flags=re.MULTILINE)
    text = text.replace("playbook: dan-van-kheo", "playbook: first-campaign")
    text = text.replace("code: DVK-2023", "code: FIRST-1")
    # The boxes for days accept those up to the end of 2023 only.
    text = text.replace("latest: 2023-12-31", f"latest: {now.year + 1}-12-31")
    path.write_text(text, encoding="utf-8")


def write_units(path: Path) -> None:
    """Copy the units of 2023; those that ended later, with the reforms, go on."""
    with (EXAMPLE / "units.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["valid_from"] < YEAR_END]
    for row in rows:
        if row["valid_to"] >= YEAR_END:
            row["valid_to"] = ""
    write_rows(path, rows)


def write_nominations(path: Path, moved: timedelta) -> None:
    """Copy the nominations with their submissions moved in time."""
    with (EXAMPLE / "nominations-2023.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        row[SUBMITTED] = (datetime.fromisoformat(row[SUBMITTED]) + moved).isoformat()
    write_rows(path, rows)


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write a table as CSV."""
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Write the four files and say until when nominations are received."""
    folder = Path(sys.argv[1])
    minutes = int(sys.argv[2]) if len(sys.argv) > 2 else 15  # noqa: PLR2004 - FOLDER [MINUTES]
    local = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    now = local.replace(second=0, microsecond=0, tzinfo=None)
    closing = now + timedelta(minutes=minutes)
    folder.mkdir(parents=True, exist_ok=True)
    write_playbook(folder / "playbook.yaml", now, closing)
    write_units(folder / "units.csv")
    shutil.copy(EXAMPLE / "people.csv", folder / "people.csv")
    write_nominations(folder / "nominations.csv", closing - OLD_CLOSING)
    when = f"{closing:%H:%M on %d/%m/%Y} (Asia/Ho_Chi_Minh)"
    print(f"Nominations close at {when}, in {minutes} minutes.")


if __name__ == "__main__":
    main()
