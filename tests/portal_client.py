"""The API over a world: one client per person, with tokens as `thidua token create` makes them."""

from __future__ import annotations

import warnings
from pathlib import Path

from httpx import Response

from campaigns.bootstrap import App
from campaigns.services.access import tokens
from campaigns.settings import Settings
from notifications.sending.transport import transport_from
from notifications.settings import MailSettings
from portal.app import create_app
from schemas.actors import SCOPES
from tests.world import CODE, World

with warnings.catch_warnings():
    # It prefers another client than the one Prefect and we use, and says so when imported.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

API = f"/api/v1/campaigns/{CODE}"
ALL_SCOPES = " ".join(SCOPES)


class People:
    """Who asks: a person by id, each with a token of all scopes unless another is wanted."""

    def __init__(self, world: World, home: Path) -> None:
        installation = App(
            settings=Settings(home=home),
            store=world.store,
            transport=transport_from(MailSettings.model_construct(), home / "mail"),
        )
        self.app = installation
        self.http = TestClient(create_app(installation), raise_server_exceptions=False)
        self._tokens: dict[tuple[str, str], str] = {}

    def token(self, person: str, scopes: str = ALL_SCOPES, days: int = 90) -> str:
        key = (person, f"{scopes}/{days}")
        if key not in self._tokens:
            token, _ = self.app.act_as("test", None, tokens.create, person, scopes.split(), days)
            self._tokens[key] = token
        return self._tokens[key]

    def ask(
        self,
        person: str,
        method: str,
        path: str,
        *,
        scopes: str = ALL_SCOPES,
        language: str = "en",
        headers: dict[str, str] | None = None,
        **kwargs: object,
    ) -> Response:
        sent = {
            "Authorization": f"Bearer {self.token(person, scopes)}",
            "Accept-Language": language,
            **(headers or {}),
        }
        return self.http.request(method, path, headers=sent, **kwargs)  # type: ignore[arg-type]

    def get(self, person: str, path: str, **kwargs: object) -> Response:
        return self.ask(person, "GET", path, **kwargs)  # type: ignore[arg-type]

    def post(self, person: str, path: str, body: object = None, **kwargs: object) -> Response:
        return self.ask(person, "POST", path, json=body or {}, **kwargs)  # type: ignore[arg-type]
