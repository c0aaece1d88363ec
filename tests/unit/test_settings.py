"""Where does the secret of an installation come from, and who can read it?"""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from campaigns.settings import Settings


@pytest.fixture(autouse=True)
def no_secret_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("THIDUA_SECRET", raising=False)


def test_secret_is_made_on_first_need_and_kept(tmp_path: Path):
    first = Settings(home=tmp_path / "home").signing_key

    assert len(first) >= 32
    assert Settings(home=tmp_path / "home").signing_key == first


def test_secret_is_readable_by_its_owner_only(tmp_path: Path):
    before = os.umask(0)
    try:
        Settings(home=tmp_path).signing_key  # noqa: B018 - made by being asked for
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_secret_made_by_many_at_once_is_the_same_for_all(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: Settings(home=tmp_path).signing_key, range(8)))

    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_secret_that_is_set_is_used_and_no_file_made(tmp_path: Path):
    settings = Settings(home=tmp_path, secret=SecretStr("x" * 32))

    assert settings.signing_key == b"x" * 32
    assert list(tmp_path.iterdir()) == []


def test_secret_that_is_too_short_is_refused():
    with pytest.raises(ValidationError, match="32 characters"):
        Settings(secret=SecretStr("short"))


def test_secret_is_not_shown(tmp_path: Path):
    settings = Settings(home=tmp_path, secret=SecretStr("x" * 32))

    assert "x" * 32 not in f"{settings!r}{settings.model_dump_json()}"
