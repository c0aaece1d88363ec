"""What does one nomination go through, whichever engine runs it?

Ten steps: receive and its receipt, eight rules and their outcome, five reviews of nine scores, the
appraisal, fifteen votes, the decision, its announcement, the follow-up. Four of them render a
message, with thidua's own templates, and queue it. The rules are as plain as can be, so that what
is compared is the engine and not the work; thidua's own are the real ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

from notifications.writing.render import Renderer
from schemas.messages.nomination import NominationChecked, NominationReceived
from schemas.messages.outgoing import AnyPayload
from schemas.messages.payload import Payload
from schemas.messages.recognition import ResultAnnounced
from schemas.messages.replication import FollowUpDue

State = dict[str, Any]
Queue = Callable[[int, str, str], None]
"""Queues a message: number of the nomination, subject, HTML."""

_RENDERER: Final = Renderer()
_WHEN: Final = datetime(2023, 9, 1, tzinfo=UTC)
_RULES: Final = 8
_REVIEWS: Final = 5
_SCORES: Final = 9
_VOTES: Final = 15


def step(number: int, place: int, state: State, queue: Queue) -> State:
    """Do one of the ten steps; return what the engine shall keep of it."""
    return STEPS[place](number, state, queue)


def _send(number: int, queue: Queue, payload: AnyPayload) -> None:
    mail = _RENDERER.render(payload, "vi")
    queue(number, mail.subject, mail.html)


def _heads() -> dict[str, Any]:
    heads = Payload.model_construct(
        campaign_code="BENCH",
        campaign_name="Phong trào thi đua",
        coordinator_name="Ban Dân vận Tỉnh ủy",
        recipient_name="Huyện số 1",
    )
    return {name: getattr(heads, name) for name in heads.model_fields_set}


def _receive(number: int, _state: State, _queue: Queue) -> State:
    boxes = {f"box_{place}": f"Mô hình đường hoa cây cảnh {number}" for place in range(31)}
    digest = hashlib.sha256(json.dumps(boxes).encode()).hexdigest()
    return {"code": f"B-{number:06d}", "boxes": boxes, "digest": digest}


def _acknowledge(number: int, state: State, queue: Queue) -> State:
    receipt = NominationReceived(
        **_heads(),
        nomination_code=state["code"],
        nomination_name=state["boxes"]["box_0"],
        received_at=_WHEN,
        content_hash=state["digest"],
        version=1,
        late=False,
    )
    _send(number, queue, receipt)
    return {}


def _check(_number: int, state: State, _queue: Queue) -> State:
    boxes = state["boxes"]
    findings = [f"rule-{rule}" for rule in range(_RULES) if not boxes[f"box_{rule}"].strip()]
    return {"findings": findings, "eligible": not findings}


def _tell_outcome(number: int, state: State, queue: Queue) -> State:
    outcome = NominationChecked(
        **_heads(),
        nomination_code=state["code"],
        nomination_name=state["boxes"]["box_0"],
        outcome="eligible",
        problems=(),
    )
    _send(number, queue, outcome)
    return {}


def _review(number: int, _state: State, _queue: Queue) -> State:
    points = [
        [50 + (number + who + line) % 5 for line in range(_SCORES)] for who in range(_REVIEWS)
    ]
    return {"reviews": points}


def _appraise(_number: int, state: State, _queue: Queue) -> State:
    return {"average": sum(map(sum, state["reviews"])) / _REVIEWS}


def _vote(number: int, _state: State, _queue: Queue) -> State:
    return {"votes": {f"P-M{member:02d}": (number + member) % 7 != 0 for member in range(_VOTES)}}


def _decide(_number: int, state: State, _queue: Queue) -> State:
    return {"recognised": sum(state["votes"].values()) * 3 >= 2 * _VOTES}


def _announce(number: int, state: State, queue: Queue) -> State:
    result = ResultAnnounced(
        **_heads(),
        nomination_code=state["code"],
        nomination_name=state["boxes"]["box_0"],
        recognised=state["recognised"],
        decision_number="1/QĐ",
        signed_on="ngày 11/10/2023",
    )
    _send(number, queue, result)
    return {}


def _follow_up(number: int, state: State, queue: Queue) -> State:
    due = FollowUpDue(
        **_heads(),
        model_code=state["code"],
        model_name=state["boxes"]["box_0"],
        months=6,
        due_on="ngày 16/4/2024",
        overdue=False,
    )
    _send(number, queue, due)
    return {"followed_up": True}


STEPS: Final = (
    _receive,
    _acknowledge,
    _check,
    _tell_outcome,
    _review,
    _appraise,
    _vote,
    _decide,
    _announce,
    _follow_up,
)
