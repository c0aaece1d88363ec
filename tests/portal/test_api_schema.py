"""Whatever the API's own description allows, and what it does not: is any answer a crash?"""

from __future__ import annotations

import contextlib
import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from tests.portal_client import People

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.core.errors import SerializationNotPossible
    from schemathesis.generation import GenerationMode

SYSTEM_FAILED = 500
ROUNDS = 3
"""Bodies for each operation; `make test-all` need not be long."""
QUIET = settings(
    max_examples=ROUNDS,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,  # the same bodies in every run: a test that fails by chance helps nobody
)


def ask(receiving: People, case: Any) -> int:
    """Send what was made as a person who may do everything."""
    sent = case.as_transport_kwargs(base_url="http://testserver")
    headers = {name: value for name, value in dict(sent.get("headers") or {}).items() if value}
    headers["Authorization"] = f"Bearer {receiving.token('mai')}"
    more = {
        key: sent[key] for key in ("params", "json", "data", "files", "content") if sent.get(key)
    }
    if isinstance(more.get("data"), bytes):
        more["content"] = more.pop("data")
    path = sent["url"].removeprefix("http://testserver")
    answer = receiving.http.request(case.method, path, headers=headers, **more)
    return answer.status_code


def attempts(receiving: People, operation: Any, mode: Any, crashes: list[tuple[str, str]]) -> int:
    """Send some of what is made of one operation; return how many were sent."""
    tried = 0
    if "/import" in operation.path:  # forms with files are tried elsewhere
        return tried

    @QUIET
    @given(case=operation.as_strategy(generation_mode=mode))
    def some(case: Any) -> None:
        nonlocal tried
        tried += 1
        if ask(receiving, case) >= SYSTEM_FAILED:
            crashes.append((operation.label, f"{case.body!r:.300} {case.query!r:.200}"))

    # What takes nothing cannot be given anything wrong; a workbook is tried elsewhere.
    with contextlib.suppress(Unsatisfiable, SerializationNotPossible):
        some()
    return tried


# Schemathesis draws from `random` itself.
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisDeprecationWarning")
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_nothing_that_is_made_of_the_description_is_a_crash(receiving: People, mode) -> None:
    app = receiving.http.app
    loaded = schemathesis.openapi.from_dict(app.openapi())  # type: ignore[attr-defined]
    crashes: list[tuple[str, str]] = []
    tried = 0
    for found in loaded.get_all_operations():
        operation: Any = found
        tried += attempts(receiving, operation.ok(), mode, crashes)
    assert crashes == []
    assert tried > 40
