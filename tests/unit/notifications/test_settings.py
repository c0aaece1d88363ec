"""Are settings read from the environment, and is every contradiction named at once?"""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from notifications.errors import MailSettingsInvalid
from notifications.settings import MailSettings, load_mail_settings


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in an empty folder, so that no `.env` is found by chance."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def set_smtp(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"THIDUA_SMTP_{name}", value)


def test_nothing_set_means_no_server() -> None:
    settings = load_mail_settings()
    assert settings.host is None
    assert settings.connections == 4
    assert settings.messages_per_connection == 100
    assert settings.sender.domain == "thidua.invalid"


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    set_smtp(
        monkeypatch,
        HOST="mail.bentre.example",
        PORT="2525",
        USERNAME="u",
        PASSWORD="bí mật",
        START_TLS="true",
        CONNECTIONS="2",
        SENDER_ADDRESS="thidua@bentre.example",
        SENDER_NAME="Ban Dân vận",
        LIST_DOMAIN="thidua.bentre.example",
        TIMEOUT="",
    )
    settings = load_mail_settings()
    assert settings.connects_to == ("mail.bentre.example", 2525)
    assert settings.start_tls == "always"
    assert settings.timeout == 60
    assert settings.sender.domain == "thidua.bentre.example"
    assert "bí mật" not in repr(settings)


def test_env_file_is_read_and_what_is_not_ours_is_left_alone(nowhere: Path) -> None:
    (nowhere / ".env").write_text(
        "THIDUA_SMTP_HOST=mail.x.vn\nTHIDUA_SMTP_SENDER_ADDRESS=a@x.vn\nTHIDUA_HOME=/x\n"
    )
    assert load_mail_settings().host == "mail.x.vn"


@pytest.mark.parametrize(
    ("values", "port"),
    [
        ({}, 25),
        ({"START_TLS": "true"}, 587),
        ({"USERNAME": "u", "PASSWORD": "p"}, 587),
        ({"USERNAME": "u", "PASSWORD": "p", "START_TLS": "false"}, 25),
        ({"USE_TLS": "true"}, 465),
        ({"USE_TLS": "true", "USERNAME": "u", "PASSWORD": "p"}, 465),
    ],
)
def test_port_follows_from_the_encryption(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], port: int
) -> None:
    set_smtp(monkeypatch, HOST="mail.x.vn", SENDER_ADDRESS="a@x.vn", **values)
    assert load_mail_settings().connects_to == ("mail.x.vn", port)


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"HOST": "mail.x.vn"}, "set THIDUA_SMTP_SENDER_ADDRESS"),
        ({"SENDER_ADDRESS": "nobody"}, "THIDUA_SMTP_SENDER_ADDRESS or .* has no @"),
        ({"LIST_DOMAIN": "a b"}, "THIDUA_SMTP_LIST_DOMAIN has no valid domain"),
        ({"USERNAME": "u"}, "USERNAME and THIDUA_SMTP_PASSWORD together"),
        ({"PASSWORD": "p"}, "USERNAME and THIDUA_SMTP_PASSWORD together"),
        ({"USE_TLS": "yes", "START_TLS": "yes"}, "not both"),
        ({"CA_FILE": "nowhere.pem"}, "THIDUA_SMTP_CA_FILE names no file"),
        ({"PORT": "0"}, "THIDUA_SMTP_PORT: "),
        ({"PORT": "mười"}, "THIDUA_SMTP_PORT: "),
        ({"CONNECTIONS": "0"}, "THIDUA_SMTP_CONNECTIONS: "),
        ({"TIMEOUT": "0"}, "THIDUA_SMTP_TIMEOUT: "),
        ({"START_TLS": "perhaps"}, "THIDUA_SMTP_START_TLS: "),
        ({"HOST": "mail x"}, "THIDUA_SMTP_HOST: "),
    ],
)
def test_setting_that_cannot_work_is_named(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], problem: str
) -> None:
    set_smtp(monkeypatch, **values)
    with pytest.raises(MailSettingsInvalid, match=problem):
        load_mail_settings()


def test_every_contradiction_is_named_and_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    set_smtp(monkeypatch, HOST="x.vn", PASSWORD="bí mật", USE_TLS="1", START_TLS="1")
    with pytest.raises(MailSettingsInvalid) as refused:
        load_mail_settings()
    assert len(refused.value.problems[0].split("; ")) == 3
    assert "bí mật" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_password_is_in_no_error_of_the_settings_themselves() -> None:
    with pytest.raises(ValidationError) as refused:
        MailSettings.model_validate({"password": "bí mật"})
    assert "bí mật" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "demanded"),
    [
        ({}, True),
        ({"start_tls": "none"}, False),
        ({"start_tls": True}, True),
        ({"start_tls": False, "username": "u", "password": "p"}, False),
        ({"username": "u", "password": "p"}, True),
        ({"use_tls": True, "username": "u", "password": "p"}, False),
    ],
)
def test_password_goes_encrypted_unless_told_otherwise(
    changes: dict[str, object], *, demanded: bool
) -> None:
    assert MailSettings.model_validate(changes).demands_start_tls is demanded
