"""What does the web process answer? Routers of the API and of the pages, put together here."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, FastAPI

from campaigns.bootstrap import App
from portal.api import docs_page, problems, routes
from portal.api.holders import Notes
from portal.pages import approval_link, feed, front
from portal.web import health
from portal.web.attempts import Attempts
from portal.web.border import Border
from portal.web.crowd import Turn
from portal.web.hosts import Hosts

_PATIENCE = 10.0
"""Seconds an act waits for the database: less than people and proxies wait for an answer."""

ROUTERS: tuple[APIRouter, ...] = (
    front.router,
    health.router,
    docs_page.router,
    feed.router,
    approval_link.router,
    routes.router,
)
"""Every router of the portal; each lives in a module of its own."""


def create_app(installation: App) -> FastAPI:
    """Build the web application of one installation; routers reach it as `request.app.state`."""
    web = FastAPI(
        title="thidua",
        summary="Phong trào thi đua, từ phát động đến nhân rộng.",
        version=version("thidua"),
        openapi_url=None,  # `docs_page` hands it out in the reader's language
        docs_url=None,  # and has a page that asks no other host
        redoc_url=None,
        redirect_slashes=False,  # an address with one slash more is another address
    )
    web.state.installation = installation
    web.state.attempts = Attempts()
    web.state.notes = Notes()
    web.state.imports = Turn()
    installation.store.patience = _PATIENCE
    for router in ROUTERS:
        web.router.routes.extend(router.routes)
    problems.install(web)
    web.add_middleware(Border, hosts=Hosts(installation.settings))
    return web
