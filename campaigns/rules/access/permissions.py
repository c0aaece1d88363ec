"""Who may do what? The one table of rights: each act's and each look's, by named predicates.

A right is met by any of its alternatives. A token needs one of its scopes besides, and narrows
only. Nothing else in the program decides who may act or look; `campaigns.acts` asks this table in
the transaction of the act, and `docs/reference/rights.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from campaigns.rules.access.predicates import (
    Alternative,
    Predicate,
    any_role,
    anybody,
    approver_of,
    before_council,
    concerned,
    console,
    coordinator,
    council,
    engine,
    for_own_unit,
    leader,
    new_or_of_own_unit,
    nominator,
    of_a_draft,
    of_a_launched,
    of_own_unit,
    reviewer,
    second_person,
    signer_of_the_stage,
    themselves,
    to_review,
)
from campaigns.rules.access.rights import Permission
from schemas.actors import SCOPES, Scope
from schemas.playbook.values import Label
from schemas.vocabulary import Stage


def _may(label: Label, *who: Predicate | Alternative, by: Sequence[Scope] = ()) -> Permission:
    """Return a right; `by` are the scopes of tokens."""
    each = (one if isinstance(one, Alternative) else Alternative((one,)) for one in who)
    return Permission(label, tuple(by), tuple(each))


# --- Campaigns ------------------------------------------------------------------------------------

CREATE_CAMPAIGN: Final = _may(
    Label(en="create a campaign", vi="tạo phong trào"),
    coordinator,
    console,
    engine,
    by=["coordinate"],
)
LAUNCH_CAMPAIGN: Final = _may(
    Label(en="launch a campaign", vi="phát động phong trào"), coordinator, by=["coordinate"]
)
CANCEL_CAMPAIGN: Final = _may(
    Label(en="cancel the campaign", vi="hủy phong trào"),
    coordinator & of_a_draft,
    approver_of(Stage.LAUNCH) & of_a_launched,
    by=["approve"],
)
AMEND_PLAYBOOK: Final = _may(
    Label(en="amend a playbook", vi="sửa đổi kịch bản phong trào"), coordinator, by=["coordinate"]
)
CONFIRM_AMENDMENT: Final = _may(
    Label(en="confirm amended rules", vi="xác nhận quy định sửa đổi"),
    second_person,
    by=["coordinate", "approve"],
)

# --- Approvals ------------------------------------------------------------------------------------

DECIDE_ON_STAGE: Final = _may(
    Label(en="decide on a stage", vi="quyết định về giai đoạn"),
    signer_of_the_stage,
    by=["approve"],
)
ASK_FOR_CODE: Final = _may(Label(en="have a code sent", vi="nhận mã xác nhận"), signer_of_the_stage)
ASK_AGAIN: Final = _may(
    Label(en="ask for approval of {stage}", vi="trình duyệt lại giai đoạn {stage}"),
    coordinator,
    by=["coordinate"],
)
RECORD_DELEGATION: Final = _may(
    Label(en="record a delegation of another", vi="ghi ủy quyền thay người khác"),
    themselves,
    coordinator,
    by=["approve"],
)
REVOKE_DELEGATION: Final = _may(
    Label(en="revoke a delegation of another", vi="hủy ủy quyền của người khác"),
    themselves,
    coordinator,
    by=["approve"],
)
CONFIRM_DELEGATION: Final = _may(
    Label(en="confirm a delegation", vi="xác nhận ủy quyền"),
    themselves,
    second_person,
    by=["approve", "coordinate"],
)

# --- Deadlines ------------------------------------------------------------------------------------

EXTEND_DEADLINE: Final = _may(
    Label(en="extend a deadline", vi="gia hạn"), coordinator, by=["coordinate"]
)

# --- Nominations ----------------------------------------------------------------------------------

SUBMIT_NOMINATION: Final = _may(
    Label(en="send nominations", vi="gửi hồ sơ"),
    nominator & for_own_unit & new_or_of_own_unit,
    coordinator,
    by=["nominate"],
)
SEND_WORKBOOK: Final = _may(
    Label(en="send nominations", vi="gửi hồ sơ"), nominator, coordinator, by=["nominate"]
)
"""Rows of other units are mistakes of the workbook: each is named where it stands."""
WITHDRAW_NOMINATION: Final = _may(
    Label(en="withdraw a nomination", vi="rút hồ sơ"),
    nominator & of_own_unit,
    coordinator,
    by=["nominate"],
)
CLEAR_HOLD: Final = _may(
    Label(en="clear a hold", vi="kết thúc tạm hoãn xét"), coordinator, by=["coordinate"]
)

# --- Appraisal, recognition, replication ----------------------------------------------------------

RECORD_REVIEWS: Final = _may(
    Label(en="review nominations", vi="chấm điểm hồ sơ"),
    reviewer & to_review & themselves,
    by=["review"],
)
CORRECT_OWN_REVIEW: Final = _may(RECORD_REVIEWS.label, reviewer & themselves, by=["review"])
CORRECT_REVIEWS: Final = _may(
    Label(en="correct a review of another", vi="sửa phiếu chấm của người khác"),
    reviewer & themselves,
    coordinator,
    by=["coordinate"],
)
RECORD_VOTES: Final = _may(
    Label(en="record votes", vi="nhập kết quả biểu quyết"), coordinator, by=["coordinate"]
)
CORRECT_VOTES: Final = _may(
    Label(en="correct votes", vi="sửa kết quả biểu quyết"), coordinator, by=["coordinate"]
)
CLOSE_SESSION: Final = _may(
    Label(en="close a session of the council", vi="kết thúc phiên họp hội đồng"),
    coordinator,
    by=["coordinate"],
)
CORRECT_DECISION: Final = _may(
    Label(en="correct the decision", vi="đính chính quyết định"), coordinator, by=["coordinate"]
)
REVOKE_RECOGNITION: Final = _may(
    Label(en="revoke a recognition", vi="thu hồi công nhận"),
    approver_of(Stage.RECOGNITION),
    by=["approve"],
)
RECORD_ADOPTIONS: Final = _may(
    Label(en="record adoptions", vi="ghi nhận nhân rộng"), coordinator, by=["coordinate"]
)

# --- Mail and the engine --------------------------------------------------------------------------

RELEASE_MESSAGES: Final = _may(
    Label(en="release messages", vi="cho gửi thư"), coordinator, by=["coordinate"]
)
RETRY_MESSAGES: Final = _may(
    Label(en="retry messages", vi="gửi lại thư"), coordinator, by=["coordinate"]
)
CLEAR_ADDRESS: Final = _may(Label(en="clear an address", vi="bỏ đánh dấu địa chỉ thư"), coordinator)
REVIVE_RUNS: Final = _may(
    Label(en="have work done again", vi="cho thực hiện lại công việc"), coordinator, console
)
REPLAY_ACTS: Final = _may(Label(en="replay recorded acts", vi="diễn lại việc đã ghi"), engine)
REPAIR_CLOCK: Final = _may(Label(en="repair the clock", vi="ghi nhận sửa đồng hồ"), coordinator)

# --- Registers, and what is a person's own --------------------------------------------------------

IMPORT_TABLE: Final = _may(
    Label(en="import files", vi="nhập tệp"), coordinator, console, engine, by=["coordinate"]
)
APPOINT: Final = _may(
    Label(en="appoint people", vi="ghi nhận vai trò của người khác"),
    coordinator,
    by=["coordinate"],
)
END_APPOINTMENT: Final = _may(
    Label(en="end an appointment", vi="chấm dứt vai trò của người khác"),
    coordinator,
    by=["coordinate"],
)
CONFIRM_PERSON: Final = _may(
    Label(en="confirm a change of the registers", vi="xác nhận thay đổi trong danh bạ"),
    second_person,
    by=["coordinate", "approve"],
)
REFUSE_PERSON: Final = _may(
    Label(en="refuse a change of the registers", vi="bác thay đổi trong danh bạ"),
    themselves,
    coordinator,
    leader,
    by=["coordinate", "approve"],
)
REVOKE_LINKS: Final = _may(
    Label(en="revoke links", vi="thu hồi liên kết trong thư"),
    themselves,
    coordinator,
    by=["coordinate", "approve"],
)
SET_PREFERENCE: Final = _may(
    Label(en="set how mail is wanted", vi="đặt cách nhận thư"),
    themselves,
    console,
    by=["settings"],
)
MAKE_FEED: Final = _may(
    Label(en="make a calendar address", vi="tạo địa chỉ lịch"),
    themselves,
    console,
    by=["settings"],
)
END_FEED: Final = _may(
    Label(en="end a calendar address", vi="thu hồi địa chỉ lịch"),
    themselves,
    console,
    by=["settings"],
)
MANAGE_TOKENS: Final = _may(
    Label(en="make and end tokens", vi="tạo và thu hồi mã truy cập"), console
)
MANAGE_WEBHOOKS: Final = _may(Label(en="manage webhooks", vi="quản lý webhook"), console)


# --- Sights ---------------------------------------------------------------------------------------


class Sight(StrEnum):
    """What may be looked at."""

    WHO_AM_I = "who one is to the API"
    OWN_FEEDS = "one's own calendar addresses"
    PLAYBOOKS = "the playbooks that come with the program"
    CAMPAIGN = "campaigns, their stages, dates and counts"
    SIGNERS = "by name who is asked to sign and who has"
    SUMMARY = "what a campaign came to, by codes"
    AUDIT = "whether the log is whole"
    EVENTS = "the event log"
    EXPORT = "every nomination with its total and votes"
    AMENDMENT = "what an amendment would change"
    DELEGATIONS = "who signs for whom"
    DECISIONS = "the decisions of a campaign"
    NOMINATIONS = "nominations with their boxes"
    OWN_REVIEWS = "one's own reviews, done and missing"
    SESSIONS = "the sessions of the council"
    CORRECTIONS = "reviews and votes that were corrected"
    MESSAGES = "messages, by whom they are for"
    MESSAGE = "one message as it is read"
    UNITS = "units"
    PEOPLE = "people"
    RESTING = "what rests in the registers"
    REGISTER_LOG = "what happened to the registers"
    REGISTER_AUDIT = "whether the registers are as their log says"


_LOOK: Final = Label(en="see this", vi="xem nội dung này")


def _see(
    *who: Predicate | Alternative, by: Sequence[Scope] = ("read",), label: Label = _LOOK
) -> Permission:
    return _may(label, *who, by=by)


SIGHTS: Final[Mapping[Sight, Permission]] = {
    Sight.WHO_AM_I: _see(anybody, by=SCOPES),
    Sight.OWN_FEEDS: _see(anybody),
    Sight.PLAYBOOKS: _see(any_role),
    Sight.CAMPAIGN: _see(any_role),
    Sight.SIGNERS: _see(coordinator, leader, concerned, by=["approve", "coordinate"]),
    Sight.SUMMARY: _see(coordinator, leader),
    Sight.AUDIT: _see(coordinator, leader),
    Sight.EVENTS: _see(coordinator),
    Sight.EXPORT: _see(coordinator),
    Sight.AMENDMENT: _see(coordinator, by=["coordinate"]),
    Sight.DELEGATIONS: _see(coordinator, leader),
    Sight.DECISIONS: _see(coordinator, leader),
    Sight.NOMINATIONS: _see(
        coordinator, nominator & of_own_unit, reviewer & to_review, council & before_council
    ),
    Sight.OWN_REVIEWS: _see(reviewer),
    Sight.SESSIONS: _see(coordinator, council, leader),
    Sight.CORRECTIONS: _see(coordinator, by=["coordinate"]),
    Sight.MESSAGES: _see(coordinator, by=["coordinate"]),
    Sight.MESSAGE: _see(
        coordinator, by=["coordinate"], label=Label(en="see messages", vi="xem thư")
    ),
    Sight.UNITS: _see(coordinator, nominator),
    Sight.PEOPLE: _see(coordinator, by=["coordinate"]),
    Sight.RESTING: _see(coordinator, leader),
    Sight.REGISTER_LOG: _see(coordinator, by=["coordinate"]),
    Sight.REGISTER_AUDIT: _see(coordinator, leader),
}
"""How much of it is shown to whom is said by `services.sight` and `services.shown`."""
