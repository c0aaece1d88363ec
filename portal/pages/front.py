"""What does somebody read who opens the bare address? Where the way they look for begins.

The page says the same to everybody, in Vietnamese and English, and nothing of any campaign.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)
_PAGE: Final = Path(__file__).parents[1] / "templates" / "front.html"
_HEADERS: Final = {
    "Cache-Control": "public, max-age=300",
    "Content-Language": "vi, en",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
}


@router.api_route("/", methods=["GET", "HEAD"])
async def front() -> HTMLResponse:
    """Show the page; it holds no script, asks no other host and takes no answer."""
    return HTMLResponse(_text(), headers=_HEADERS)


@cache
def _text() -> str:
    return _PAGE.read_text("utf-8")
