"""An operator that sends a mail.

Airflow: `airflow.operators.email`, `airflow.providers.smtp.operators.smtp`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from tradewind.authoring.operator import BaseOperator


class EmailOperator(BaseOperator):
    """Sends a mail: to the server of the connection `conn_id` when that names a host, else to the configured one."""

    template_fields: Collection[str] = ("to", "subject", "html_content", "files", "from_email", "cc", "bcc")
    template_ext: Sequence[str] = (".html",)
    template_fields_renderers: ClassVar[dict[str, str]] = {"html_content": "html"}
    ui_color = "#e6faf9"

    def __init__(
        self,
        *,
        to: str | Iterable[str],
        subject: str | None = None,
        html_content: str | None = None,
        from_email: str | None = None,
        files: Collection[str | Path] | None = None,
        cc: str | Iterable[str] | None = None,
        bcc: str | Iterable[str] | None = None,
        mime_subtype: str = "mixed",
        mime_charset: str = "utf-8",
        conn_id: str | None = None,
        custom_headers: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.to, self.cc, self.bcc = to, cc, bcc
        self.subject, self.html_content = subject, html_content
        self.from_email = from_email
        self.files = files or []
        self.mime_subtype, self.mime_charset = mime_subtype, mime_charset
        self.conn_id = conn_id
        self.custom_headers = custom_headers

    def execute(self, context: Any) -> None:
        """Send it.  Raises `AirflowException` when the server cannot be reached or refuses the mail."""
        from tradewind.authoring import mail  # smtplib and ssl: only where a mail is sent

        connection = mail.find_connection(self.conn_id)
        extra: dict[str, Any] = {}
        if connection is not None and connection.host:
            extra["server"] = mail.server_of(connection)
        if self.from_email:
            extra["from_email"] = self.from_email
        send = mail.send_email_smtp if extra else mail.send_email
        send(
            self.to,
            self.subject or "",
            self.html_content or "",
            files=self.files,
            cc=self.cc,
            bcc=self.bcc,
            mime_subtype=self.mime_subtype,
            mime_charset=self.mime_charset,
            conn_id=self.conn_id,
            custom_headers=self.custom_headers,
            **extra,
        )
