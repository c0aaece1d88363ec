"""The web application in this process, asked as a browser or a calendar program asks it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx
from fastapi import FastAPI


@dataclass(frozen=True)
class Web:
    """Sends single requests; no cookie and no connection is kept between them."""

    app: FastAPI

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._send("GET", path, headers or {}))

    def head(self, path: str) -> httpx.Response:
        return asyncio.run(self._send("HEAD", path, {}))

    async def _send(self, method: str, path: str, headers: Mapping[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, path, headers=headers)
