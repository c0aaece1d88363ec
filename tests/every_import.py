"""How is every table imported twice? Where, its rows, and rows that say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from campaigns.services.registers.imports import Kind
from schemas.vocabulary import Stage
from tests.unit_workbooks import ROW as FORM
from tests.world import World, votes

Fields = dict[str, str]


class Change(NamedTuple):
    """A row of the table said otherwise than it was."""

    fields: Fields
    """What is put in the place of what was there."""
    is_told: bool = True
    """What it changed is told, before and after; else it contradicts what is stored."""


class Case(NamedTuple):
    """Where a table is imported, and what is in it."""

    prepare: Callable[[World], None]
    rows: tuple[Fields, ...]
    """Two things; the changes are to the last row."""
    new: tuple[Fields, ...]
    """One thing more."""
    changes: Mapping[str, Change]
    key: str = "id"


def nothing(_world: World) -> None:
    """What is imported belongs to no campaign."""


def panel(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)


def sitting(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.nominate("B", rank=2)
    world.convene("A", "B")


def replicating(world: World) -> None:
    world.receive_nominations()
    world.nominate("A")
    world.convene("A")
    world.vote(*votes("A"))
    world.decide()
    world.open(Stage.REPLICATION)
    world.at("2024-03-01T08:00:00")


def unit(one: str, **more: str) -> Fields:
    return {
        "id": one,
        "name": f"Xã {one}",
        "kind": "commune",
        "parent_id": "ba-tri",
        "valid_from": "2023-01-01",
        "valid_to": "",
        "email": f"{one}@example.org",
        "official_code": "1",
        "subkind": "",
        "note": "",
        **more,
    }


def person(one: str, **more: str) -> Fields:
    return {
        "id": one,
        "full_name": f"Người {one}",
        "unit_id": "ba-tri",
        "position": "Chuyên viên",
        "email": f"{one}@example.org",
        "roles": "nominator",
        "role_detail": "",
        **more,
    }


def past_model(one: str) -> Fields:
    return {
        "id": one,
        "year": "2021",
        "unit_id": "ba-tri",
        "unit_name": "Ba Tri",
        "owner": "Hội Phụ nữ",
        "field": "Kinh tế",
        "title": f"Mô hình {one}",
        "summary": "Tóm tắt",
    }


def form(code: str, rank: int) -> Fields:
    said = {key: "" if value is None else str(value) for key, value in FORM.items()}
    return {**said, "code": code, "rank": str(rank), "submitted_at": "2023-09-01T08:00:00"}


def scores(reviewer: str, code: str) -> tuple[Fields, ...]:
    lines = (("C1", "8"), ("C5", "16.5"))
    return tuple(
        {
            "reviewer_id": reviewer,
            "nomination_code": code,
            "criterion_code": line,
            "score": points,
            "comment": "",
        }
        for line, points in lines
    )


def ballot(code: str, member: str, vote: str = "yes") -> Fields:
    return {
        "nomination_code": code,
        "session": "1",
        "member_id": member,
        "attendance": "present",
        "vote": vote,
    }


def adoption(one: str, **more: str) -> Fields:
    return {
        "id": one,
        "model_code": "A",
        "adopting_unit_id": "an-thuy",
        "parent_adoption_id": "",
        "state": "committed",
        "committed_on": "2024-01-08",
        "started_on": "",
        "evidenced_on": "",
        "sustained_on": "",
        "abandoned_on": "",
        "note": "",
        **more,
    }


def told(**fields: str) -> Change:
    return Change(fields)


def contradicting(**fields: str) -> Change:
    return Change(fields, is_told=False)


CASES: Final[Mapping[Kind, Case]] = {
    "units": Case(
        nothing,
        (unit("u-1"), unit("u-2")),
        (unit("u-3"),),
        {
            "name": told(name="Xã khác"),
            "kind": told(kind="ward"),
            "subkind": told(subkind="miền núi"),
            "parent": told(parent_id="u-1"),
            "code": told(official_code="829"),
            "end": told(valid_to="2030-06-30"),
            "address": told(email="moi@example.org"),
            "note": told(note="sáp nhập"),
        },
    ),
    "people": Case(
        nothing,
        (person("p-1"), person("p-2")),
        (person("p-3"),),
        {
            "name": told(full_name="Tên khác"),
            "unit": told(unit_id="an-thuy"),
            "position": told(position="Trưởng phòng"),
            "address": told(email="moi@example.org"),
            "roles": told(roles="observer"),
            "detail": told(role_detail="thay chị Út"),
        },
    ),
    "past-models": Case(
        nothing,
        (past_model("m-1"), past_model("m-2")),
        (past_model("m-3"),),
        {
            "year": told(year="2020"),
            "unit": told(unit_id="an-thuy"),
            "owner": told(owner="Hội Nông dân"),
            "field": told(field="Văn hóa"),
            "title": told(title="Tên khác"),
            "summary": told(summary="Khác"),
        },
    ),
    "nominations": Case(
        World.receive_nominations,
        (form("N-1", 1), form("N-2", 2)),
        (form("N-3", 3),),
        {
            "name": told(name="Tên khác"),
            "rank": told(rank="4"),
            "answer": told(situation="Nay đã khác."),
            "day": told(start_date="2021-05-01"),
            "yes": told(party_opinion="Không"),
            "time": told(submitted_at="2023-09-02T09:00:00"),
        },
        key="code",
    ),
    "scores": Case(
        panel,
        (*scores("thu", "A"), *scores("lan", "A")),
        scores("thu", "B"),
        {"points": contradicting(score="15"), "comment": contradicting(comment="Khác")},
        key="nomination_code",
    ),
    "votes": Case(
        sitting,
        tuple(ballot(code, who) for code in "AB" for who in ("hung", "thu")),
        (ballot("B", "lan"),),
        {
            "vote": contradicting(vote="no"),
            "attendance": contradicting(attendance="absent", vote=""),
        },
        key="nomination_code",
    ),
    "adoptions": Case(
        replicating,
        (adoption("R-1"), adoption("R-2")),
        (adoption("R-3"),),
        {
            "note": told(note="mượn quy chế"),
            "start": told(started_on="2024-02-12", state="started"),
            "day": contradicting(committed_on="2024-01-09"),
            "unit": contradicting(adopting_unit_id="ba-tri"),
        },
    ),
}
