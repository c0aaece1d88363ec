"""What does the web process answer? Routers of the API and of the pages, put together here."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from campaigns.bootstrap import App
from portal import feeds, health

ROUTERS: tuple[APIRouter, ...] = (health.router, feeds.router)
"""Every router of the portal; each lives in a module of its own."""


def create_app(installation: App) -> FastAPI:
    """Build the web application of one installation; routers reach it as `request.app.state`."""
    web = FastAPI(title="thidua", docs_url="/docs", redoc_url=None)
    web.state.installation = installation
    for router in ROUTERS:
        web.include_router(router)
    return web
