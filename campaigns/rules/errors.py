"""What may go wrong, and what to do then?

Every error that people can meet is named `<What><Problem>`, carries what it is about, and its
message says what to do. The CLI prints the message and exits with 2; nothing else is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.playbook.problems import PlaybookProblem
from schemas.playbook.values import Label
from schemas.vocabulary import Language, StageState, label

_THINGS = {
    "campaign": "Phong trào",
    "stage": "Giai đoạn",
    "nomination": "Hồ sơ",
    "decision": "Quyết định",
    "adoption": "Lượt nhân rộng",
    "follow_up": "Kỳ báo cáo nhân rộng",
    "message": "Thư",
}


class CampaignError(Exception):
    """Base of all named errors of the engine: bad input or an act that may not happen.

    Says what is wrong and what to do in English and, where people can meet it, in Vietnamese.
    """

    def __init__(self, english: str, vietnamese: str = "") -> None:
        super().__init__(english)
        self.vietnamese = vietnamese or english

    def __reduce__(self) -> tuple[object, ...]:
        """Go whole from one process to another: its class is not made anew from one text."""
        return type(self).__new__, (type(self), *self.args), self.__dict__

    def say(self, language: Language) -> str:
        """Return the message in the reader's language."""
        return self.vietnamese if language == "vi" else str(self)


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


class StageNotOpen(CampaignError):
    """What a stage takes while it is open came before it or after it."""

    def __init__(self, name: str, state: str, wanted: Label) -> None:
        told, rest = (
            (
                "it opens at its date, once the stage before it is approved",
                "giai đoạn mở vào ngày của mình, sau khi giai đoạn trước được phê duyệt",
            )
            if state == StageState.PENDING
            else ("it takes no more", "giai đoạn không nhận thêm nữa")
        )
        super().__init__(
            f"The stage {name} is {state}: nobody can {wanted.en} now; {told}. Nothing was stored. "
            "See `thidua campaign status`.",
            f'Giai đoạn {label(name, "vi")} đang ở trạng thái "{label(state, "vi")}", không thể '
            f"{wanted.vi}: {rest}. Chưa lưu gì. Xem `thidua campaign status`.",
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


def _listed(known: Sequence[str], language: Language = "en") -> str:
    none = {
        "vi": "chưa có; tạo bằng `thidua campaign create`",
        "en": "none yet; create one with `thidua campaign create`",
    }
    return ", ".join(known) or none[language]


class CampaignNotFound(CampaignError):
    """No campaign has this code."""

    def __init__(self, code: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no campaign {code!r}. Campaigns here: {_listed(known)}.",
            f"Không có phong trào {code!r}. Các phong trào ở đây: {_listed(known, 'vi')}.",
        )


class CampaignNotNamed(CampaignError):
    """Several campaigns exist and none was named."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(
            f"Name the campaign with --campaign. Campaigns here: {_listed(known)}.",
            f"Hãy nêu phong trào bằng --campaign. Các phong trào ở đây: {_listed(known, 'vi')}.",
        )


class CampaignExists(CampaignError):
    """A campaign with this code exists with another playbook."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"Campaign {code} exists already with another playbook; choose another code "
            "with --code.",
            f"Đã có phong trào {code} với kịch bản khác; hãy chọn mã khác bằng --code.",
        )


class LaunchNotAllowed(CampaignError):
    """Something a launch needs is missing; all of it is named at once."""

    def __init__(self, code: str, missing: Sequence[Label]) -> None:
        self.missing = tuple(one.say("en") for one in missing)
        said = "; ".join(one.say("vi") for one in missing)
        super().__init__(
            f"Campaign {code} cannot be launched: {'; '.join(self.missing)}.",
            f"Chưa phát động được phong trào {code}: {said}.",
        )


class PersonNotAppointed(CampaignError):
    """The person has no role that allows the act."""

    def __init__(self, person: str, act: Label, roles: Sequence[str]) -> None:
        wanted = ", ".join(label(role, "vi").lower() for role in roles)
        super().__init__(
            f"{person} may not {act.say('en')}: today it takes the role {' or '.join(roles)}.",
            f"{person} không được {act.say('vi')}: hôm nay việc này cần vai trò {wanted}.",
        )


class ApprovalNotAllowed(CampaignError):
    """The approval breaks the stage's policy."""


class ReasonMissing(CampaignError):
    """An act that needs a reason came without one."""

    def __init__(self, act: str, vietnamese: str) -> None:
        super().__init__(
            f"{act} needs a reason; give it with --reason.",
            f"{vietnamese} thì phải nêu lý do; ghi bằng --reason.",
        )


class StageNotFound(CampaignError):
    """The word names no stage."""

    def __init__(self, stage: str, known: Sequence[str]) -> None:
        super().__init__(
            f"There is no stage {stage!r}; stages: {', '.join(known)}.",
            f"Không có giai đoạn {stage!r}; các giai đoạn: {', '.join(known)}.",
        )


class NominationClosed(CampaignError):
    """Nominations are not received now."""


