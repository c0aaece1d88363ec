"""A person's calendar: their own dates, read by whoever knows the address, until it is revoked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from campaigns.bootstrap import App
from campaigns.services.deadlines import feeds
from campaigns.settings import Settings
from campaigns.store.commit import commit
from campaigns.store.registers import enrolment, people
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from portal.app import create_app
from schemas.imports import PersonRow
from schemas.vocabulary import Stage
from tests.extending import extend
from tests.web import Web
from tests.world import BOARD, DISTRICT, SINCE, World


def web_of(world: World, home: Path) -> Web:
    settings = Settings(home=home)
    transport = transport_from(MailSettings.model_construct(), settings.maildir)
    return Web(create_app(App(settings, world.store, transport)))


@pytest.fixture
def web(world: World, tmp_path: Path) -> Web:
    world.receive_nominations()
    return web_of(world, tmp_path)


def secret_of(world: World, person: str) -> str:
    with world.store.writing("system:command-line") as tx:
        _, secret = feeds.create(tx, person)
        commit(tx)
    return secret


def calendar(web: Web, secret: str) -> Any:
    """Return the feed as icalendar's own parser reads it; its types are many."""
    answer = web.get(f"/feeds/{secret}.ics")
    assert answer.status_code == 200, answer.text
    return Calendar.from_ical(answer.text)


def dates(found: Any) -> dict[str, str]:
    return {
        str(event["UID"]): f"{event['DTSTART'].dt:%d/%m/%Y %H:%M}" for event in found.walk("VEVENT")
    }


def test_nominator_sees_the_deadline_of_their_unit_and_nothing_else(web: Web, world: World):
    found = calendar(web, secret_of(world, "binh"))

    assert dates(found) == {"DVK-TEST/nomination": "15/09/2023 17:00"}


def test_reviewer_sees_the_end_of_the_appraisal_and_council_its_sessions(web: Web, world: World):
    found = dates(calendar(web, secret_of(world, "thu")))

    assert set(found) == {"DVK-TEST/appraisal/thu", *(f"DVK-TEST/session/{n}" for n in (1, 2, 3))}


def test_approver_sees_when_approvals_are_due(web: Web, world: World):
    found = dates(calendar(web, secret_of(world, "hung")))

    assert {uid for uid in found if uid.endswith("/approval")} == {
        f"DVK-TEST/{stage}/approval" for stage in Stage
    }


def test_coordinator_sees_every_date(web: Web, world: World):
    found = dates(calendar(web, secret_of(world, "mai")))

    assert {
        "DVK-TEST/nomination",
        "DVK-TEST/appraisal/mai",
        "DVK-TEST/recognition/mai",
        "DVK-TEST/replication",
        "DVK-TEST/session/1",
        "DVK-TEST/release",
        "DVK-TEST/recognition/approval",
    } <= set(found)


def test_extension_moves_the_entry_with_a_higher_sequence(web: Web, world: World):
    secret = secret_of(world, "binh")
    before = calendar(web, secret).walk("VEVENT")[0]
    extend(world, "2023-09-20T17:00:00", unit_id=DISTRICT)

    after = calendar(web, secret).walk("VEVENT")[0]

    assert (int(before["SEQUENCE"]), int(after["SEQUENCE"])) == (0, 1)
    assert before["UID"] == after["UID"]
    assert f"{after['DTSTART'].dt:%d/%m %H:%M}" == "20/09 17:00"
    assert after["DTSTAMP"].dt == world.clock.time


def test_times_are_in_the_campaigns_zone_which_the_file_defines(web: Web, world: World):
    found = calendar(web, secret_of(world, "binh"))
    [event] = found.walk("VEVENT")
    [zone] = found.walk("VTIMEZONE")

    assert str(zone["TZID"]) == event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert isinstance(event["DTSTART"].dt, datetime)
    assert event["DTSTART"].dt.utcoffset() == timedelta(hours=7)


def test_name_with_commas_and_lines_is_escaped(world_with: Any, tmp_path: Path):
    world: World = world_with(name={"vi": "Dân vận khéo; 2023,\nBEGIN:VALARM"})
    world.receive_nominations()
    text = web_of(world, tmp_path).get(f"/feeds/{secret_of(world, 'binh')}.ics").text

    assert "DESCRIPTION:Dân vận khéo\\; 2023\\, BEGIN:VALARM" in text.replace("\r\n ", "")
    assert "\r\nBEGIN:VALARM" not in text


def test_wrong_and_revoked_addresses_answer_alike(web: Web, world: World):
    secret = secret_of(world, "binh")
    with world.store.writing("system:command-line") as tx:
        feeds.revoke(tx, "binh", 1)
        commit(tx)

    wrong, revoked = web.get("/feeds/wrong.ics"), web.get(f"/feeds/{secret}.ics")

    assert wrong.status_code == revoked.status_code == 404
    assert wrong.text == revoked.text


def test_reader_that_has_the_file_gets_nothing_again(web: Web, world: World):
    path = f"/feeds/{secret_of(world, 'binh')}.ics"
    first = web.get(path)
    etag, changed = first.headers["ETag"], first.headers["Last-Modified"]

    assert web.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert web.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert web.get(path, headers={"If-Modified-Since": changed}).status_code == 304
    assert web.get(path).content == first.content


def test_calendar_is_kept_from_caches_and_search_engines(web: Web, world: World):
    answer = web.get(f"/feeds/{secret_of(world, 'binh')}.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_secret_is_not_stored(web: Web, world: World):
    secret = secret_of(world, "binh")

    assert secret.encode() not in Path(world.store.engine.url.database or "").read_bytes()


def test_whoever_loses_a_role_loses_its_dates(web: Web, world: World):
    secret = secret_of(world, "binh")
    row = PersonRow(id="binh", full_name="Bình", unit_id=BOARD, roles=("observer",))
    with world.store.writing("mai") as tx:
        enrolment.save(tx, [row], SINCE)
        commit(tx)

    assert dates(calendar(web, secret)) == {}


def test_rehearsal_is_in_nobodys_calendar(web: Web, world: World):
    with world.store.reading("DVK-TEST") as tx:
        tx.adopt(replace(tx.campaign, clock_at=world.clock.time))

        assert feeds.entries(tx, people.everyone(tx)["mai"]) == []


def test_head_of_a_calendar_has_no_body(web: Web, world: World):
    answer = web.head(f"/feeds/{secret_of(world, 'binh')}.ics")

    assert (answer.status_code, answer.content) == (200, b"")
