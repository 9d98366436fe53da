"""A Kerberos ticket from a keytab, by the system's `kinit`.  Airflow: `airflow.security.kerberos`."""

from __future__ import annotations

import logging
import subprocess

from tradewind.authoring.conf import conf
from tradewind.authoring.provider_tools.host import get_hostname
from tradewind.errors import AirflowException

_log = logging.getLogger("airflow.task")
_SECONDS = 60


def get_kerberos_principal(principal: str | None) -> str:
    """The principal, or that of `[kerberos] principal`; `_HOST` in it is this host."""
    found = principal or str(conf.get("kerberos", "principal", fallback="airflow"))
    return found.replace("_HOST", get_hostname())


def renew_from_kt(principal: str | None, keytab: str, exit_on_fail: bool = True) -> int:
    """Get a ticket into the cache that `[kerberos] ccache` names; returns 0, or the exit status of `kinit`.

    With `exit_on_fail` a failure raises `AirflowException`.
    """
    lifetime = conf.getint("kerberos", "reinit_frequency", fallback=3600)
    command = [
        str(conf.get("kerberos", "kinit_path", fallback="kinit")),
        "-f" if conf.getboolean("kerberos", "forwardable", fallback=True) else "-F",
        "-a" if conf.getboolean("kerberos", "include_ip", fallback=True) else "-A",
        *("-r", f"{lifetime}m", "-k", "-t", keytab),
        *("-c", str(conf.get("kerberos", "ccache", fallback="/tmp/airflow_krb5_ccache"))),  # noqa: S108 - its default
        get_kerberos_principal(principal),
    ]
    _log.info("gets a Kerberos ticket: %s", " ".join(command))
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        status, text = 1, str(error)
    else:
        status, text = done.returncode, (done.stderr or done.stdout).strip()
    if status:
        _log.error("no Kerberos ticket for %s: %s", command[-1], text)
        if exit_on_fail:
            raise AirflowException(f"no Kerberos ticket for {command[-1]}: {text}")
    return status
