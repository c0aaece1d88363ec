"""What keeps an act from being taken: it says otherwise than what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from campaigns.rules.appraisal.conflicts import Nearness, say
from campaigns.rules.errors import CampaignError
from schemas.vocabulary import Language, label

_SHOWN: Final = 10


def _listed(places: Sequence[str], language: Language) -> str:
    """Name the first ones, and count the others."""
    more = len(places) - _SHOWN
    rest = {"vi": f" và {more} trường hợp khác", "en": f" and {more} more"}[language]
    return "; ".join(places[:_SHOWN]) + (rest if more > 0 else "")


def _of_states(states: Mapping[str, str], language: Language) -> str:
    shown = [f"{code} ({label(state, language).lower()})" for code, state in states.items()]
    return _listed(shown, language)


class ActContradicted(CampaignError):
    """The very act was carried out before, with another reason, person or other details."""

    def __init__(self) -> None:
        super().__init__(
            "This act was carried out before, with another reason, by somebody else or with other "
            "details; nothing was changed. `thidua campaign history` shows what was recorded.",
            "Việc này đã được thực hiện trước đây với lý do, người thực hiện hoặc nội dung khác; "
            "không thay đổi gì. Xem điều đã ghi bằng `thidua campaign history`.",
        )


class ReviewContradicted(CampaignError):
    """Reviews that are stored already come again with other scores."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            "These reviews are stored already with other scores or comments: "
            f"{_listed(places, 'en')}. Nothing was changed. To correct one while the appraisal is "
            "open, give the whole review again with a reason: `thidua import scores FILE --correct "
            "REASON --as PERSON`.",
            "Các phiếu chấm sau đã lưu với điểm hoặc nhận xét khác: "
            f"{_listed(places, 'vi')}. Không thay đổi gì. Muốn sửa khi giai đoạn thẩm định còn mở, "
            "hãy nộp lại cả phiếu chấm kèm lý do: `thidua import scores TỆP --correct LÝ_DO --as "
            "NGƯỜI`.",
        )


class ReviewNotWanted(CampaignError):
    """Reviews of nominations that are not before the panel."""

    def __init__(self, states: Mapping[str, str]) -> None:
        english, vietnamese = (_of_states(states, "en"), _of_states(states, "vi"))
        super().__init__(
            f"These nominations take no review now: {english}. Only what is eligible is "
            "reviewed, until it has its reviews. Leave them out; nothing was stored.",
            f"Các hồ sơ sau hiện không nhận phiếu chấm: {vietnamese}. Chỉ chấm hồ sơ đủ điều "
            "kiện, cho đến khi đủ phiếu. Hãy bỏ các dòng đó; chưa lưu gì.",
        )


class ReviewerConflicted(CampaignError):
    """Reviewers are too near to what they would judge; nothing of the import was stored."""

    def __init__(self, partial: Sequence[tuple[str, str, Nearness]]) -> None:
        super().__init__(
            f"{len(partial)} reviews come from people who may not judge the nomination: "
            + _listed([f"{who} on {code}: {say(why, 'en')}" for who, code, why in partial], "en")
            + ". Let another reviewer score them; nothing was stored.",
            f"{len(partial)} phiếu chấm là của người có xung đột lợi ích: "
            + _listed([f"{who} chấm {code}: {say(why, 'vi')}" for who, code, why in partial], "vi")
            + ". Hãy giao người khác chấm; chưa lưu gì.",
        )


class ReviewersTooFew(CampaignError):
    """Of some nominations too few reviewers are free of conflict: they could never be appraised."""

    def __init__(self, free: Mapping[str, int], wanted: int) -> None:
        english = [f"{code}: {count} free" for code, count in free.items()]
        vietnamese = [f"{code}: còn {count} người" for code, count in free.items()]
        super().__init__(
            f"{len(free)} nominations have fewer than {wanted} reviewers who may judge them: "
            f"{_listed(english, 'en')}. Appoint reviewers of other units, or ask for fewer reviews "
            "(`rubric.reviews_per_nomination`).",
            f"{len(free)} hồ sơ có ít hơn {wanted} người thẩm định không xung đột lợi ích: "
            f"{_listed(vietnamese, 'vi')}. Hãy cử thêm người thẩm định của đơn vị khác, hoặc giảm "
            "số phiếu chấm (`rubric.reviews_per_nomination`).",
        )


class VoteContradicted(CampaignError):
    """Votes that are stored already come again otherwise."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            f"These votes say otherwise than what is stored: {_listed(places, 'en')}. Nothing was "
            "changed. To correct the votes on a nomination while the council sits, give its whole "
            "roll again with a reason: `thidua import votes FILE --correct REASON --as PERSON`.",
            f"Các phiếu sau khác với phiếu đã lưu: {_listed(places, 'vi')}. Không thay đổi gì. "
            "Muốn sửa khi hội đồng còn họp, hãy nộp lại đủ phiếu của cả hội đồng cho hồ sơ đó kèm "
            "lý do: `thidua import votes TỆP --correct LÝ_DO --as NGƯỜI`.",
        )


class AdoptionContradicted(CampaignError):
    """Replications that are stored already come again with other facts."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            "These replications are stored already with other facts: "
            f"{_listed(places, 'en')}. Nothing was changed: a date that is stored stays, later "
            "steps are added. Correct the file, or take the next step from there.",
            "Các việc nhân rộng sau đã lưu với nội dung khác: "
            f"{_listed(places, 'vi')}. Không thay đổi gì: ngày đã lưu giữ nguyên, chỉ ghi thêm "
            "bước sau. Hãy sửa tệp cho khớp, hoặc báo bước tiếp theo.",
        )


class SessionClosed(CampaignError):
    """The session is closed; what was counted in it stays."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Session {number} of the council is closed, so no more votes are taken in it. Record "
            "them in another session, or correct the whole roll of a nomination with a reason.",
            f"Phiên họp {number} của hội đồng đã kết thúc nên không nhận thêm phiếu. Hãy ghi vào "
            "phiên họp khác, hoặc sửa cả danh sách phiếu của một hồ sơ kèm lý do.",
        )


class SessionNotFound(CampaignError):
    """The campaign has no such session of its council."""

    def __init__(self, number: int, known: Sequence[int]) -> None:
        listed = ", ".join(map(str, known)) or "-"
        super().__init__(
            f"The council has no session {number}. Sessions: {listed}.",
            f"Hội đồng không có phiên họp {number}. Các phiên họp: {listed}.",
        )


class SessionNotClosable(CampaignError):
    """The last open session cannot be closed: nominations would have no vote at all."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(
            f"No vote at all was recorded on {_listed(codes, 'en')}, and no other session is open. "
            "Record the votes on them first, or withdraw them.",
            f"Chưa có phiếu nào cho {_listed(codes, 'vi')}, và không còn phiên họp nào khác. Hãy "
            "nhập phiếu cho các hồ sơ đó trước, hoặc rút hồ sơ.",
        )


class CorrectionNotPossible(CampaignError):
    """What is to be corrected is not there, or is no correction."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(
            f"Nothing can be corrected so: {english} Nothing was changed.",
            f"Không sửa như vậy được: {vietnamese} Không thay đổi gì.",
        )
