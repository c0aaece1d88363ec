"""Why can a log not be compared with what was noted elsewhere? Named errors, with what to do."""

from __future__ import annotations

from language.errors import CampaignError


class AnchorsNotFound(CampaignError):
    """No mail of a folder names a head of the campaign's log."""

    def __init__(self, folder: object, files: int, campaign: str) -> None:
        super().__init__(
            f"None of the {files} mails (*.eml) in {folder} names a head of the log of {campaign}; "
            "nothing was compared. Requests for approval do: save them as .eml files there.",
            f"Trong {files} thư (*.eml) ở {folder} không thư nào ghi mốc nhật ký của {campaign}; "
            "chưa đối chiếu gì. Thư đề nghị phê duyệt có ghi: hãy lưu thành tệp .eml vào đó.",
        )


class AnchorInvalid(CampaignError):
    """A head of a log is not written as one."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text!r} is no head of a log: NUMBER:HASH, such as 57:0123456789abcdef (16 or more "
            "digits 0-9, a-f).",
            f"{text!r} không phải mốc nhật ký: cần SỐ:MÃ, như 57:0123456789abcdef (từ 16 chữ số "
            "0-9, a-f).",
        )


class EventLogBroken(CampaignError):
    """The hash chain of the event log does not hold."""


class HistoryContradicted(CampaignError):
    """A recorded event does not follow from those before it under today's tables."""

    def __init__(self, number: int, subject: str, expected: str) -> None:
        self.number = number
        super().__init__(
            f"Event {number} on {subject} does not follow from the events before it: "
            f"{expected} was to be expected. Compare the log with a backup."
        )
