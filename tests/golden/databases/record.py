"""How were the databases of earlier versions made? By the program of that version, playing a campaign.

    git worktree add /tmp/old COMMIT
    cd /tmp && PYTHONPATH=/tmp/old .../.venv/bin/python .../tests/golden/databases/record.py FOLDER

plays the small campaign of `tests/world.py` of that commit, with its services, on SQLite, and writes
`REVISION-council.json.gz` (the decision is drafted and signed by one of two leaders) and
`REVISION-replication.json.gz` (it is signed by both; where the version knows corrections, one waits
for its second signature). Acts that a version does not know are left out. Of tables that no such
act fills (tokens, webhooks, calendars, what came back), rows are written by SQL, so that every
revision is tried on every table.

Before a revision is added, the database of the one before is recorded so, with the checkout it is
added to. What was recorded is never written again.
"""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
import sys
import tempfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from campaigns.services.nomination import checking
from campaigns.services.recognition import council
from campaigns.services.replication import adoptions
from campaigns.store import schema
from campaigns.store.commit import commit
from schemas.imports import AdoptionRow
from schemas.vocabulary import Stage, Vote
from tests.databases import Database
from tests.world import DISTRICT, ZONE, make_world, votes

BESIDE = {
    "api_token": "INSERT INTO api_token VALUES (1, 'mai', 'hash', 'read', :now, 'mai', :later, NULL, NULL)",
    "bounce": "INSERT INTO bounce VALUES ('digest', '', 'none', :now)",
    "calendar_feed": "INSERT INTO calendar_feed (id, person_id, secret_hash, created_at, created_by) VALUES (1, 'mai', 'hash', :now, 'mai')",
    "event_cursor": "INSERT INTO event_cursor VALUES (1, 'prefect', 3)",
    "failing_address": "INSERT INTO failing_address (address, bounces, status, said, last_at, failing_since) VALUES ('a@example.org', 1, '5.1.1', 'no', :now, :now)",
    "handover": "INSERT INTO handover VALUES (:now, 2)",
    "mail_pause": "INSERT INTO mail_pause VALUES (1, 'refused', 'no', 2, :now, :later)",
    "mail_preference": "INSERT INTO mail_preference VALUES ('mai', 'daily')",
    "past_model": "INSERT INTO past_model VALUES ('M', 2021, 'ba-tri', 'Ba Tri', 'An', 'kinh-te', 'Vườn', 'vuon', '')",
    "process_beat": "INSERT INTO process_beat (name, kind, started_at, seen_at, detail) VALUES ('relay:a:1', 'relay', :now, :now, '')",
    "unit_successor": "INSERT INTO unit_successor VALUES ('ba-tri', 'an-thuy', '2025-07-01', 'NQ 202')",
    "webhook": "INSERT INTO webhook VALUES (1, 'https://example.org/', '*', NULL, 'salt', :now, NULL)",
    "webhook_delivery": "INSERT INTO webhook_delivery VALUES (1, 1, 1, 2, 'x', 1, :now, NULL, :now, NULL, 200, '')",
}


def to_the_council(world):
    world.launch()
    world.open(Stage.LAUNCH)
    with suppress(AttributeError):  # a version that knows no delegations
        world.delegate("hung", "thu", "2023-02-06", "2023-02-28", stage=Stage.LAUNCH)
    world.finish(Stage.LAUNCH)
    world.open(Stage.NOMINATION)
    world.nominate("A")
    world.nominate("B", rank=2)
    world.nominate("C", rank=4, party_opinion=False)
    extend(world)
    withdraw(world)
    give_another_up(world)
    world.at("2023-09-16T17:00:01")
    world.act(checking.check_batch, world.read(checking.ready_to_close))
    world.ask_approval(Stage.NOMINATION)
    world.send_back(Stage.NOMINATION, "hung")
    ask_again(world)
    world.approve(Stage.NOMINATION, "hung")
    judge(world)
    world.vote(*votes("A", written=("thu",)), *votes("B", Vote.NO, absent=("thu",)))
    count_again(world)
    world.act(council.draft_decision)
    world.ask_approval(Stage.RECOGNITION)
    world.approve(Stage.RECOGNITION, "hung")


def judge(world):
    from campaigns.services.appraisal.reviews import appraise_batch, record_reviews, to_appraise
    from schemas.imports import ScoreRow

    world.open(Stage.APPRAISAL)
    rows = [
        ScoreRow(2, reviewer, code, line, points)
        for code in ("A", "B")
        for reviewer in ("thu", "lan")
        for line, points in (("C1", 800), ("C5", 1650))
    ]
    world.act(record_reviews, rows)
    world.act(appraise_batch, world.read(to_appraise))
    world.finish(Stage.APPRAISAL)
    world.open(Stage.RECOGNITION)
    world.act(council.convene)


