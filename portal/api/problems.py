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
from language import N_, Language, Text
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

TITLES: Final[dict[int, dict[Language, str]]] = {
    400: {"vi": "Yêu cầu không đọc được", "en": "The request cannot be read"},
    401: {"vi": "Chưa xác thực", "en": "Not authenticated"},
    403: {"vi": "Không được phép", "en": "Not allowed"},
    404: {"vi": "Không tìm thấy", "en": "Not found"},
    405: {"vi": "Phương thức không dùng được ở đây", "en": "Method not allowed here"},
    408: {"vi": "Nội dung đến quá chậm", "en": "The content came too slowly"},
    409: {"vi": "Không làm được lúc này", "en": "Not possible now"},
    412: {"vi": "Nội dung đã thay đổi", "en": "Changed meanwhile"},
    413: {"vi": "Nội dung quá lớn", "en": "Too large"},
    415: {"vi": "Kiểu nội dung không dùng được", "en": "Content type not supported"},
    421: {"vi": "Địa chỉ không thuộc hệ thống", "en": "Another host"},
    422: {"vi": "Nội dung không hợp lệ", "en": "The content is not valid"},
    428: {"vi": "Cần nêu phiên bản", "en": "Say which version is meant"},
    429: {"vi": "Quá nhiều yêu cầu", "en": "Too many requests"},
    500: {"vi": "Lỗi của hệ thống", "en": "An error of the system"},
    503: {"vi": "Hệ thống chưa sẵn sàng", "en": "Not ready"},
    507: {"vi": "Hết chỗ lưu trữ", "en": "No room left"},
}
_FIELDS: Final[dict[str, str]] = {
    "missing": "Thiếu mục này.",
    "extra_forbidden": "Không có mục này; hãy bỏ đi hoặc sửa tên.",
    "string_type": "Cần là văn bản.",
    "string_too_long": "Dài quá mức cho phép.",
    "string_too_short": "Ngắn quá mức cho phép.",
    "string_pattern_mismatch": "Không đúng dạng.",
    "int_parsing": "Cần là số nguyên.",
    "int_type": "Cần là số nguyên.",
    "bool_type": "Cần là true hoặc false.",
    "list_type": "Cần là danh sách.",
    "tuple_type": "Cần là danh sách.",
    "dict_type": "Cần là đối tượng JSON.",
    "model_attributes_type": "Cần là đối tượng JSON.",
    "enum": "Không phải giá trị cho phép.",
    "literal_error": "Không phải giá trị cho phép.",
    "json_invalid": "JSON sai cú pháp.",
    "timezone_aware": "Thời điểm cần có múi giờ.",
    "greater_than_equal": "Ít nhất là {ge}.",
    "less_than_equal": "Nhiều nhất là {le}.",
    "finite_number": "Cần là một số hữu hạn.",
    "float_type": "Cần là số.",
    "float_parsing": "Cần là số.",
    "int_from_float": "Cần là số nguyên.",
    "int_parsing_size": "Số quá lớn.",
    "bool_parsing": "Cần là true hoặc false.",
    "too_long": "Nhiều quá mức cho phép: tối đa {max_length}.",
    "too_short": "Cần ít nhất {min_length} mục.",
    "date_type": "Cần là ngày dạng 2023-09-20.",
    "date_parsing": "Cần là ngày dạng 2023-09-20.",
    "day_wanted": "Cần là ngày dạng 2023-09-20, không kèm giờ và múi giờ.",
    "date_from_datetime_parsing": "Cần là ngày dạng 2023-09-20.",
    "date_from_datetime_inexact": "Cần là ngày, không kèm giờ.",
    "datetime_type": "Cần là thời điểm dạng 2023-09-20T17:00:00+07:00.",
    "datetime_parsing": "Cần là thời điểm dạng 2023-09-20T17:00:00+07:00.",
    "datetime_from_date_parsing": "Cần là thời điểm dạng 2023-09-20T17:00:00+07:00.",
    "time_too_far": "Thời điểm phải từ {first} đến {last}.",
    "text_not_kept": "Văn bản có ký tự NUL hoặc ký tự hỏng, không cơ sở dữ liệu nào giữ được.",
}
_INTERNAL: Final[dict[Language, str]] = {
    "vi": "Có lỗi ngoài dự kiến; nếu báo quản trị, hãy nêu mã yêu cầu {id}.",
    "en": "Something unexpected went wrong; name the request id {id} when you report it.",
}


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
        "title": titles[language],
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
            "message": _told(found, language),
        }
        for found in error.errors()
    ]
    return problem(request, 422, "request-invalid", Text(FormInvalid.message).say(language), errors)


def _told(found: Mapping[str, Any], language: Language) -> str:
    phrase = _FIELDS.get(found["type"]) if language == "vi" else None
    said: str = phrase.format_map(found.get("ctx", {})) if phrase else found["msg"]
    return said


def _on_http(request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, HTTPException):
        raise error
    titles = TITLES.get(error.status_code, TITLES[400])
    code = _TITLES_EN.get(error.status_code, "request-refused")
    return problem(request, error.status_code, code, titles[language_of(request)])


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
    return problem(request, 500, "internal", _INTERNAL[language_of(request)].format(id=identity))


def install(web: FastAPI) -> None:
    """Let every refusal of the application be told as a problem document."""
    web.add_exception_handler(Refusal, _on_named)
    web.add_exception_handler(RequestValidationError, _on_invalid)
    web.add_exception_handler(HTTPException, _on_http)
    for failure in (*trouble.FAILURES, OSError):
        web.add_exception_handler(failure, _on_failure)
    web.add_exception_handler(Exception, _on_unexpected)
