"""The mail operator of the provider package `smtp`, for where that is not installed.

Airflow: `airflow.providers.smtp.operators.smtp`.
"""

from __future__ import annotations

from typing import Any

from tradewind.authoring.operators import email


class EmailOperator(email.EmailOperator):
    """Sends a mail to the server of a connection of the type smtp; to the configured one when there is none."""

    def __init__(self, *, conn_id: str | None = "smtp_default", **kwargs: Any) -> None:
        super().__init__(conn_id=conn_id, **kwargs)