def to_replication(world):
    world.approve(Stage.RECOGNITION, "lan")
    world.open(Stage.REPLICATION)
    row = AdoptionRow(
        row=2,
        id="A-1",
        model_code="A",
        adopting_unit_id=DISTRICT,
        state="committed",
        committed_on=date(2023, 10, 16),
    )
    world.act(adoptions.record_adoptions, [row])
    correct(world)


# --- Acts that not every version knows ------------------------------------------------------------


def extend(world):
    with suppress(ImportError):
        from campaigns.services.deadlines import extensions
        from schemas.commands.deadlines import ExtendDeadline

        command = ExtendDeadline(
            command_id="extend",
            stage=Stage.NOMINATION,
            unit_id=DISTRICT,
            until=datetime(2023, 9, 16, 17, tzinfo=ZONE),
            reason="Mưa lũ",
            person_id="mai",
        )
        world.act(extensions.extend, command)


def withdraw(world):
    with suppress(ImportError):
        from campaigns.services.nomination import acts
        from schemas.commands.nomination import WithdrawNomination

        world.nominate("D", rank=3)
        command = WithdrawNomination(
            command_id="withdraw", nomination_code="D", reason="Trùng", person_id="binh"
        )
        world.act(acts.withdraw, command)


def give_another_up(world):
    with suppress(ImportError):
        from campaigns.services.launch import cancellation, launch
        from schemas.commands.launch import CancelCampaign, CreateCampaign

        with world.store.writing("mai") as tx:
            launch.create(tx, CreateCampaign(command_id="other", code="OTHER"), world.playbook)
            commit(tx)
        command = CancelCampaign(command_id="cancel", reason="Bão", person_id="mai")
        with world.store.writing("mai", "OTHER") as tx:
            cancellation.cancel(tx, command)
            commit(tx)


def ask_again(world):
    try:
        from campaigns.services.approvals import verdicts as approvals
        from schemas.commands.approvals import AskApprovalAgain
    except ImportError:
        world.ask_approval(Stage.NOMINATION)
        return
    command = AskApprovalAgain(command_id="again", stage=Stage.NOMINATION, person_id="mai")
    world.act(approvals.ask_again, command)


def count_again(world):
    with suppress(ImportError):
        from campaigns.services.recognition import sessions, vote_corrections
        from schemas.commands.recognition import CloseSession, CorrectVotes

        command = CorrectVotes(command_id="votes", reason="Đếm lại", person_id="mai")
        world.act(vote_corrections.correct_votes, command, votes("B", Vote.NO))
        closing = CloseSession(command_id="close", session=1, reason="Xong", person_id="mai")
        world.act(sessions.close, closing)


def correct(world):
    with suppress(ImportError):
        from campaigns.services.approvals import verdicts as approvals
        from schemas.commands.recognition import CorrectDecision, CorrectedResult

        command = CorrectDecision(
            command_id="correct",
            person_id="mai",
            reason="Kiểm phiếu sai",
            results=(CorrectedResult(nomination_code="B", recognised=True),),
        )
        world.act(approvals.correct_decision, command)
        world.approve(Stage.RECOGNITION, "hung")


# --- Writing ---------------------------------------------------------------------------------------


def as_json(value):
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    return value


def dump(path, moment, folder, name):
    """Write all rows of a database, table by table, with the campaign's time."""
    connection = sqlite3.connect(path)
    names = [
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name != "alembic_version" and not name.startswith("sqlite_")
    ]
    now, later = (f"{moment:%Y-%m-%d} {hour}:00:00.000000" for hour in ("07", "08"))
    tables = {}
    for table in sorted(names):
        if table in BESIDE and not connection.execute(f"SELECT 1 FROM {table}").fetchone():
            given = {"now": now, "later": later}
            connection.execute(BESIDE[table], given)
        cursor = connection.execute(f"SELECT * FROM {table}")
        columns = [one[0] for one in cursor.description]
        tables[table] = {"columns": columns, "rows": [[*map(as_json, row)] for row in cursor]}
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()  # without a commit: the campaign goes on as it was
    text = json.dumps(
        {"revision": revision, "now": moment.isoformat(), "tables": tables}, ensure_ascii=False
    )
    out = folder / f"{revision}-{name}.json.gz"
    out.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(out.name, len(text))


def main():
    folder = Path(sys.argv[1])
    home = Path(tempfile.mkdtemp())
    database = Database("sqlite", f"sqlite:///{home / 'thidua.db'}")
    engine = database.open()
    schema.upgrade(engine)
    engine.dispose()
    world = make_world(database)
    for name, go in (("council", to_the_council), ("replication", to_replication)):
        go(world)
        world.store.engine.dispose()
        dump(home / "thidua.db", world.clock.time, folder, name)


if __name__ == "__main__":
    main()
