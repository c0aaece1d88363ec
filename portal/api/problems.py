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
from language import N_, Language, Text, _, validation
from language.errors import Kind, Refusal

MEDIA_TYPE: Final = "application/problem+json"
_TYPE: Final = "https://thidua.invalid/problems/"
"""Names a kind of problem; nothing is to be fetched there."""
_LOG: Final = logging.getLogger("thidua.web")
_BORDER: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

STATUS_OF: Final[dict[Kind, int]] = {
    Kind.UNREADABLE: 400,
    Kind.NOT_IDENTIFIED: 401,
    Kind.NOT_ALLOWED: 403,
    Kind.NOT_FOUND: 404,
    Kind.TOO_SLOW: 408,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.TOO_MUCH: 413,
    Kind.WRONG_TYPE: 415,
    Kind.WRONG_HOST: 421,
    Kind.INVALID: 422,
    Kind.VERSION_MISSING: 428,
    Kind.TOO_OFTEN: 429,
    Kind.NOT_READY: 503,
    Kind.NO_ROOM: 507,
}

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
_INTERNAL: Final[Text] = _(
    "Something unexpected went wrong; name the request id {id} when you report it."
)


class FormInvalid(Refusal):
    """Boxes of a form, or rows, are not right; every one is named."""

    kind = Kind.INVALID
    message = N_("These fields are not right; nothing was stored.")

    def __init__(self, errors: Sequence[Mapping[str, object]], total: int | None = None) -> None:
        self.errors = list(errors)
        self.total = total
        super().__init__()


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


def status_of(error: Refusal) -> int:
    """Return the status a named error is answered with."""
    return STATUS_OF[error.kind]


def code_of(error: Refusal) -> str:
    """Return the stable name of an error: `nomination-closed`."""
    return error.told_as or _BORDER.sub("-", type(error).__name__).lower()


def _on_named(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, Refusal):
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


def answer_to(request: Request, error: Refusal) -> JSONResponse:
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
    return problem(request, 422, "request-invalid", Text(FormInvalid.message).say(language), errors)


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
    web.add_exception_handler(Refusal, _on_named)
    web.add_exception_handler(RequestValidationError, _on_invalid)
    web.add_exception_handler(HTTPException, _on_http)
    for failure in (*trouble.FAILURES, OSError):
        web.add_exception_handler(failure, _on_failure)
    web.add_exception_handler(Exception, _on_unexpected)
