"""What are the processes of `thidua up` told, here and where other machines can reach them?"""

from __future__ import annotations

import os
import socket
import stat
import threading
import time
from pathlib import Path

import pytest

from campaigns.settings import Settings
from cli.commands.up import PortTaken, _ensure_free
from operations.prefect.guard import CORS
from operations.prefect.password import CLIENT, PASSWORD, SERVER, PrefectPasswordUnfit
from operations.processes.parts import Places, environment

HERE, OPEN = Places("127.0.0.1", 4200, 8080), Places("0.0.0.0", 4200, 8080)  # noqa: S104 - a case


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    (home / "logs").mkdir(parents=True)
    return Settings(home=home)


def test_prefect_keeps_its_things_in_the_home(settings: Settings):
    told = environment(settings, HERE)

    assert told["PREFECT_HOME"] == str(settings.home / "prefect")
    assert told["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert told["PREFECT_UI_STATIC_DIRECTORY"] == str(settings.home / "prefect" / "ui")


def test_pages_of_prefect_advertise_nothing(settings: Settings):
    told = environment(settings, HERE)

    assert told["PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT"] == "false"


@pytest.mark.parametrize("places", [HERE, OPEN])
def test_server_and_clients_share_a_password(settings: Settings, places: Places):
    told = environment(settings, places)

    assert told[SERVER] == told[CLIENT]
    assert told[CLIENT].startswith("thidua:")
    assert stat.S_IMODE((settings.home / PASSWORD).stat().st_mode) == 0o600


def test_password_is_the_same_at_the_next_start(settings: Settings):
    assert environment(settings, HERE)[CLIENT] == environment(settings, OPEN)[CLIENT]


@pytest.mark.parametrize("given", ["thidua", ":", "thidua:", ":secret"])
def test_password_that_is_none_is_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, given: str
):
    monkeypatch.setenv(SERVER, given)

    with pytest.raises(PrefectPasswordUnfit):
        environment(settings, HERE)


def test_empty_password_is_not_given(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(SERVER, "")

    assert environment(settings, HERE)[SERVER].startswith("thidua:")


@pytest.mark.parametrize("places", [HERE, OPEN])
@pytest.mark.parametrize("wish", ["", "*"])
def test_forged_requests_are_refused(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, places: Places, wish: str
):
    monkeypatch.setenv(CORS, wish)

    told = environment(settings, places)

    assert told["PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED"] == "true"
    assert told[CORS] == "http://127.0.0.1:4200"
    assert told["PREFECT_UI_API_URL"] == "/api"


def test_settings_of_another_server_do_not_reach_the_parts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PREFECT_API_KEY", "of the cloud")
    monkeypatch.setenv("PREFECT_PROFILE", "other")

    assert {"PREFECT_API_KEY", "PREFECT_PROFILE"} & environment(settings, HERE).keys() == set()


def test_what_is_set_of_the_server_stays(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PREFECT_SERVER_API_AUTH_STRING", "thidua:mine")

    told = environment(settings, HERE)

    assert told["PREFECT_API_AUTH_STRING"] == "thidua:mine"


def test_settings_of_a_file_reach_runs_that_start_elsewhere(settings: Settings):
    Path(".env").write_text("THIDUA_SMTP_HOST=mail.example.org\n", "utf-8")

    assert environment(settings, HERE)["THIDUA_SMTP_HOST"] == "mail.example.org"


def test_links_lead_to_the_web_process_unless_an_address_is_set(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    first = environment(settings, HERE)["THIDUA_PUBLIC_URL"]
    monkeypatch.setenv("THIDUA_PUBLIC_URL", "https://thidua.example.vn")

    assert first == "http://127.0.0.1:8080"
    assert environment(settings, HERE)["THIDUA_PUBLIC_URL"] == "https://thidua.example.vn"


def test_port_that_parts_of_a_killed_one_still_hold_is_waited_for():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        with pytest.raises(PortTaken):
            _ensure_free("127.0.0.1", port, "--web-port", time.monotonic())
        ending = threading.Timer(0.3, other.close)
        ending.start()

        _ensure_free("127.0.0.1", port, "--web-port", time.monotonic() + 30)

    ending.join()
