"""Is mail sent encrypted and logged in as the settings say, and not at all otherwise?"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from notifications.errors import (
    NotificationError,
    SmtpEncryptionMissing,
    SmtpLoginRefused,
    SmtpServerUnreachable,
)
from notifications.sending.smtp import send_batch
from notifications.settings import MailSettings
from schemas.messages.outgoing import DeliveryOutcome
from schemas.messages.payload import RenderedMessage
from schemas.vocabulary import MessageState
from tests.faults.notifications.smtp_server import (
    PASSWORD,
    USERNAME,
    Misbehaviour,
    PasswordBook,
    server_context,
    smtp_server,
)
from tests.unit.notifications.samples import outgoing

# aiosmtpd warns of servers that take passwords unencrypted; this is about what a client does there.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")

CONTENT = RenderedMessage(subject="[A] B", text="Text\n", html="<p>Text</p>\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for 127.0.0.1 that only this test trusts; give the file (with its key)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "thidua test")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    file.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture
def context(certificate: Path) -> ssl.SSLContext:
    return server_context(str(certificate), str(certificate))


def send(
    settings: MailSettings, **changes: Any
) -> tuple[list[DeliveryOutcome], list[NotificationError]]:
    changed = MailSettings(**settings.model_dump() | changes)
    heard: list[NotificationError] = []
    batch = [outgoing(CONTENT, key=f"k{number}", message_id=number) for number in range(6)]
    return send_batch(batch, changed, changed.sender, heard.append), heard


def all_sent(outcomes: list[DeliveryOutcome]) -> bool:
    return {outcome.state for outcome in outcomes} == {MessageState.SENT}


def all_queued(outcomes: list[DeliveryOutcome]) -> bool:
    return {outcome.state for outcome in outcomes} == {MessageState.QUEUED}


LOGIN: dict[str, Any] = {"username": USERNAME, "password": SecretStr(PASSWORD)}


@pytest.mark.parametrize("start_tls", ["always", "auto"])
def test_server_that_demands_starttls_gets_mail_encrypted(
    context: ssl.SSLContext, certificate: Path, start_tls: str
) -> None:
    with smtp_server(tls_context=context, require_starttls=True) as (box, settings):
        outcomes, heard = send(settings, start_tls=start_tls, ca_file=certificate, connections=2)
    assert all_sent(outcomes)
    assert heard == []
    assert all(session.ssl is not None for session in box.sessions)


def test_server_that_demands_starttls_is_not_given_mail_without(context: ssl.SSLContext) -> None:
    with smtp_server(tls_context=context, require_starttls=True) as (box, settings):
        outcomes, heard = send(settings, start_tls="none")
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert "THIDUA_SMTP_START_TLS" in outcomes[0].detail
    assert box.contents == []


def test_starttls_that_is_not_offered_is_missed() -> None:
    with smtp_server() as (box, settings):
        outcomes, heard = send(settings, start_tls="always")
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert "does not offer STARTTLS" in str(heard[0])
    assert box.sessions == []


@pytest.mark.parametrize("start_tls", ["auto", "always"])
def test_mail_never_falls_back_to_plain_text(start_tls: str) -> None:
    with smtp_server() as (box, settings):
        outcomes, heard = send(settings, start_tls=start_tls)
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert box.contents == []


def test_mail_goes_in_plain_text_where_the_setting_says_none() -> None:
    with smtp_server() as (box, settings):
        outcomes, _ = send(settings, start_tls="none")
    assert all_sent(outcomes)
    assert len(box.contents) == 6


@pytest.mark.parametrize("start_tls", ["always", "auto"])
def test_certificate_nobody_trusts_is_refused(context: ssl.SSLContext, start_tls: str) -> None:
    with smtp_server(tls_context=context) as (box, settings):
        outcomes, heard = send(settings, start_tls=start_tls)
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert "CERTIFICATE_VERIFY_FAILED" in str(heard[0])
    assert box.contents == []


def test_refused_starttls_is_named(context: ssl.SSLContext) -> None:
    with smtp_server(Misbehaviour(broken_starttls=True), tls_context=context) as (box, settings):
        outcomes, heard = send(settings, start_tls="always")
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert "454 TLS not available" in str(heard[0])
    assert box.sessions == []


def test_tls_from_the_first_octet(context: ssl.SSLContext, certificate: Path) -> None:
    with smtp_server(ssl_context=context) as (box, settings):
        outcomes, heard = send(settings, start_tls="auto", use_tls=True, ca_file=certificate)
        assert all_sent(outcomes)
        assert heard == []
        unsure, heard = send(settings, start_tls="auto", use_tls=True)
    assert all_queued(unsure)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
    assert len(box.contents) == 6


def test_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    with smtp_server() as (_, settings):
        outcomes, heard = send(
            settings, start_tls="auto", use_tls=True, ca_file=tmp_path / "ca.pem"
        )
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]


@pytest.fixture
def guarded() -> Callable[..., Any]:
    """Give a server that takes mail only after a login."""

    def build(book: PasswordBook, **options: Any) -> Any:
        return smtp_server(authenticator=book, auth_required=True, **options)

    return build


def test_good_password_opens_every_connection(
    guarded: Callable[..., Any], context: ssl.SSLContext, certificate: Path
) -> None:
    book = PasswordBook()
    with guarded(book, tls_context=context) as (box, settings):
        outcomes, heard = send(
            settings, start_tls="auto", ca_file=certificate, connections=2, **LOGIN
        )
    assert all_sent(outcomes)
    assert heard == []
    assert book.attempts == 2
    assert all(session.authenticated for session in box.sessions)


def test_bad_password_is_tried_on_one_connection_only(guarded: Callable[..., Any]) -> None:
    book = PasswordBook()
    with guarded(book, auth_require_tls=False) as (box, settings):
        wrong = {"username": USERNAME, "password": SecretStr("sai")}
        outcomes, heard = send(settings, start_tls="none", connections=4, **wrong)
    assert all_queued(outcomes)
    [problem] = heard
    assert isinstance(problem, SmtpLoginRefused)
    assert "535 5.7.8" in str(problem)
    assert "sai" not in str(problem)
    assert PASSWORD not in str(problem)
    # Each of the ways to log in that the server offers, once.
    assert book.attempts == 2
    assert box.contents == []


def test_login_is_wanted_and_none_is_set(guarded: Callable[..., Any]) -> None:
    with guarded(PasswordBook(), auth_require_tls=False) as (box, settings):
        outcomes, heard = send(settings)
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpLoginRefused]
    assert box.contents == []


def test_login_at_a_server_that_has_none_is_named() -> None:
    with smtp_server() as (box, settings):
        outcomes, heard = send(settings, start_tls="none", **LOGIN)
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpLoginRefused]
    assert box.contents == []


def test_password_is_not_sent_unencrypted_unless_told_so(guarded: Callable[..., Any]) -> None:
    book = PasswordBook()
    with guarded(book, auth_require_tls=False) as (_, settings):
        outcomes, heard = send(settings, start_tls="auto", **LOGIN)
        assert all_queued(outcomes)
        assert [type(problem) for problem in heard] == [SmtpEncryptionMissing]
        assert book.attempts == 0
        told_so, _ = send(settings, start_tls="none", **LOGIN)
    assert all_sent(told_so)


def test_connection_that_breaks_during_login_is_unreachable() -> None:
    faults = Misbehaviour(drop_at_login=True)
    with smtp_server(faults, authenticator=PasswordBook(), auth_require_tls=False) as (_, settings):
        outcomes, heard = send(settings, start_tls="none", **LOGIN)
    assert all_queued(outcomes)
    assert [type(problem) for problem in heard] == [SmtpServerUnreachable]
