"""What may go wrong, and what to do then?

Every error that people can meet is named `<What><Problem>`, carries what it is about, and its
message says what to do. The CLI prints the message and exits with 2; nothing else is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from language.errors import CampaignError
from schemas.vocabulary import label

_THINGS = {
    "campaign": "Phong trào",
    "stage": "Giai đoạn",
    "nomination": "Hồ sơ",
    "decision": "Quyết định",
    "adoption": "Lượt nhân rộng",
    "follow_up": "Kỳ báo cáo nhân rộng",
    "message": "Thư",
}


class TransitionNotAllowed(CampaignError):
    """The command does not apply in this state."""

    def __init__(
        self, thing: str, identity: str, state: str, command: str, allowed: Sequence[str]
    ) -> None:
        self.thing, self.identity, self.state, self.command = thing, identity, state, command
        can = ", ".join(allowed) or "nothing more"
        super().__init__(
            f"{thing} {identity} is {state}: {command} does not apply; possible now: {can}.",
            f"{_THINGS.get(thing, thing)} {label(identity, 'vi')} đang ở trạng thái "
            f'"{label(state, "vi")}": không làm được việc này ({command}).',
        )


class StateStale(CampaignError):
    """Somebody changed the row between reading and writing; nothing was stored."""

    def __init__(self, thing: str, detail: str = "") -> None:
        super().__init__(
            f"{thing} was changed by somebody else meanwhile{detail}; nothing was stored. "
            "Look at it again and repeat the act if it is still wanted.",
            f"{_THINGS.get(thing, thing)} vừa được người khác thay đổi; chưa lưu gì. Hãy xem lại "
            "và làm lại nếu vẫn cần.",
        )


class CommandIdReused(CampaignError):
    """The id of a command was used for another kind of command before."""

    def __init__(self, command_id: str, was: str, wanted: str) -> None:
        super().__init__(
            f"The command id {command_id!r} belongs to a {was} that was carried out; nothing was "
            f"changed. Send the {wanted} with an id of its own."
        )


class ActContradicted(CampaignError):
    """The very act was carried out before, with another reason, person or other details."""

    def __init__(self) -> None:
        super().__init__(
            "This act was carried out before, with another reason, by somebody else or with other "
            "details; nothing was changed. `thidua campaign history` shows what was recorded.",
            "Việc này đã được thực hiện trước đây với lý do, người thực hiện hoặc nội dung khác; "
            "không thay đổi gì. Xem điều đã ghi bằng `thidua campaign history`.",
        )
