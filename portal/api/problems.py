"""How is a refusal told? Problem details (RFC 9457), in two languages, nothing of the inside."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from campaigns.rules.importing.problems import MOST_TOLD
from campaigns.store import trouble
from language import Language, Text, _, validation
from language.errors import CampaignError

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "https://thidua.invalid/problems/"
"""Names a kind of problem; nothing is to be fetched there."""
_LOG: Final = logging.getLogger("thidua.web")
_BORDER: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

_STATUS: Final[dict[int, tuple[str, ...]]] = {
    400: ("BodyTooDeep", "BodyUnreadable"),
    401: ("TokenNotValid",),
    403: ("PersonNotAppointed", "SignerNotAppointed", "ScopeMissing", "UnitNotYours"),
    404: (
        "AdoptionNotFound",
        "AppointmentNotFound",
        "CampaignNotFound",
        "DelegationNotFound",
        "FeedNotFound",
        "LinkExpired",
        "LinkUnknown",
        "LinkVoid",
        "PlaybookNotFound",
        "PlaybookVersionNotFound",
        "SessionNotFound",
        "StageNotFound",
        "ThingNotFound",
        "TokenNotFound",
    ),
    409: (
        "ActContradicted",
        "AdoptionContradicted",
        "AmendmentNotPossible",
        "AmendmentRefused",
        "AmendmentStale",
        "AppointmentHeld",
        "ApprovalNotAllowed",
        "ApprovalRulesResting",
        "CampaignExists",
        "CancellationNotAllowed",
        "CodeExpired",
        "CodeNotAsked",
        "CodeNotWanted",
        "CodeOfOtherAct",
        "CodeUsed",
        "CodeVoid",
        "CommandIdReused",
        "DecisionNotInForce",
        "DelegationNotAllowed",
        "EventLogBroken",
        "FeedsTooMany",
        "ExtensionNotAllowed",
        "FiguresChanged",
        "HeldChanged",
        "HoldTooLate",
        "HistoryContradicted",
        "KeyReused",
        "LaunchNotAllowed",
        "LogAhead",
        "MessagesNotReleasable",
        "NominationClosed",
        "NothingAhead",
        "NothingResting",
        "QuorumMissing",
        "ReleaseTooEarly",
        "RestingChanged",
        "ReviewsOver",
        "RightResting",
        "SecondPersonMissing",
        "ReviewContradicted",
        "ReviewNotWanted",
        "ReviewersTooFew",
        "ReviewerConflicted",
        "SessionClosed",
        "SessionNotClosable",
        "StageNotOpen",
        "StateStale",
        "TransitionNotAllowed",
        "VoteContradicted",
        "VotingBegun",
        "WithdrawalTooLate",
    ),
    412: ("VersionStale",),
    413: ("BodyTooLarge", "ReasonTooLong", "WorkbookTooLarge"),
    415: ("WorkbookTypeWrong",),
    421: ("HostUnknown",),
    422: (
        "AdoptionCycleFound",
        "AdoptionDatesDisordered",
        "AdoptionNotCommitted",
        "AnchorInvalid",
        "AnchorsNotFound",
        "AnswerUnusable",
        "CalendarDayAmbiguous",
        "CalendarYearMissing",
        "CampaignNotNamed",
        "CodeIncomplete",
        "CodeWrong",
        "CorrectionImpossible",
        "CorrectionNotPossible",
        "CriterionNotFound",
        "CursorNotValid",
        "DateUnreachable",
        "DocumentMissing",
        "FeedOwnerNotFound",
        "FileMissing",
        "FileUnreadable",
        "FilterUnknown",
        "FormInvalid",
        "ImportRefused",
        "MailAddressInvalid",
        "NominationOutOfReach",
        "PersonNotFound",
        "PlaybookInvalid",
        "QueryUnknown",
        "ReasonMissing",
        "ReviewIncomplete",
        "ReviewRepeated",
        "RoleNotKnown",
        "ScopeNotKnown",
        "ScoreNotValid",
        "TimezoneUnknown",
        "UnitNotNominating",
        "UnitOfStageNotAllowed",
        "VoteCountImpossible",
        "WebhookUrlRefused",
        "WorkbookRefused",
    ),
    428: ("VersionMissing",),
    429: ("AttemptsTooMany", "CodesTooMany", "OwnRequestsTooMany"),
    507: ("StorageFull",),
    408: ("BodyTooSlow",),
    503: (
        "ClockAhead",
        "CodeNotSendable",
        "ComeAgain",
        "DatabaseAway",
        "DatabaseBusy",
        "DatabaseNotWritable",
        "ImportUnderWay",
        "RequestsTooMany",
        "HomeNotReady",
        "MailSettingsInvalid",
        "MaildirNotWritable",
        "NotificationError",
        "ReferencesBroken",
        "SmtpEncryptionMissing",
        "SmtpLoginRefused",
        "SmtpRefusesUs",
        "SmtpServerUnreachable",
        "TemplateBroken",
        "TemplateMissing",
    ),
}
"""Every error a service can raise, by its name; a test refuses one that is missing here."""
STATUS_OF: Final = {name: status for status, names in _STATUS.items() for name in names}

TITLES: Final[dict[int, Text]] = {
    400: _("The request cannot be read"),
    401: _("Not authenticated"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Method not allowed here"),
    408: _("The content came too slowly"),
    409: _("Not possible now"),
    412: _("Changed meanwhile"),
    413: _("Too large"),
    415: _("Content type not supported"),
    421: _("Another host"),
    422: _("The content is not valid"),
    428: _("Say which version is meant"),
    429: _("Too many requests"),
    500: _("An error of the system"),
    503: _("Not ready"),
    507: _("No room left"),
}
_INVALID: Final[Text] = _("These fields are not right; nothing was stored.")
_INTERNAL: Final[Text] = _(
    "Something unexpected went wrong; name the request id {id} when you report it."
)


class FormInvalid(CampaignError):
    """Boxes of a form, or rows, are not right; every one is named."""

    def __init__(self, errors: Sequence[Mapping[str, object]], total: int | None = None) -> None:
        self.errors = list(errors)
        self.total = total
        super().__init__(_INVALID.say("en"), _INVALID.say("vi"))


def language_of(request: Request) -> Language:
    """Return the language asked for by `Accept-Language`: the first of ours, else Vietnamese."""
    for part in request.headers.get("accept-language", "").split(","):
        match part.strip()[:2].lower():
            case "en":
                return "en"
            case "vi":
                return "vi"
    return "vi"


def problem(
    request: Request,
    status: int,
    code: str,
    detail: str,
    errors: Sequence[object] = (),
    total: int | None = None,
) -> JSONResponse:
    """Make a problem document; `total` says how many errors there are, where not all are told.

    However many there are, no more than `MOST_TOLD` are told.
    """
    language = language_of(request)
    titles = TITLES.get(status, TITLES[400])
    body: dict[str, Any] = {
        "type": _TYPE + code,
        "title": titles.say(language),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": getattr(request.state, "request_id", ""),
    }
    if errors:
        body["errors"] = list(errors[:MOST_TOLD])
        total = len(errors) if total is None and len(errors) > MOST_TOLD else total
    if total is not None:
        body["errors_total"] = total
    headers = {"Content-Language": language, "Cache-Control": "no-store"}
    if status == 401:  # noqa: PLR2004 - the number is the name of the status
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(body, status, headers, MEDIA_TYPE)


def status_of(error: CampaignError) -> int:
    """Return the status a named error is answered with."""
    return STATUS_OF.get(type(error).__name__, 422)


def code_of(error: CampaignError) -> str:
    """Return the stable name of an error: `nomination-closed`."""
    known: str | None = getattr(error, "told_as", None)
    return known or _BORDER.sub("-", type(error).__name__).lower()


def _on_named(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, CampaignError):
        raise error
    return answer_to(request, error)


def _on_failure(request: Request, error: Exception) -> JSONResponse:
    """Tell what the database or the disk cannot do now; anything else is an error of ours."""
    refused = trouble.named(error)
    if refused is None:
        return _on_unexpected(request, error)
    identity = getattr(request.state, "request_id", "")
    _LOG.warning("request %s: %s", identity, refused)
    return answer_to(request, refused)


def answer_to(request: Request, error: CampaignError) -> JSONResponse:
    """Make the answer for a named error, with when to come again where it can be said."""
    details = getattr(error, "errors", None) or [
        each.model_dump(mode="json") for each in getattr(error, "problems", ())
    ]
    said = error.say(language_of(request))
    total = getattr(error, "total", None)
    answer = problem(request, status_of(error), code_of(error), said, details, total)
    seconds = getattr(error, "seconds", None)
    if seconds is not None:
        answer.headers["Retry-After"] = str(seconds)
    return answer


def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    language = language_of(request)
    errors = [
        {
            "pointer": "/" + "/".join(str(part) for part in found["loc"][1:]),
            "in": str(found["loc"][0]),
            "code": found["type"],
            "message": validation.say(found, language),
        }
        for found in error.errors()
    ]
    return problem(request, 422, "request-invalid", _INVALID.say(language), errors)


def _on_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    titles = TITLES.get(error.status_code, TITLES[400])
    code = _TITLES_EN.get(error.status_code, "request-refused")
    return problem(request, error.status_code, code, titles.say(language_of(request)))


_TITLES_EN: Final = {
    400: "request-unreadable",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "content-type-unknown",
}


def _on_unexpected(request: Request, error: Exception) -> JSONResponse:
    identity = getattr(request.state, "request_id", "")
    _LOG.error("request %s failed", identity, exc_info=error)
    return problem(request, 500, "internal", _INTERNAL.say(language_of(request), id=identity))


def install(web: FastAPI) -> None:
    """Let every refusal of the application be told as a problem document."""
    web.add_exception_handler(CampaignError, _on_named)
    web.add_exception_handler(RequestValidationError, _on_invalid)
    web.add_exception_handler(HTTPException, _on_http)
    for failure in (*trouble.FAILURES, OSError):
        web.add_exception_handler(failure, _on_failure)
    web.add_exception_handler(Exception, _on_unexpected)
