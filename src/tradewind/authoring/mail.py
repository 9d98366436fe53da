"""Sends mail over SMTP.  Airflow: `airflow.utils.email`; called by `EmailOperator` and by functions of DAG files.

The server is that of the options `AIRFLOW__SMTP__*` (host, port, starttls, ssl, user, password, mail_from, timeout
in seconds, retry_limit), or that of an SMTP Connection: the connection `smtp_default` is asked when the options name no
host, as Airflow 3 does, and otherwise for user and password, as Airflow 2 does.
"""

from __future__ import annotations

import contextlib
import logging
import mimetypes
import smtplib
import socket
import ssl
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any

from tradewind.authoring.conf import conf
from tradewind.authoring.connection import Connection
from tradewind.authoring.module_loading import import_string
from tradewind.authoring.operator_args import emails
from tradewind.errors import AirflowConfigException, AirflowException, AirflowNotFoundException

DEFAULT_CONNECTION = "smtp_default"
_OWN_BACKENDS = frozenset({"", "airflow.utils.email.send_email_smtp"})

log = logging.getLogger("airflow.task.mail")


@dataclass(frozen=True)
class Server:
    """An SMTP server and how to talk to it."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    ssl: bool = False
    starttls: bool = True
    timeout: float = 30.0
    """Seconds to wait for a connection."""
    verify: bool = True
    """Whether the certificate of the server is checked."""
    attempts: int = 5
    """How often a connection is tried before the mail fails."""
    sender: str | None = None


def configured_server(conn_id: str | None = None) -> Server:
    """The server of `AIRFLOW__SMTP__*`.

    User and password come from the connection `conn_id` when there is one, else from the options.  When nobody set the
    option `smtp_host` and the connection has a host, the server is that of the connection.  Raises
    `AirflowConfigException` for options that cannot be used.
    """
    sender = conf.get("smtp", "smtp_mail_from")
    own = find_connection(conn_id)
    if own is not None and own.host and not conf.is_given("smtp", "smtp_host"):
        server = server_of(own)
        return server if server.sender else replace(server, sender=sender)
    user, password = conf.get("smtp", "smtp_user", fallback=None), conf.get("smtp", "smtp_password", fallback=None)
    if own is not None:
        user, password = own.login or user, own.password or password
    return Server(
        host=conf.get("smtp", "smtp_host"),
        port=conf.getint("smtp", "smtp_port"),
        user=user or None,
        password=password or None,
        ssl=conf.getboolean("smtp", "smtp_ssl"),
        starttls=conf.getboolean("smtp", "smtp_starttls"),
        timeout=conf.getfloat("smtp", "smtp_timeout"),
        attempts=max(conf.getint("smtp", "smtp_retry_limit"), 1),
        verify=_verifies("AIRFLOW__EMAIL__SSL_CONTEXT", conf.get("email", "ssl_context", fallback="default")),
        sender=sender,
    )


def server_of(connection: Connection) -> Server:
    """The server of a Connection of the type smtp.

    Its extra may have `disable_ssl`, `disable_tls`, `ssl_context` (`default` or `none`), `timeout`, `retry_limit` and
    `from_email`.  Raises `AirflowConfigException` for another `ssl_context`.
    """
    extra = connection.extra_dejson
    use_ssl = not _is_true(extra.get("disable_ssl", False))
    return Server(
        host=connection.host or "localhost",
        port=connection.port or (465 if use_ssl else 587),
        user=connection.login or None,
        password=connection.password or None,
        ssl=use_ssl,
        starttls=not _is_true(extra.get("disable_tls", False)),
        verify=_verifies(f"ssl_context of the connection {connection.conn_id}", extra.get("ssl_context")),
        timeout=float(extra.get("timeout", 30)),
        attempts=max(int(extra.get("retry_limit", 5)), 1),
        sender=extra.get("from_email") or None,
    )


def find_connection(conn_id: str | None) -> Connection | None:
    """The connection, or None when there is none."""
    if not conn_id:
        return None
    with contextlib.suppress(AirflowNotFoundException):
        return Connection.get(conn_id)
    return None


def send_email(
    to: str | Iterable[str],
    subject: str,
    html_content: str,
    files: Collection[str | Path] | None = None,
    dryrun: bool = False,
    cc: str | Iterable[str] | None = None,
    bcc: str | Iterable[str] | None = None,
    mime_subtype: str = "mixed",
    mime_charset: str = "utf-8",
    conn_id: str | None = None,
    custom_headers: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> None:
    """Send a mail through the backend of `AIRFLOW__EMAIL__EMAIL_BACKEND`: by default, over SMTP.

    Raises what `send_email_smtp` raises.
    """
    backend = conf.get("email", "email_backend", fallback="")
    send = send_email_smtp if backend in _OWN_BACKENDS else import_string(backend)
    send(
        to,
        subject,
        html_content,
        files=files,
        dryrun=dryrun,
        cc=cc,
        bcc=bcc,
        mime_subtype=mime_subtype,
        mime_charset=mime_charset,
        conn_id=conn_id or conf.get("email", "email_conn_id", fallback=DEFAULT_CONNECTION),
        custom_headers=custom_headers,
        **kwargs,
    )


def send_email_smtp(
    to: str | Iterable[str],
    subject: str,
    html_content: str,
    files: Collection[str | Path] | None = None,
    dryrun: bool = False,
    cc: str | Iterable[str] | None = None,
    bcc: str | Iterable[str] | None = None,
    mime_subtype: str = "mixed",
    mime_charset: str = "utf-8",
    conn_id: str | None = DEFAULT_CONNECTION,
    from_email: str | None = None,
    custom_headers: Mapping[str, Any] | None = None,
    server: Server | None = None,
    **_: Any,
) -> None:
    """Send a mail over SMTP, to `server` or to the configured one; `dryrun` only makes it.

    Raises `AirflowException` when the server cannot be reached or refuses the mail, naming host and port.
    """
    chosen = server or configured_server(conn_id)
    message, recipients = build_mime_message(
        from_email or chosen.sender,
        to,
        subject,
        html_content,
        files=files,
        cc=cc,
        bcc=bcc,
        mime_subtype=mime_subtype,
        mime_charset=mime_charset,
        custom_headers=custom_headers,
    )
    if dryrun:
        return
    deliver(message, recipients, chosen)
    log.info("Sent an email to %s", ", ".join(recipients))


def build_mime_message(
    mail_from: str | None,
    to: str | Iterable[str],
    subject: str,
    html_content: str,
    files: Collection[str | Path] | None = None,
    cc: str | Iterable[str] | None = None,
    bcc: str | Iterable[str] | None = None,
    mime_subtype: str = "mixed",
    mime_charset: str = "utf-8",
    custom_headers: Mapping[str, Any] | None = None,
) -> tuple[EmailMessage, list[str]]:
    """The message, and everybody who gets it, those of `bcc` included.

    Raises `AirflowException` without a sender or a recipient, and `FileNotFoundError` for a missing attachment.
    """
    visible, copies = list(emails(to)), list(emails(cc))
    recipients = [*visible, *copies, *emails(bcc)]
    if not recipients:
        raise AirflowException("an email has no recipient; give to=")
    if not mail_from:
        raise AirflowException("an email has no sender; set AIRFLOW__SMTP__SMTP_MAIL_FROM or from_email")
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = mail_from
    message["To"] = ", ".join(visible)
    if copies:
        message["CC"] = ", ".join(copies)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = make_msgid(domain=mail_from.rpartition("@")[2].strip("> ") or None)
    for name, value in (custom_headers or {}).items():
        del message[name]
        message[name] = str(value)
    message.set_content(html_content, subtype="html", charset=mime_charset)
    for path in map(Path, files or ()):
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    if files and mime_subtype != "mixed":
        message.set_type(f"multipart/{mime_subtype}")
    return message, recipients


def deliver(message: EmailMessage, recipients: Collection[str], server: Server) -> None:
    """Hand the message to the server.  Raises `AirflowException`."""
    where = f"the SMTP server {server.host}:{server.port}"
    try:
        with _connect(server) as client:
            if server.user and server.password:
                client.login(server.user, server.password)
            refused = client.send_message(message, from_addr=None, to_addrs=list(recipients))
    except smtplib.SMTPException as error:
        raise AirflowException(f"{where} did not take the email: {error}") from error
    except OSError as error:
        raise AirflowException(
            f"{where} cannot be reached: {error}; set AIRFLOW__SMTP__SMTP_HOST and AIRFLOW__SMTP__SMTP_PORT, or the "
            "connection of the task"
        ) from error
    if refused:
        raise AirflowException(f"{where} refused the recipients {', '.join(sorted(refused))}")


def _connect(server: Server) -> smtplib.SMTP:
    """A session, encrypted as asked for; a connection that fails is tried again at once, as often as allowed."""
    for attempt in range(1, server.attempts + 1):
        try:
            client = _open(server)
            break
        except (TimeoutError, smtplib.SMTPServerDisconnected, ConnectionError, socket.gaierror):
            if attempt == server.attempts:
                raise
    try:
        if server.starttls and not server.ssl:
            client.starttls(context=_context(server))
    except BaseException:
        client.close()
        raise
    return client


def _open(server: Server) -> smtplib.SMTP:
    if server.ssl:
        return smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout, context=_context(server))
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout)


def _context(server: Server) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not server.verify:  # somebody said so, for a server of their own
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _verifies(name: str, value: object) -> bool:
    if value not in (None, "", "default", "none"):
        raise AirflowConfigException(f"{name} is {value!r}\n  fix: write default, or none to check no certificate")
    return value != "none"


def get_email_address_list(addresses: str | Iterable[str]) -> list[str]:
    """Addresses from a list, or from text with commas or semicolons between them."""
    return list(emails(addresses))


def _is_true(value: object) -> bool:
    return value if isinstance(value, bool) else str(value).strip().lower() in ("true", "1", "yes", "on")
