"""The machine and the user that code runs as.  Airflow: `airflow.utils.platform`, `airflow.utils.net`."""

from __future__ import annotations

import getpass
import socket
import sys

from tradewind.authoring.conf import conf
from tradewind.authoring.module_loading import import_string
from tradewind.errors import AirflowConfigException

_HOSTNAME = "airflow.utils.net.getfqdn"


def getuser() -> str:
    """Name of the user.  Raises `AirflowConfigException` where the user has none, as in some containers."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise AirflowConfigException(
            "the user that runs this process has no name; set the environment variable USER or LOGNAME"
        ) from None


def is_tty() -> bool:
    """Whether the output is read by a person at a terminal."""
    return hasattr(sys.stdout, "isatty") and sys.stdout.isatty()


def getfqdn(name: str = "") -> str:
    """The full name of a host, by default of this one, or its short name when nobody knows the full one."""
    name = name.strip()
    if not name or name == "0.0.0.0":  # noqa: S104 - a name that stands for this host
        name = socket.gethostname()
    try:
        found = socket.getaddrinfo(name, None, 0, socket.SOCK_DGRAM, 0, socket.AI_CANONNAME)
    except OSError:
        return name
    return next((canonical for _, _, _, canonical, _ in found if canonical), name)


def get_host_ip_address() -> str:
    """The address of this host."""
    return socket.gethostbyname(getfqdn())


def get_hostname() -> str:
    """Name of this host as `[core] hostname_callable` tells it."""
    path = str(conf.get("core", "hostname_callable", fallback=_HOSTNAME))
    return getfqdn() if path == _HOSTNAME else str(import_string(path)())