class ImportRefused(CampaignError):
    """The rows cannot be taken as a whole; the report names every problem."""


class FileUnreadable(CampaignError):
    """A file is missing, empty, or not of the kind its name says."""


class PlaybookInvalid(CampaignError):
    """A playbook breaks its schema; the message names every place, one per line."""

    def __init__(
        self, english: str, problems: Sequence[PlaybookProblem] = (), vietnamese: str = ""
    ) -> None:
        self.problems = tuple(problems)
        super().__init__(english, vietnamese)


class PlaybookNotFound(CampaignError):
    """No playbook of this name or path; `nearest` is the name that was probably meant."""

    def __init__(self, name: str, known: Sequence[str], nearest: str | None = None) -> None:
        hint = f" Did you mean {nearest!r}?" if nearest else ""
        have = ", ".join(known)
        super().__init__(
            f"There is no playbook {name!r}.{hint} Known: {have}; or give the path of a YAML file.",
            f"Không có kịch bản {name!r}. Có sẵn: {have}; hoặc nêu đường dẫn tới tệp YAML.",
        )


class HomeNotReady(CampaignError):
    """The installation's database is missing or of another version."""


class EventLogBroken(CampaignError):
    """The hash chain of the event log does not hold."""


class CalendarYearMissing(CampaignError):
    """The calendar of working days does not cover the day that was asked."""

    def __init__(self, year: int, known: str) -> None:
        super().__init__(
            f"The calendar of working days knows {known}, not {year}; correct the date, or build "
            f"the calendar with the year {year} (1901 to 2100 can be)."
        )


class CalendarDayAmbiguous(CampaignError):
    """A day was named a holiday and a working day at once."""

    def __init__(self, days: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(days)}: named both as an extra holiday and as an extra working day; "
            "keep one of the two."
        )


class DateUnreachable(CampaignError):
    """Counting months leaves the years 1 to 9999."""

    def __init__(self, day: str, months: int) -> None:
        super().__init__(f"{months} months from {day} is no date; correct the number of months.")


class AnswerUnusable(CampaignError):
    """A rule reads a box of the form whose value is of another type."""

    def __init__(self, rule: str, item: str, wanted: str) -> None:
        super().__init__(
            f"Rule {rule} reads {item} as a {wanted}, but the box holds something else; correct "
            "the item's type in the playbook's form, or let the rule read another item."
        )


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


class VoteCountImpossible(CampaignError):
    """The counts of a vote contradict one another."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"{problem}; check the attendance and the ballots against the minutes.")


class QuorumMissing(CampaignError):
    """Too few members are present; the session cannot vote."""

    def __init__(self, present: int, needed: int, members: int) -> None:
        super().__init__(
            f"{present} of {members} members are present and {needed} are needed: the session "
            "cannot vote. Wait for more members or call another session.",
            f"Có mặt {present}/{members} thành viên, cần {needed}: chưa biểu quyết được. Hãy chờ "
            "đủ hoặc triệu tập phiên khác.",
        )


class AdoptionDatesDisordered(CampaignError):
    """The dates of an adoption's steps are not in their order."""

    def __init__(self, earlier: str, later: str, earlier_on: str, later_on: str) -> None:
        super().__init__(
            f"{later} on {later_on} is before {earlier} on {earlier_on}; correct one of the dates."
        )


class AdoptionNotCommitted(CampaignError):
    """The adoption was asked about on a day before its commitment."""

    def __init__(self, on: str, committed_on: str) -> None:
        super().__init__(
            f"On {on} the adoption did not exist: it was committed on {committed_on}; ask about "
            "that day or a later one."
        )


class AdoptionNotFound(CampaignError):
    """An adoption, or the one it was copied from, is not known."""

    def __init__(self, identity: str, named_by: str = "") -> None:
        where = f", named as the parent of {named_by}" if named_by else ""
        super().__init__(
            f"There is no adoption {identity!r}{where}; record it first or correct the id."
        )


class AdoptionCycleFound(CampaignError):
    """Adoptions were copied from one another in a circle."""

    def __init__(self, circle: Sequence[str]) -> None:
        super().__init__(
            f"Adoptions are copied from one another in a circle: {' <- '.join(circle)}; correct "
            "the parent of one of them."
        )


class HistoryContradicted(CampaignError):
    """A recorded event does not follow from those before it under today's tables."""

    def __init__(self, number: int, subject: str, expected: str) -> None:
        self.number = number
        super().__init__(
            f"Event {number} on {subject} does not follow from the events before it: "
            f"{expected} was to be expected. Compare the log with a backup."
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


class MessagesNotReleasable(CampaignError):
    """Messages of this template are not a coordinator's to release."""

    def __init__(self, template: str, held: Sequence[str]) -> None:
        can = ", ".join(held) or "none in this campaign"
        super().__init__(
            f"Messages {template!r} are not released by hand: the approval of their stage lets "
            f"them go. A coordinator releases: {can}.",
            f"Thư {template!r} không cho gửi bằng tay: thư đi khi giai đoạn được phê duyệt. "
            f"Điều phối viên cho gửi: {can}.",
        )
