"""The units of systemd name only what there is: commands, settings, pages; each is as confined."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from campaigns.settings import Settings
from cli.main import app
from notifications.settings import MailSettings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "systemd"
BIN = "/opt/thidua/.venv/bin/"
Unit = dict[str, dict[str, list[str]]]
UNITS = {path.name: path for path in sorted(FOLDER.glob("*.service"))}
EXAMPLE = (FOLDER / "thidua.env.example").read_text("utf-8")
COMPOSE = YAML(typ="safe", pure=True).load((ROOT / "compose.yaml").read_text("utf-8"))
FREE = {"PREFECT_SERVER_API_HOST", "FORWARDED_ALLOW_IPS", "DO_NOT_TRACK", "WEB_HOST"}
"""In the example, beside ours and the ones `compose.yaml` and the image set."""
OF_A_PROCESS = {
    *("Type", "ExecStart", "Environment", "Restart", "RestartSec", "KillMode", "OOMPolicy"),
    *("TimeoutStartSec", "TimeoutStopSec"),
}


def read(name: str) -> Unit:
    """Return a unit's sections; a key may stand several times."""
    unit: Unit = {}
    section: dict[str, list[str]] = {}
    for line in UNITS[name].read_text("utf-8").splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line):
            section = unit.setdefault(heading[1], {})
        elif line and not line.startswith("#"):
            key, _, value = line.partition("=")
            section.setdefault(key, []).append(value)
    return unit


def commands(name: str) -> list[list[str]]:
    """Return the words of what a unit starts, without the folder of the program."""
    lines = read(name)["Service"]["ExecStart"]
    assert all(line.startswith(BIN) for line in lines)
    return [shlex.split(line.removeprefix(BIN)) for line in lines]


@pytest.mark.parametrize("name", UNITS)
def test_commands_of_ours_exist(name: str):
    for program, *words in commands(name):
        if program != "thidua":
            continue
        node: Any = get_command(app)
        while words and hasattr(node, "commands"):
            node = node.commands[words.pop(0)]
        known = {option for parameter in node.params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known


@pytest.mark.parametrize("name", UNITS)
def test_commands_of_prefect_are_those_of_the_containers(name: str):
    tried = " && ".join(str(one.get("command", "")) for one in COMPOSE["services"].values())
    for program, *words in commands(name):
        if program == "prefect":
            plain = re.sub(r" --(?:host|port) \S+", "", tried)
            assert f"prefect {' '.join(words)}" in plain


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_is_confined_alike(name: str):
    def confinement(of: str) -> dict[str, list[str]]:
        settings = read(of)["Service"]
        return {key: value for key, value in settings.items() if key not in OF_A_PROCESS}

    assert confinement(name) == confinement("thidua.service")
    assert confinement(name)["User"] == ["thidua"]


@pytest.mark.parametrize("name", UNITS)
def test_what_runs_for_long_is_started_again(name: str):
    unit = read(name)

    if unit["Service"]["Type"] == ["oneshot"]:
        assert "Install" not in unit
    else:
        assert unit["Service"]["Restart"] in (["always"], ["on-failure"])
        assert unit["Unit"]["StartLimitIntervalSec"] == ["0"]


@pytest.mark.parametrize("name", UNITS)
def test_pages_of_units_are_there(name: str):
    for page in read(name)["Unit"]["Documentation"]:
        assert (ROOT / page.removeprefix("file:/opt/thidua/")).is_file()


@pytest.mark.parametrize("name", UNITS)
def test_every_unit_stands_in_its_page(name: str):
    (page,) = read(name)["Unit"]["Documentation"]
    text = (ROOT / page.removeprefix("file:/opt/thidua/")).read_text("utf-8")

    assert name.removesuffix(".service") in text


def test_units_do_what_the_containers_do():
    wanted = {"migrate", "deploy", "prefect", "prefect-services", "worker@", "relay@", "web@"}

    assert {f"thidua-{one}.service" for one in wanted} | {"thidua.service"} == set(UNITS)


def test_example_names_settings_that_there_are():
    named = set(re.findall(r"^#?([A-Z]\w+)=", EXAMPLE, flags=re.MULTILINE))
    ours = {f"THIDUA_{field.upper()}" for field in Settings.model_fields}
    ours |= {f"THIDUA_SMTP_{field.upper()}" for field in MailSettings.model_fields}
    image = (ROOT / "deploy/Dockerfile").read_text("utf-8")
    of_containers = set(COMPOSE["x-thidua"]["environment"])
    of_containers |= set(re.findall(r"\b((?:PREFECT|THIDUA)_\w+)=", image))
    of_containers |= set(
        re.findall(
            r"^(\w+)=", (ROOT / "deploy/thidua.env.example").read_text("utf-8"), re.MULTILINE
        )
    ) - {"POSTGRES_PASSWORD"}

    assert of_containers <= named
    assert named - of_containers - ours - FREE - {"PREFECT_UI_STATIC_DIRECTORY"} == set()


def test_no_secret_stands_in_the_example():
    assert not re.search(r"^#?(?:THIDUA_SECRET|PREFECT_\w*AUTH_STRING)=.+$", EXAMPLE, re.MULTILINE)
