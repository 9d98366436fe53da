"""Addresses of the server's pages, for links in logs, mails and operators.  Used by operators and by `runtime`."""

from __future__ import annotations

import os
from urllib.parse import quote

_NAMES = ("TRADEWIND_BASE_URL", "AIRFLOW__API__BASE_URL", "AIRFLOW__WEBSERVER__BASE_URL")
_DEFAULT = "http://localhost:8080"


def server_url() -> str:
    """Address of the server, without a slash at its end: from the environment, else the default of this machine."""
    return next((os.environ[name] for name in _NAMES if os.environ.get(name)), _DEFAULT).rstrip("/")


def run_url(dag_id: str, run_id: str, base: str | None = None) -> str:
    """Address of a run's page; `base`: of another server than this one's."""
    server = base.rstrip("/") if base else server_url()
    return f"{server}/dags/{quote(dag_id, safe='')}/runs/{quote(run_id, safe='')}"
