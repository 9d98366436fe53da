"""Mails of DAG files, sent to a real SMTP server."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from authoring_kit import run

from support.mail_server import MailServer, certificate
from tradewind.authoring import mail
from tradewind.authoring.dag import DAG
from tradewind.authoring.operators.email import EmailOperator
from tradewind.authoring.operators.smtp import EmailOperator as SmtpEmailOperator
from tradewind.errors import AirflowConfigException, AirflowException


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MailServer]:
    with MailServer() as server:
        for name, value in {
            "AIRFLOW_HOME": str(tmp_path),
            "AIRFLOW__SMTP__SMTP_HOST": "127.0.0.1",
            "AIRFLOW__SMTP__SMTP_PORT": str(server.port),
            "AIRFLOW__SMTP__SMTP_STARTTLS": "False",
            "AIRFLOW__SMTP__SMTP_MAIL_FROM": "Shop <shop@example.com>",
        }.items():
            monkeypatch.setenv(name, value)
        yield server


def operator(cls: Any = EmailOperator, **kwargs: Any) -> Any:
    with DAG("d", schedule=None):
        return cls(task_id="mail", **kwargs)


def test_a_mail_arrives_as_it_was_written(server: MailServer, tmp_path: Path) -> None:
    attachment = tmp_path / "numbers.csv"
    attachment.write_text("a,b\n")
    mail.send_email(
        "a@example.com; b@example.com,c@example.com",
        "Zahlen für\nheute",
        "<p>żółć</p>",
        files=[str(attachment)],
        cc=["d@example.com"],
        bcc="e@example.com",
        custom_headers={"X-Team": "data", "Subject": "replaced"},
    )
    [(recipients, message)] = server.mails
    assert recipients == [f"{name}@example.com" for name in "abcde"]
    assert (message["Subject"], message["X-Team"], message["From"]) == ("replaced", "data", "Shop <shop@example.com>")
    assert (message["To"], message["CC"]) == ("a@example.com, b@example.com, c@example.com", "d@example.com")
    assert message["Message-ID"].endswith("@example.com>") and "e@example.com" not in message.as_string()
    html, file = message.iter_parts()
    assert (html.get_content_type(), html.get_content().strip()) == ("text/html", "<p>żółć</p>")
    assert (file.get_filename(), file.get_content()) == ("numbers.csv", "a,b\n")
    assert server.logins == []


def test_templates_and_the_login_of_the_connection(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://user:pass@")
    made = operator(to=["{{ params.who }}@example.com"], subject="{{ ds }}", html_content="<b>{{ ds }}</b>")
    run(made, ds="2024-03-05", params={"who": "boss"})
    [(recipients, message)] = server.mails
    assert (recipients, message["Subject"]) == (["boss@example.com"], "2024-03-05")
    assert base64.b64decode(server.logins[0].removeprefix("PLAIN ")) == b"\0user\0pass"


def test_the_server_of_a_connection(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__SMTP__SMTP_PORT", "1")
    extra = "disable_ssl=true&disable_tls=true&from_email=other@example.com"
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", f"smtp://127.0.0.1:{server.port}/?{extra}")
    run(operator(SmtpEmailOperator, to="a@example.com", subject="s", html_content="h"))
    run(operator(SmtpEmailOperator, to="a@example.com", from_email="me@example.com"))
    assert [message["From"] for _, message in server.mails] == ["other@example.com", "me@example.com"]
    secure = mail.server_of(mail.Connection(conn_type="smtp", host="h", extra='{"timeout": 3}'))
    assert (secure.ssl, secure.port, secure.timeout) == (True, 465, 3.0)


def test_a_backend_of_ones_own(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__EMAIL__EMAIL_BACKEND", f"{__name__}.collect")
    mail.send_email("a@example.com", "subject", "text")
    assert collected.pop()[:2] == ("a@example.com", "subject") and server.mails == []


collected: list[tuple[Any, ...]] = []


def collect(to: Any, subject: str, html_content: str, **kwargs: Any) -> None:
    collected.append((to, subject, html_content, kwargs["conn_id"]))


def test_what_goes_wrong_is_told(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    mail.send_email("a@example.com", "s", "t", dryrun=True)
    with pytest.raises(AirflowException, match="no recipient"):
        mail.send_email([], "s", "t")
    with pytest.raises(FileNotFoundError):
        mail.send_email("a@example.com", "s", "t", files=["/no/such/file"])
    server.refused = {"nobody@example.com"}
    with pytest.raises(AirflowException, match=r"did not take the email.*nobody here"):
        mail.send_email("nobody@example.com", "s", "t")
    with pytest.raises(AirflowException, match=r"refused the recipients nobody@example\.com"):
        mail.send_email(["a@example.com", "nobody@example.com"], "s", "t")
    monkeypatch.setenv("AIRFLOW__SMTP__SMTP_STARTTLS", "True")
    with pytest.raises(AirflowException, match="STARTTLS"):
        mail.send_email("a@example.com", "s", "t")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("AIRFLOW__SMTP__SMTP_PORT", str(unused.getsockname()[1]))
        with pytest.raises(AirflowException, match=r"cannot be reached.*AIRFLOW__SMTP__SMTP_HOST"):
            mail.send_email("a@example.com", "s", "t")
    monkeypatch.setenv("AIRFLOW__SMTP__SMTP_PORT", "many")
    with pytest.raises(AirflowConfigException, match="smtp_port"):
        mail.send_email("a@example.com", "s", "t")
    assert [recipients for recipients, _ in server.mails] == [["a@example.com"]]


@pytest.mark.parametrize("implicit", [False, True], ids=["starttls", "ssl"])
def test_an_encrypted_server_that_wants_a_login(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, implicit: bool
) -> None:
    context, trusted = certificate(tmp_path)
    with MailServer(context, implicit=implicit) as server:
        for name, value in {
            "AIRFLOW_HOME": str(tmp_path),
            "AIRFLOW__SMTP__SMTP_HOST": "localhost",
            "AIRFLOW__SMTP__SMTP_PORT": str(server.port),
            "AIRFLOW__SMTP__SMTP_STARTTLS": str(not implicit),
            "AIRFLOW__SMTP__SMTP_SSL": str(implicit),
            "AIRFLOW__SMTP__SMTP_USER": "user",
            "AIRFLOW__SMTP__SMTP_PASSWORD": "pass",
        }.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(AirflowException, match="certificate verify failed"):
            mail.send_email("a@example.com", "a certificate that nobody knows", "t")
        assert server.mails == [] and server.logins == [], "the password was not given away"
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        mail.send_email("a@example.com", "one that is trusted", "t")
        monkeypatch.delenv("SSL_CERT_FILE")
        monkeypatch.setenv("AIRFLOW__EMAIL__SSL_CONTEXT", "none")
        mail.send_email("a@example.com", "not looked at", "t")
        assert [message["Subject"] for _, message in server.mails] == ["one that is trusted", "not looked at"]
        assert server.encrypted == [True, True]
        assert {base64.b64decode(login.removeprefix("PLAIN ")) for login in server.logins} == {b"\0user\0pass"}
        monkeypatch.setenv("AIRFLOW__EMAIL__SSL_CONTEXT", "maybe")
        with pytest.raises(AirflowConfigException, match=r"AIRFLOW__EMAIL__SSL_CONTEXT is 'maybe'"):
            mail.send_email("a@example.com", "s", "t")


def test_the_default_connection_is_the_server_unless_the_options_name_one(
    server: MailServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    context, _ = certificate(tmp_path)
    with MailServer(context, implicit=True) as other:
        connection = {
            "conn_type": "smtp", "host": "127.0.0.1", "port": other.port, "login": "me", "password": "secret",
            "extra": {"ssl_context": "none"},
        }  # fmt: skip
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection))
        mail.send_email("a@example.com", "by the options", "t")
        monkeypatch.delenv("AIRFLOW__SMTP__SMTP_HOST")
        mail.send_email("a@example.com", "by the connection", "t")
        connection["extra"] = {"ssl_context": "none", "from_email": "conn@example.com"}
        monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", json.dumps(connection))
        mail.send_email("a@example.com", "with its sender", "t")
        found = [(message["Subject"], message["From"]) for _, message in other.mails]
        assert found == [
            ("by the connection", "Shop <shop@example.com>"), ("with its sender", "conn@example.com")
        ]  # fmt: skip
        assert [message["Subject"] for _, message in server.mails] == ["by the options"]
        assert base64.b64decode(server.logins[0].removeprefix("PLAIN ")) == b"\0me\0secret"
        assert len(other.logins) == 2 and other.encrypted == [True, True]
