"""A unit sends its nominations as a workbook: all of them now, or every mistake by its cell."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import pytest
import xlsxwriter

from campaigns.intake import read_unit_workbook
from campaigns.rules.importing.unit_nominations import WorkbookRefused
from campaigns.services.log import audit
from campaigns.services.nomination.workbook import Sender
from campaigns.store.mail import messages
from campaigns.store.nomination import nominations
from documents.writing.nomination_template import write_nomination_template
from portal.api.workbooks import XLSX
from schemas.vocabulary import NominationState
from tests.portal_client import API, People
from tests.unit_workbooks import COLUMNS, PATH, ROW, TWO, codes, found, upload, workbook
from tests.world import CODE, World

# --- What is taken --------------------------------------------------------------------------------


def test_every_row_is_received_now(receiving: People, world: World) -> None:
    answer = upload(receiving, TWO)
    assert answer.status_code == 201, answer.text
    said = answer.json()
    assert (said["rows"], said["changed"], said["new"]) == (2, 2, ["BT-1", "BT-2"])
    assert (said["corrected"], said["unchanged"], said["late"]) == ([], [], [])
    record = world.read(nominations.by_code)["BT-1"]
    assert (record.state, record.submitted_at) == ("submitted", world.clock.time)
    assert world.read(audit.verify).reason == ""


def test_unit_has_a_receipt_for_each(receiving: People, world: World) -> None:
    upload(receiving, TWO)
    rows = world.read(messages.find, template="nomination-received")
    assert {row.about for row in rows} == {"nomination:BT-1", "nomination:BT-2"}


def test_workbook_made_for_units_is_taken(receiving: People, world: World, tmp_path: Path) -> None:
    import openpyxl  # noqa: PLC0415 - this test alone fills in what Excel would

    path = tmp_path / "template.xlsx"
    write_nomination_template(path, world.playbook, [])
    book = openpyxl.load_workbook(path)
    for at, item in enumerate(world.playbook.form.items, start=1):
        book.worksheets[0].cell(2, at).value = ROW.get(item.id)
    book.save(path)
    assert upload(receiving, path.read_bytes()).json()["new"] == ["BT-1"]


def test_time_of_submission_cannot_be_dated_back(receiving: People, world: World) -> None:
    content = workbook({"submitted_at": "01/08/2023 08:00"})
    assert upload(receiving, content).status_code == 201
    assert world.read(nominations.by_code)["BT-1"].submitted_at == world.clock.time


def test_decomposed_vietnamese_is_kept_composed(receiving: People, world: World) -> None:
    content = workbook({key: unicodedata.normalize("NFD", str(ROW[key])) for key in ("name",)})
    assert upload(receiving, content).status_code == 201
    assert world.read(nominations.by_code)["BT-1"].name == ROW["name"]


def test_what_was_understood_otherwise_is_told(receiving: People) -> None:
    said = upload(receiving, workbook({"start_date": "15/01/2022"})).json()
    places = {(f"{one['column']}{one['row']}", one["code"]) for one in said["warnings"]}
    assert (f"{COLUMNS['start_date']}2", "date_as_text") in places


def test_coordinator_sends_for_any_unit(receiving: People, world: World) -> None:
    content = workbook({}, {"code": "AT-1", "unit_id": "an-thuy", "nominated_by": "an-thuy"})
    assert upload(receiving, content, "mai").json()["new"] == ["BT-1", "AT-1"]


# --- Who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["hung", "thu", "tam"])
def test_person_who_nominates_for_no_unit_is_refused(receiving: People, person: str) -> None:
    answer = upload(receiving, TWO, person)
    assert (answer.status_code, answer.json()["code"]) == (403, "person-not-appointed")


def test_token_without_the_scope_is_refused(receiving: People) -> None:
    answer = upload(receiving, TWO, scopes="read review approve coordinate")
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")


def test_request_without_token_is_unauthorised(receiving: People) -> None:
    answer = receiving.http.post(PATH, content=TWO, headers={"Content-Type": XLSX})
    assert answer.status_code == 401


def test_row_of_another_unit_keeps_all_out(receiving: People, world: World) -> None:
    other = {"code": "AT-1", "unit_id": "an-thuy", "nominated_by": "an-thuy"}
    answer = upload(receiving, workbook({}, other), language="vi")
    assert found(answer) == {(f"{COLUMNS['nominated_by']}3", "other_unit")}
    assert "ông/bà đề cử cho ba-tri" in answer.json()["errors"][0]["message"]
    assert codes(world) == set()


def test_code_of_another_unit_is_not_taken_over(receiving: People, world: World) -> None:
    world.nominate("BT-1", unit_id="an-thuy", nominated_by_id="an-thuy", name="Của xã")
    answer = upload(receiving, TWO, query="?revise=true")
    assert found(answer) == {("A2", "code_taken")}
    assert world.read(nominations.by_code)["BT-1"].name == "Của xã"


# --- Mistakes -------------------------------------------------------------------------------------


def test_every_mistake_is_told_by_its_cell_and_nothing_is_stored(
    receiving: People, world: World
) -> None:
    content = workbook(
        {"unit_id": "nowhere", "start_date": "hôm qua"},
        {"code": "BT-2", "rank": 0},
        {"code": "BT-2", "nominated_by": "an-thuy", "name": None},
        {"code": "BT-4"},
    )
    answer = upload(receiving, content)
    assert answer.headers["content-type"] == "application/problem+json"
    assert found(answer) == {
        (f"{COLUMNS['unit_id']}2", "unknown_unit"),
        (f"{COLUMNS['start_date']}2", "invalid_date"),
        (f"{COLUMNS['rank']}3", "out_of_range"),
        ("A3", "duplicate_code"),
        ("A4", "duplicate_code"),
        (f"{COLUMNS['nominated_by']}4", "other_unit"),
        (f"{COLUMNS['name']}4", "missing_required"),
    }
    assert answer.json()["errors_total"] == 7
    assert codes(world) == set()


def test_mistakes_beyond_the_first_are_counted(receiving: People) -> None:
    rows = [{"code": f"BT-{number}", "rank": -number - 1} for number in range(250)]
    said = upload(receiving, workbook(*rows)).json()
    assert (len(said["errors"]), said["errors_total"]) == (200, 250)
    assert said["errors"][-1]["row"] == 201


def test_mistake_of_one_cause_is_told_once_with_its_places(receiving: People) -> None:
    rows = [{"code": f"BT-{number}", "rank": 0, "unit_id": "x"} for number in range(150)]
    said = upload(receiving, workbook(*rows)).json()
    assert said["errors_total"] == 300
    told = [(one["code"], one["row"], one["count"]) for one in said["errors"]]
    assert sorted(told) == [("out_of_range", 2, 150), ("unknown_unit", 2, 150)]
    for one in said["errors"]:
        letter = one["column"]
        assert one["places"] == [f"{letter}{row}" for row in range(3, 13)]
        assert f"149 other places: {letter}3, " in one["message"]


def test_workbook_without_rows_is_refused(receiving: People) -> None:
    answer = upload(receiving, workbook())
    assert (answer.status_code, answer.json()["code"]) == (422, "workbook-refused")
    assert answer.json()["errors_total"] == 0
    assert "no_rows" in {one["code"] for one in answer.json()["errors"]}


def test_missing_column_keeps_all_out(receiving: People, world: World) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "name", "kind", "unit_id", "rank"])
        sheet.write_row(1, 0, ["BT-1", "Tổ", "model", "ba-tri", 1])
    assert {code for _, code in found(upload(receiving, file.getvalue()))} == {"missing_column"}
    assert codes(world) == set()


# --- Again ----------------------------------------------------------------------------------------


def test_same_sending_is_carried_out_once(receiving: People, world: World) -> None:
    key = {"Idempotency-Key": "gui-1"}
    first, second = (upload(receiving, TWO, headers=key).json() for _ in range(2))
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["new"] == second["new"] == ["BT-1", "BT-2"]


def test_same_sending_is_answered_alike_when_all_is_over(receiving: People, world: World) -> None:
    key = {"Idempotency-Key": "gui-1"}
    upload(receiving, TWO, headers=key)
    world.check_all()
    world.at("2023-10-30T08:00:00")
    again = upload(receiving, TWO, headers=key)
    assert (again.status_code, again.json()["repeated"]) == (201, True)


def test_same_key_with_another_file_is_refused(receiving: People, world: World) -> None:
    key = {"Idempotency-Key": "gui-1"}
    upload(receiving, TWO, headers=key)
    answer = upload(receiving, workbook({"code": "BT-3"}), headers=key)
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")
    assert codes(world) == {"BT-1", "BT-2"}


def test_longer_workbook_adds_what_is_new(receiving: People) -> None:
    upload(receiving, TWO)
    said = upload(receiving, workbook({}, {"code": "BT-2", "rank": 2}, {"code": "BT-3"})).json()
    assert (said["new"], said["unchanged"], said["changed"]) == (["BT-3"], ["BT-1", "BT-2"], 1)


def test_other_content_is_no_correction_unless_it_is_said(receiving: People, world: World) -> None:
    upload(receiving, TWO)
    better = workbook({"name": "Tên đã sửa"}, {"code": "BT-2", "rank": 2}, {"code": "BT-3"})
    assert found(upload(receiving, better)) == {("A2", "already_received")}
    assert codes(world) == {"BT-1", "BT-2"}

    said = upload(receiving, better, query="?revise=true").json()
    assert (said["corrected"], said["new"], said["unchanged"]) == (["BT-1"], ["BT-3"], ["BT-2"])
    record = world.read(nominations.by_code)["BT-1"]
    assert (record.name, record.content_version) == ("Tên đã sửa", 2)


def test_withdrawn_nomination_is_not_sent_again(receiving: People, world: World) -> None:
    upload(receiving, TWO)
    receiving.post("binh", f"{API}/nominations/BT-1/withdraw", {"reason": "Chuyển công tác"})
    answer = upload(receiving, TWO, query="?revise=true", language="vi")
    assert found(answer) == {("A2", "not_changeable")}
    assert world.state_of("BT-1") == NominationState.WITHDRAWN


# --- The deadline ---------------------------------------------------------------------------------


def test_nothing_is_received_after_the_deadline(receiving: People, world: World) -> None:
    world.at("2023-09-30T08:00:00")
    answer = upload(receiving, TWO)
    assert (answer.status_code, answer.json()["code"]) == (409, "nomination-closed")
    assert codes(world) == set()


def test_nothing_is_received_before_the_launch(people: People) -> None:
    assert upload(people, TWO).json()["code"] == "nomination-closed"


@pytest.mark.parametrize(
    ("at", "late"),
    [("2023-09-15T17:00:00", []), ("2023-09-16T08:00:00", ["BT-1", "BT-2"])],
)
def test_late_rows_are_marked_as_the_playbook_says(world_with, tmp_path: Path, at, late) -> None:
    world = world_with(late={"policy": "accept_and_flag", "accept_days": 2})
    people = People(world, tmp_path)
    world.receive_nominations()
    world.at(at)
    answer = upload(people, TWO)
    assert (answer.status_code, answer.json()["late"]) == (201, late), answer.text
    marked = {one.code for one in world.read(nominations.find) if one.late}
    assert marked == set(late)


def test_later_deadline_of_the_unit_holds(receiving: People, world: World) -> None:
    until = {"until": "2023-09-20T17:00:00+07:00", "reason": "Bão số 4", "unit_id": "ba-tri"}
    receiving.post("mai", f"{API}/stages/nomination/extensions", until)
    world.at("2023-09-20T17:00:00")
    assert upload(receiving, TWO).json()["late"] == []
    world.at("2023-09-20T17:00:01")
    assert upload(receiving, workbook({"code": "BT-3"})).status_code == 409


# --- Others meanwhile -----------------------------------------------------------------------------


def test_what_came_while_it_was_read_is_not_overwritten(
    receiving: People, world: World, tmp_path: Path
) -> None:
    path = tmp_path / "sent.xlsx"
    path.write_bytes(TWO)
    app, sender = receiving.app, Sender("ba-tri", revise=False, language="en")
    book = read_unit_workbook(app, CODE, path, sender)
    world.nominate("BT-2", name="Gửi trước")

    with pytest.raises(WorkbookRefused) as refused:
        app.act_as("binh", CODE, book.receive)

    assert [one.code for one in refused.value.problems] == ["already_received"]
    assert codes(world) == {"BT-2"}
