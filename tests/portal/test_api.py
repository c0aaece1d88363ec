"""What the API lets whom do, and how it refuses: over the services, on a campaign of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campaigns.store import campaigns
from schemas.vocabulary import Stage
from tests.portal_client import API, People
from tests.world import World

BOXES = {
    "code": "BT-014",
    "name": "Tổ nhân dân tự quản",
    "kind": "model",
    "unit_id": "ba-tri",
    "field": "kinh-te",
    "rank": 1,
    "owner": "Trần Thị Út",
    "email": "ut@example.org",
    **dict.fromkeys(("situation", "aims", "method", "place", "forces"), "Tổ tự quản ở ấp."),
    **dict.fromkeys(("resources", "outputs", "time", "sustainability"), "Không cần kinh phí."),
    "start_date": "2022-01-15",
    "registered": True,
    "party_opinion": True,
}


def send(people: People, person: str = "binh", **boxes: object):
    return people.post(person, f"{API}/nominations", {"boxes": {**BOXES, **boxes}})


# --- Tokens ---------------------------------------------------------------------------------------


def test_request_without_token_is_unauthorised(people: People) -> None:
    answer = people.http.get("/api/v1/whoami")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["x", "thidua_" + "a" * 43, "é" * 300, ""])
def test_unknown_token_is_unauthorised(people: People, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()}
    assert people.http.get("/api/v1/whoami", headers=headers).status_code == 401


def test_expired_token_is_unauthorised(people: People, world: World) -> None:
    people.token("mai")
    world.clock.time += timedelta(days=90)
    assert people.get("mai", "/api/v1/whoami").status_code == 401


def test_revoked_token_is_unauthorised(people: People) -> None:
    from campaigns.services.access import tokens  # noqa: PLC0415

    people.token("mai")
    people.app.act_as("test", None, tokens.revoke, 1)
    assert people.get("mai", "/api/v1/whoami").status_code == 401


def test_whoami_says_person_roles_and_scopes(people: People) -> None:
    answer = people.get("binh", "/api/v1/whoami", scopes="read nominate")
    assert answer.json() == {
        "person_id": "binh",
        "unit_id": "ba-tri",
        "roles": ["nominator"],
        "scopes": ["nominate", "read"],
    }


def test_token_is_kept_as_hash_alone(people: People, world: World) -> None:
    from campaigns.store.tables import api_token  # noqa: PLC0415

    token = people.token("mai")
    with world.store.reading() as tx:
        rows = tx.connection.execute(api_token.select()).all()
    assert token not in str(rows)


# --- Who may do what ------------------------------------------------------------------------------

SCOPED = [
    ("GET", "/api/v1/campaigns", "read"),
    ("GET", API, "read"),
    ("GET", f"{API}/stages", "read"),
    ("GET", f"{API}/events", "read"),
    ("GET", f"{API}/nominations", "read"),
    ("GET", f"{API}/messages", "coordinate"),
    ("GET", "/api/v1/people", "coordinate"),
    ("POST", "/api/v1/campaigns", "coordinate"),
    ("POST", f"{API}/launch", "coordinate"),
    ("POST", f"{API}/stages/launch/approve", "approve"),
    ("POST", f"{API}/stages/launch/extensions", "coordinate"),
    ("POST", f"{API}/decisions/correct", "coordinate"),
    ("POST", f"{API}/nominations", "nominate"),
    ("POST", f"{API}/nominations/workbook", "nominate"),
    ("POST", f"{API}/reviews", "review"),
    ("POST", f"{API}/votes", "coordinate"),
    ("POST", f"{API}/adoptions", "coordinate"),
    ("POST", f"{API}/messages/release", "coordinate"),
]


@pytest.mark.parametrize(("method", "path", "scope"), SCOPED)
def test_token_of_other_scopes_is_refused(people: People, method, path, scope) -> None:
    others = " ".join(one for one in ("read", "review", "nominate", "approve") if one != scope)
    answer = people.ask("mai", method, path, scopes=others, json={})
    assert (answer.status_code, answer.json()["code"]) in {
        (403, "scope-missing"),
        (422, "request-invalid"),
    }
    assert answer.status_code == 403 or method == "POST"


ROLES = [
    ("GET", f"{API}/summary", None, "mai hung lan"),
    ("GET", f"{API}/events", None, "mai lan"),
    ("GET", f"{API}/decisions", None, "mai hung lan"),
    ("GET", f"{API}/export", None, "mai lan"),
    ("GET", f"{API}/audit", None, "mai hung lan"),
    ("GET", f"{API}/nominations", None, "mai lan hung binh thu tam"),
    ("GET", f"{API}/reviews", None, "lan thu tam"),
    ("GET", f"{API}/messages", None, "mai lan"),
    ("GET", "/api/v1/people", None, "mai lan"),
    ("GET", "/api/v1/units", None, "mai lan binh"),
    ("POST", "/api/v1/campaigns", {"playbook": "dan-van-kheo", "code": "OTHER"}, "mai lan"),
]


@pytest.mark.parametrize("person", ["mai", "lan", "hung", "binh", "thu", "tam"])
@pytest.mark.parametrize(("method", "path", "body", "allowed"), ROLES)
def test_only_the_roles_of_the_matrix_pass(people: People, person, method, path, body, allowed):
    answer = people.ask(person, method, path, json=body)
    passed = answer.status_code < 300
    assert passed is (person in allowed.split())
    if not passed:
        assert answer.json()["code"] == "person-not-appointed"


def test_nominator_launches_nothing(people: People) -> None:
    assert people.post("binh", f"{API}/launch").status_code == 403


def test_person_without_the_role_approves_nothing(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    assert people.post("binh", f"{API}/stages/launch/approve").status_code == 403


# --- Campaigns and stages -------------------------------------------------------------------------


def test_campaign_is_launched_once(people: People) -> None:
    first = people.post("mai", f"{API}/launch", {"command_id": "one"})
    again = people.post("mai", f"{API}/launch", {"command_id": "one"})
    assert (first.json()["repeated"], again.json()["repeated"]) == (False, True)
    assert first.json()["changed"] == again.json()["changed"] == 5


def test_same_id_with_other_content_is_refused(people: People) -> None:
    people.post("mai", "/api/v1/campaigns", {"command_id": "a", "playbook": "dan-van-kheo"})
    other = {"command_id": "a", "playbook": "dan-van-kheo", "code": "X1"}
    answer = people.post("mai", "/api/v1/campaigns", other)
    assert (answer.status_code, answer.json()["code"]) == (409, "key-reused")


def test_ids_of_two_people_do_not_meet(people: People) -> None:
    body = {"command_id": "a", "playbook": "dan-van-kheo", "code": "X1"}
    people.post("mai", "/api/v1/campaigns", body)
    answer = people.post("lan", "/api/v1/campaigns", body)
    assert answer.json()["repeated"] is False


def test_header_works_as_command_id(people: People) -> None:
    for repeated in (False, True):
        answer = people.post("mai", f"{API}/launch", headers={"Idempotency-Key": "k1"})
        assert answer.json()["repeated"] is repeated


def test_campaign_created_from_a_path_of_the_server_is_refused(people: People) -> None:
    answer = people.post("mai", "/api/v1/campaigns", {"playbook": "playbooks/dan-van-kheo.yaml"})
    assert (answer.status_code, answer.json()["code"]) == (404, "playbook-not-found")


def test_every_problem_of_a_playbook_is_named(people: People) -> None:
    answer = people.post("mai", "/api/v1/campaigns", {"playbook_yaml": "playbook: x\n"})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) > 3


def test_last_signature_approves_the_stage(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    answer = people.post("hung", f"{API}/stages/launch/approve")
    assert answer.json()["detail"] == "approved"
    assert world.read(campaigns.get_stage, Stage.LAUNCH).state == "approved"


def test_abstention_is_recorded_with_its_reason(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    path = f"{API}/stages/launch/abstain"
    assert people.post("hung", path).status_code == 422
    assert people.post("hung", path, {"reason": "Người thân có hồ sơ"}).json()["changed"] == 1


def test_substitute_signs_by_a_letter(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    days = {"first_on": "2023-02-01", "last_on": "2023-02-28"}
    body = {"substitute_id": "thu", "letter": "15-GUQ/BDV", **days}
    assert people.post("hung", f"{API}/delegations", body).status_code == 201
    assert people.post("thu", f"{API}/stages/launch/approve").status_code == 200


@pytest.mark.parametrize(
    "day",
    [
        "2023-02-01T00:00:00Z",
        "2023-02-01T00:00:00-11:00",
        "2023-02-01 00:00",
        1675209600,
        "1/2/2023",
    ],
)
def test_day_with_a_time_or_a_zone_is_refused(people: People, day: object) -> None:
    body = {"substitute_id": "thu", "letter": "1", "first_on": day, "last_on": "2023-02-28"}
    answer = people.post("hung", f"{API}/delegations", body)
    assert answer.status_code == 422
    assert "first_on" in answer.text


def test_nobody_delegates_the_signature_of_another(people: People) -> None:
    days = {"first_on": "2023-02-01", "last_on": "2023-02-28"}
    body = {"principal_id": "hung", "substitute_id": "thu", "letter": "1", **days}
    assert people.post("binh", f"{API}/delegations", body).status_code == 403


def test_second_approver_is_told_who_was_first(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    world.ask_approval(Stage.LAUNCH)
    people.post("hung", f"{API}/stages/launch/approve")
    answer = people.post("lan", f"{API}/stages/launch/approve")
    assert answer.status_code == 409
    assert "hung" in answer.json()["detail"]


def test_act_on_another_version_is_refused(world: World, people: People) -> None:
    world.launch()
    world.open(Stage.LAUNCH)
    tag = people.get("hung", f"{API}/stages/launch").headers["etag"]
    world.ask_approval(Stage.LAUNCH)
    answer = people.post("hung", f"{API}/stages/launch/approve", headers={"If-Match": tag})
    assert answer.status_code == 412


def test_return_without_reason_names_the_field(world: World, people: People) -> None:
    world.launch()
    answer = people.post("hung", f"{API}/stages/launch/return", language="vi")
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/reason"]
    assert answer.json()["errors"][0]["message"] == "Thiếu mục này."


def test_events_are_paged_by_number(world: World, people: People) -> None:
    world.launch()
    first = people.get("mai", f"{API}/events?limit=2").json()
    rest = people.get("mai", f"{API}/events?limit=2&after={first['next']}").json()
    assert [one["number"] for one in first["items"] + rest["items"]] == [1, 2, 3, 4]


# --- Nominations ----------------------------------------------------------------------------------


def test_nomination_sent_is_received_now(receiving: People, world: World) -> None:
    answer = send(receiving)
    assert answer.status_code == 201, answer.text
    assert world.state_of("BT-014") == "submitted"


def test_every_wrong_box_is_named_in_the_language_of_the_reader(receiving: People) -> None:
    boxes = {"unit_id": "nowhere", "start_date": "yesterday", "nonsense": 1}
    answer = receiving.post(
        "binh", f"{API}/nominations", {"boxes": {**BOXES, **boxes}}, language="vi"
    )
    assert answer.status_code == 422
    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert pointers == {"/boxes/unit_id", "/boxes/start_date", "/boxes/nonsense"}


def test_nothing_is_received_after_the_deadline(receiving: People, world: World) -> None:
    world.at("2023-09-30T08:00:00")
    answer = send(receiving)
    assert (answer.status_code, answer.json()["code"]) == (409, "nomination-closed")


def test_time_of_submission_cannot_be_dated_back(receiving: People, world: World) -> None:
    world.at("2023-09-30T08:00:00")
    assert send(receiving, submitted_at="2023-08-01 08:00").status_code == 409


def test_nominator_sends_for_their_own_unit_only(receiving: People) -> None:
    answer = send(receiving, nominated_by="an-thuy", unit_id="an-thuy")
    assert (answer.status_code, answer.json()["code"]) == (403, "unit-not-yours")
    assert receiving.get("mai", f"{API}/nominations").json()["items"] == []


def test_correction_without_version_is_refused(receiving: People) -> None:
    send(receiving)
    answer = send(receiving, name="Tên mới")
    assert (answer.status_code, answer.json()["code"]) == (428, "version-missing")


def test_correction_with_the_version_read_is_taken(receiving: People) -> None:
    send(receiving)
    path = f"{API}/nominations/BT-014"
    tag = receiving.get("binh", path).headers["etag"]
    body = {"boxes": {**BOXES, "name": "Tên mới"}}
    done = receiving.ask("binh", "PUT", path, json=body, headers={"If-Match": tag})
    stale = receiving.ask("binh", "PUT", path, json=body, headers={"If-Match": tag})
    assert (done.status_code, stale.status_code) == (200, 412)
    assert receiving.get("binh", path).json()["name"] == "Tên mới"


def test_nominator_sees_no_result_before_its_release(receiving: People, world: World) -> None:
    send(receiving)
    world.check_all()
    path = f"{API}/nominations/BT-014"
    assert receiving.get("mai", path).json()["state"] == "eligible"
    assert receiving.get("binh", path).json()["state"] == "submitted"


def test_nomination_of_another_unit_is_not_there(receiving: People, world: World) -> None:
    send(receiving)
    assert receiving.get("tam", f"{API}/nominations/BT-014").status_code == 404


# --- Reviews, votes -------------------------------------------------------------------------------


def test_review_is_recorded_and_final(receiving: People, world: World) -> None:
    world.nominate("A-1")
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)
    scores = [{"criterion": "C1", "points": 8}, {"criterion": "C5", "points": 16.5}]
    body = {"nomination": "A-1", "scores": scores}
    first = receiving.post("thu", f"{API}/reviews", body)
    second = receiving.post("thu", f"{API}/reviews", body)
    assert first.status_code == 201, first.text
    assert (first.json()["changed"], second.json()["changed"]) == (1, 0)


def test_wrong_points_are_named_at_their_place(receiving: People, world: World) -> None:
    world.nominate("A-1")
    body = {"nomination": "A-1", "scores": [{"criterion": "C1", "points": 999}]}
    answer = receiving.post("thu", f"{API}/reviews", body)
    assert answer.json()["errors"][0]["pointer"] == "/scores/0/score"


def test_votes_are_recorded_by_the_coordinator(receiving: People, world: World) -> None:
    world.nominate("A-1")
    world.convene("A-1")
    votes = [{"nomination_code": "A-1", "member_id": who, "vote": "yes"} for who in ("hung", "lan")]
    votes.append({"nomination_code": "A-1", "member_id": "thu", "vote": "no"})
    answer = receiving.post("mai", f"{API}/votes", {"votes": votes})
    assert (answer.status_code, answer.json()["changed"]) == (201, 1), answer.text
