"""How is every operation of the API asked that stores something, by whom, and where?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from campaigns.services.deadlines import feeds
from schemas.vocabulary import Stage, Vote
from tests import grounds
from tests.portal_client import API
from tests.world import World, votes

ELSEWHERE: Final = frozenset(
    {
        "POST /api/v1/units/import",
        "POST /api/v1/people/import",
        "POST /api/v1/past-models/import",
        "POST /api/v1/campaigns/{code}/import/{kind}",
        "POST /api/v1/campaigns/{code}/nominations/workbook",
        "PUT /api/v1/campaigns/{code}/nominations/{nomination}",
        "POST /api/v1/campaigns/{code}/amendments",
    }
)
"""Files, forms and playbooks: what comes again is tried with the other tests about them."""
LOOKING: Final = frozenset(
    {"POST /api/v1/playbooks/check", "POST /api/v1/campaigns/{code}/amendment-preview"}
)
"""They store nothing."""


class Case(NamedTuple):
    """Where an operation is asked, by whom, at which address and with which body."""

    prepare: Callable[[World], None]
    person: str
    path: str
    body: Mapping[str, Any]
    headers: Mapping[str, str] = {}


def nothing(_world: World) -> None:
    """The campaign is a draft."""


def reviewing(world: World) -> None:
    grounds.nominated(world)
    world.check_all()
    world.finish(Stage.NOMINATION)
    world.open(Stage.APPRAISAL)


def replicating(world: World) -> None:
    grounds.decided(world)
    world.open(Stage.REPLICATION)
    world.at("2024-03-01T08:00:00")


def with_feed(world: World) -> None:
    with grounds.on_registers(world) as tx:
        feeds.create(tx, "thu")


def roll(choice: Vote = Vote.YES) -> list[dict[str, object]]:
    return [
        {
            "nomination": row.nomination_code,
            "session": row.session,
            "member_id": row.member_id,
            "attendance": row.attendance,
            "vote": row.vote,
        }
        for row in votes("A", choice)
    ]


SCORES: Final = [{"criterion": "C1", "points": 9}, {"criterion": "C5", "points": 16}]
ADOPTION: Final = {
    "id": "R-1",
    "model_code": "A",
    "adopting_unit_id": "an-thuy",
    "state": "committed",
    "committed_on": "2024-01-08",
}
FORM: Final = {
    "code": "BT-1",
    "name": "Tổ nhân dân tự quản",
    "kind": "model",
    "unit_id": "ba-tri",
    "field": "kinh-te",
    "rank": 1,
    "owner": "Trần Thị Út",
    **dict.fromkeys(("situation", "aims", "method", "place", "forces"), "Tổ tự quản ở ấp."),
    **dict.fromkeys(("resources", "outputs", "time", "sustainability"), "Không cần kinh phí."),
    "start_date": "2022-01-15",
    "registered": True,
    "party_opinion": True,
}
LOOKED_AT: Final = {"address_wanted": ""}
WHY: Final = {"reason": "Nhầm"}
OF: Final = "/api/v1/campaigns/{code}"
ONE: Final = f"{OF}/nominations/{{nomination}}"
OWN: Final = "/api/v1/me"
THU: Final = "/api/v1/people/thu"
CASES: Final[Mapping[str, Case]] = {
    "POST /api/v1/campaigns": Case(
        nothing, "mai", "/api/v1/campaigns", {"playbook": "dan-van-kheo", "code": "NEW-1"}
    ),
    f"POST {OF}/nominations": Case(
        World.receive_nominations, "binh", f"{API}/nominations", {"boxes": FORM}
    ),
    f"POST {OF}/launch": Case(nothing, "mai", f"{API}/launch", {}),
    f"POST {OF}/cancel": Case(World.launch, "hung", f"{API}/cancel", WHY),
    f"POST {OF}/amendments/confirm": Case(grounds.amended, "hung", f"{API}/amendments/confirm", {}),
    f"POST {OF}/sessions/{{number}}/close": Case(
        grounds.voting, "mai", f"{API}/sessions/1/close", WHY
    ),
    f"POST {OF}/reviews": Case(
        reviewing, "thu", f"{API}/reviews", {"nomination": "A", "scores": SCORES}
    ),
    f"POST {OF}/reviews/corrections": Case(
        grounds.reviewed,
        "thu",
        f"{API}/reviews/corrections",
        {"nomination": "A", "scores": SCORES, **WHY},
    ),
    f"POST {OF}/votes": Case(grounds.sitting, "mai", f"{API}/votes", {"votes": roll()}),
    f"POST {OF}/votes/corrections": Case(
        grounds.voted, "mai", f"{API}/votes/corrections", {"votes": roll(Vote.NO), **WHY}
    ),
    f"POST {OF}/adoptions": Case(replicating, "mai", f"{API}/adoptions", {"adoptions": [ADOPTION]}),
    f"POST {OF}/decisions/correct": Case(
        grounds.decided,
        "mai",
        f"{API}/decisions/correct",
        {"results": [{"nomination": "A", "recognised": False}], **WHY},
        {"If-Match": "*"},
    ),
    f"POST {OF}/delegations": Case(
        grounds.asked_to_launch,
        "hung",
        f"{API}/delegations",
        {
            "substitute_id": "thu",
            "first_on": "2023-02-01",
            "last_on": "2023-12-01",
            "letter": "12-GUQ",
        },
    ),
    f"POST {OF}/delegations/{{number}}/revoke": Case(
        grounds.delegated, "hung", f"{API}/delegations/1/revoke", {}
    ),
    f"POST {OF}/delegations/{{number}}/confirm": Case(
        grounds.delegated_by_another, "hung", f"{API}/delegations/1/confirm", {}
    ),
    f"POST {OF}/messages/release": Case(
        grounds.decided, "mai", f"{API}/messages/release", {"early": True}
    ),
    f"POST {OF}/messages/retry": Case(grounds.undelivered, "mai", f"{API}/messages/retry", {}),
    f"POST {ONE}/withdraw": Case(grounds.nominated, "mai", f"{API}/nominations/A/withdraw", WHY),
    f"POST {ONE}/clear-hold": Case(
        grounds.held_back, "mai", f"{API}/nominations/B/clear-hold", WHY
    ),
    f"POST {ONE}/revoke": Case(
        grounds.decided, "hung", f"{API}/nominations/A/revoke", {"document": "07-QĐ", **WHY}
    ),
    f"POST {OF}/stages/{{stage}}/approve": Case(
        grounds.asked_to_launch, "hung", f"{API}/stages/launch/approve", {}
    ),
    f"POST {OF}/stages/{{stage}}/return": Case(
        grounds.asked_to_launch, "hung", f"{API}/stages/launch/return", WHY
    ),
    f"POST {OF}/stages/{{stage}}/abstain": Case(
        grounds.asked_to_launch, "hung", f"{API}/stages/launch/abstain", WHY
    ),
    f"POST {OF}/stages/{{stage}}/submit": Case(
        grounds.returned, "mai", f"{API}/stages/launch/submit", {}
    ),
    f"POST {OF}/stages/{{stage}}/extensions": Case(
        grounds.nominated,
        "mai",
        f"{API}/stages/nomination/extensions",
        {"until": "2023-09-18T17:00:00+07:00", **WHY},
    ),
    f"POST {OWN}/feeds": Case(nothing, "thu", f"{OWN}/feeds", {}),
    f"DELETE {OWN}/feeds/{{number}}": Case(with_feed, "thu", f"{OWN}/feeds/1", {}),
    f"PUT {OWN}/preferences": Case(nothing, "thu", f"{OWN}/preferences", {"digest": "daily"}),
    "POST /api/v1/people/{person}/appointments": Case(
        nothing, "mai", f"{THU}/appointments", {"role": "leader"}
    ),
    "POST /api/v1/people/{person}/appointments/{role}/end": Case(
        nothing, "mai", f"{THU}/appointments/reviewer/end", {}
    ),
    "POST /api/v1/people/{person}/confirm": Case(
        grounds.appointed, "hung", f"{THU}/confirm", {"address_wanted": ""}
    ),
    "POST /api/v1/people/{person}/refuse": Case(
        grounds.appointed, "hung", f"{THU}/refuse", {"address_wanted": ""}
    ),
    "POST /api/v1/people/{person}/links/revoke": Case(nothing, "mai", f"{THU}/links/revoke", {}),
}
