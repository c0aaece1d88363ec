"""`compose.yaml` names only what there is: commands, settings, files, an order without a circle."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from campaigns.settings import Settings
from cli.main import app
from notifications.settings import MailSettings

ROOT = Path(__file__).parents[2]
SERVICES: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(
    (ROOT / "compose.yaml").read_text("utf-8")
)["services"]
EXAMPLE = (ROOT / "deploy" / "thidua.env.example").read_text("utf-8")


def settings_of(service: dict[str, Any]) -> set[str]:
    return set(service.get("environment", {}))


@pytest.mark.parametrize("name", SERVICES)
def test_commands_of_ours_exist(name: str):
    command = str(SERVICES[name].get("command", ""))
    known = get_command(app)
    for words in re.findall(r"thidua ((?:[a-z]+ ?)+)", command):
        node: Any = known
        for word in words.split():
            node = node.commands[word]


def test_settings_of_ours_exist():
    known = {f"THIDUA_{field.upper()}" for field in Settings.model_fields}
    known |= {f"THIDUA_SMTP_{field.upper()}" for field in MailSettings.model_fields}
    named = set(re.findall(r"^(THIDUA_\w+)=", EXAMPLE, flags=re.MULTILINE))
    for service in SERVICES.values():
        named |= {one for one in settings_of(service) if one.startswith("THIDUA_")}

    assert named - known == set()


def test_two_of_everything_that_may_be_killed():
    twice = {name for name, one in SERVICES.items() if one.get("deploy") == {"replicas": 2}}

    assert twice == {"worker", "relay", "web", "dask-worker"}
    assert {"prefect-api-1", "prefect-api-2"} <= set(SERVICES)


def test_services_wait_for_others_that_there_are_and_in_no_circle():
    graph = {name: set(one.get("depends_on", ())) for name, one in SERVICES.items()}

    assert set().union(*graph.values()) <= set(SERVICES)
    assert list(TopologicalSorter(graph).static_order())


def test_databases_are_made_once():
    """The image makes one named by POSTGRES_DB; making it again would end the script there."""
    script = (ROOT / "deploy/postgres/databases.sql").read_text("utf-8")
    made = set(re.findall(r"^CREATE DATABASE (\w+);", script, re.MULTILINE))

    assert made == {"thidua", "prefect"}
    assert SERVICES["postgres"]["environment"]["POSTGRES_DB"] not in made
    # While the script runs, the server answers at its socket.
    assert "-h 127.0.0.1" in " ".join(SERVICES["postgres"]["healthcheck"]["test"])


def test_gateway_asks_for_names_again():
    """A name that stands in `upstream` is resolved once; a container may come back elsewhere."""
    gateway = (ROOT / "deploy/nginx/gateway.conf").read_text("utf-8")
    names = set(re.findall(r"http://([a-z-]+):", gateway))
    networks = [one.get("networks", {}) for one in SERVICES.values()]
    aliases = {name for one in networks for name in one.get("default", {}).get("aliases", ())}

    assert "upstream" not in gateway
    assert "resolver " in gateway
    assert names <= aliases | set(SERVICES)


def test_no_secret_stands_in_a_file_of_the_project():
    text = (ROOT / "compose.yaml").read_text("utf-8")
    filled = re.findall(
        r"^(?:POSTGRES_PASSWORD|THIDUA_SECRET|PREFECT_\w*AUTH_STRING)=(.+)$", EXAMPLE, re.MULTILINE
    )

    assert filled == []
    assert not re.search(r"^ *\w*PASSWORD: *[^$ ]", text, re.MULTILINE)


def test_ports_are_open_on_the_loopback_interface_only():
    ports = [port for one in SERVICES.values() for port in one.get("ports", ())]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


@pytest.mark.parametrize("name", SERVICES)
def test_files_that_are_mounted_are_there(name: str):
    mounted = [one.partition(":")[0] for one in SERVICES[name].get("volumes", ())]

    assert [path for path in mounted if path.startswith("./") and not (ROOT / path).exists()] == []


def test_image_gets_every_folder_the_program_needs():
    copied = set(
        re.findall(
            r"^COPY (\w+) \w+$", (ROOT / "deploy/Dockerfile").read_text("utf-8"), re.MULTILINE
        )
    )
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench", "tests"}

    assert packages <= copied


def test_servers_of_prefect_share_their_messages_through_redis():
    wanted = {
        "PREFECT_MESSAGING_BROKER",
        "PREFECT_MESSAGING_CACHE",
        "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE",
        "PREFECT_SERVER_DOCKET_URL",
    }
    for name in ("prefect-api-1", "prefect-api-2", "prefect-services"):
        assert wanted <= settings_of(SERVICES[name]), name
