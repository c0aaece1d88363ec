"""Where is the API explained? At /docs, from files of this installation, as the reader reads it."""

from __future__ import annotations

from importlib import resources
from typing import Final

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse, JSONResponse, Response

from portal.api.problems import language_of
from portal.described import described

router = APIRouter(include_in_schema=False)
_KINDS: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}


@router.get("/docs")
def page() -> HTMLResponse:
    """Show the documentation of the API."""
    return get_swagger_ui_html(
        openapi_url="/openapi.json",
        title="thidua · API",
        swagger_js_url="/docs/swagger-ui-bundle.js",
        swagger_css_url="/docs/swagger-ui.css",
        swagger_favicon_url="/docs/favicon.png",
    )


@router.get("/openapi.json")
def description(request: Request) -> JSONResponse:
    """Hand out what the API is, in the language asked for; in English where none is."""
    asked = request.headers.get("accept-language")
    language = language_of(request) if asked else "en"
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return JSONResponse(described(request.app.openapi(), language), headers=headers)


def _file(name: str) -> Response:
    content = (resources.files("fastapi_offline") / "static" / name).read_bytes()
    return Response(content, media_type=_KINDS[name])


@router.get("/docs/swagger-ui-bundle.js")
def script() -> Response:
    """Hand out the script of the page."""
    return _file("swagger-ui-bundle.js")


@router.get("/docs/swagger-ui.css")
def style() -> Response:
    """Hand out the style of the page."""
    return _file("swagger-ui.css")


@router.get("/docs/favicon.png")
def icon() -> Response:
    """Hand out the icon of the page."""
    return _file("favicon.png")
