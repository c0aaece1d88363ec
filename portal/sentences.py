"""Which sentences does the API say of itself? Its description's, for the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI

from language.prose import entries
from portal.app import ROUTERS
from portal.described import DATA, SHOWN


def extract(*_given: object, **_options: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """Return the texts as Babel's extraction wants them; see `pyproject.toml`."""
    web = FastAPI()
    for router in ROUTERS:
        web.router.routes.extend(router.routes)
    return entries(_texts(web.openapi()))


def _texts(document: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    if isinstance(document, Mapping):
        for key, value in document.items():
            if key in SHOWN and isinstance(value, str):
                yield value
            elif key not in DATA:
                yield from _texts(value)
    elif isinstance(document, list):
        for one in document:
            yield from _texts(one)
