"""What may go wrong with reviews and scores?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from campaigns.rules.appraisal.conflicts import Nearness, say
from campaigns.rules.listing import listed, of_states
from language.errors import CampaignError


class CriterionNotFound(CampaignError):
    """No line of the rubric has this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(f"The rubric has no criterion {code!r}; criteria: {', '.join(known)}.")


class ScoreNotValid(CampaignError):
    """A score is outside its criterion's range or between two steps."""

    def __init__(self, criterion: str, points: str, maximum: str, step: str) -> None:
        super().__init__(
            f"{points} points are not possible for {criterion}: give 0 to {maximum} in steps "
            f"of {step}."
        )


class ReviewRepeated(CampaignError):
    """A reviewer's scores for one nomination came twice."""

    def __init__(self, reviewer: str) -> None:
        super().__init__(
            f"Reviewer {reviewer} stands twice among the reviews of one nomination; keep the "
            "later review only."
        )


class ReviewIncomplete(CampaignError):
    """Reviews lack lines of the rubric; nothing of the import was stored."""

    def __init__(self, missing: Sequence[str]) -> None:
        shown = "; ".join(missing[:5]) + ("; ..." if len(missing) > 5 else "")  # noqa: PLR2004
        super().__init__(
            f"{len(missing)} reviews lack scores: {shown}. A review is taken in whole; add the "
            "missing lines.",
            f"{len(missing)} phiếu chấm thiếu điểm: {shown}. Phiếu chấm được nhận trọn vẹn; hãy bổ "
            "sung các dòng còn thiếu.",
        )


class ReviewContradicted(CampaignError):
    """Reviews that are stored already come again with other scores."""

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__(
            "These reviews are stored already with other scores or comments: "
            f"{listed(places, 'en')}. Nothing was changed. To correct one while the appraisal is "
            "open, give the whole review again with a reason: `thidua import scores FILE --correct "
            "REASON --as PERSON`.",
            "Các phiếu chấm sau đã lưu với điểm hoặc nhận xét khác: "
            f"{listed(places, 'vi')}. Không thay đổi gì. Muốn sửa khi giai đoạn thẩm định còn mở, "
            "hãy nộp lại cả phiếu chấm kèm lý do: `thidua import scores TỆP --correct LÝ_DO --as "
            "NGƯỜI`.",
        )


class ReviewNotWanted(CampaignError):
    """Reviews of nominations that are not before the panel."""

    def __init__(self, states: Mapping[str, str]) -> None:
        english, vietnamese = (of_states(states, "en"), of_states(states, "vi"))
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
            + listed([f"{who} on {code}: {say(why, 'en')}" for who, code, why in partial], "en")
            + ". Let another reviewer score them; nothing was stored.",
            f"{len(partial)} phiếu chấm là của người có xung đột lợi ích: "
            + listed([f"{who} chấm {code}: {say(why, 'vi')}" for who, code, why in partial], "vi")
            + ". Hãy giao người khác chấm; chưa lưu gì.",
        )


class ReviewersTooFew(CampaignError):
    """Of some nominations too few reviewers are free of conflict: they could never be appraised."""

    def __init__(self, free: Mapping[str, int], wanted: int) -> None:
        english = [f"{code}: {count} free" for code, count in free.items()]
        vietnamese = [f"{code}: còn {count} người" for code, count in free.items()]
        super().__init__(
            f"{len(free)} nominations have fewer than {wanted} reviewers who may judge them: "
            f"{listed(english, 'en')}. Appoint reviewers of other units, or ask for fewer reviews "
            "(`rubric.reviews_per_nomination`).",
            f"{len(free)} hồ sơ có ít hơn {wanted} người thẩm định không xung đột lợi ích: "
            f"{listed(vietnamese, 'vi')}. Hãy cử thêm người thẩm định của đơn vị khác, hoặc giảm "
            "số phiếu chấm (`rubric.reviews_per_nomination`).",
        )


class CorrectionNotPossible(CampaignError):
    """What is to be corrected is not there, or is no correction."""

    def __init__(self, english: str, vietnamese: str) -> None:
        super().__init__(
            f"Nothing can be corrected so: {english} Nothing was changed.",
            f"Không sửa như vậy được: {vietnamese} Không thay đổi gì.",
        )
