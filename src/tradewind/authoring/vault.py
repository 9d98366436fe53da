"""The secrets backend that `[secrets] backend` names: asked for Connections and Variables before all else.

Called by `connection` and `variable`, in the process that asks: the class is code of users or of a provider package.
Airflow: `[secrets] backend` and `backend_kwargs`, or for tasks `[workers] secrets_backend` and its `_kwargs`.
"""

from __future__ import annotations

import functools
import logging
import os
import threading
from typing import Any

from tradewind.authoring import comms
from tradewind.authoring.conf import conf
from tradewind.authoring.module_loading import import_string
from tradewind.errors import AirflowConfigException

_log = logging.getLogger("airflow.task")
_PLACES = (("workers", "secrets_backend"), ("secrets", "backend"))
_asking = threading.local()


def connection_of_vault(conn_id: str) -> Any:
    """The Connection, or None when there is no backend or it does not have it.  Raises `AirflowConfigException`."""
    return _ask("get_connection", conn_id=conn_id)


def variable_of_vault(key: str) -> str | None:
    """The Variable's text, or None as above."""
    found = _ask("get_variable", key=key)
    return None if found is None else str(found)


def _ask(method: str, **which: str) -> Any:
    backend = _configured()
    if backend is None or getattr(_asking, "now", False):  # a backend may look its own Connection up
        return None
    _asking.now = True
    try:
        found = getattr(backend, method)(**which)
    except Exception as error:
        # as in Airflow, the next place is asked: a vault that is down must not hide what is elsewhere
        [name] = which.values()
        _log.error("the secrets backend %s cannot tell %r: %s", type(backend).__name__, name, error, exc_info=error)
        return None
    finally:
        _asking.now = False
    if found is not None:
        comms.learn(which.get("key"), found)
    return found


def _configured() -> Any:
    for section, key in _PLACES:
        path = str(conf.get(section, key) or "").strip()
        if path:
            return _made(path, str(conf.get(section, f"{key}_kwargs") or ""), section, key, os.getpid())
    return None


@functools.lru_cache(maxsize=1)
def _made(path: str, text: str, section: str, key: str, process: int) -> Any:
    """One for each process: what it holds open must not be shared with those that are forked from this one."""
    kwargs = conf.getjson(section, f"{key}_kwargs") if text.strip() else {}
    if not isinstance(kwargs, dict):
        raise AirflowConfigException(
            f'[{section}/{key}_kwargs] is {text!r}, not a JSON object\n  fix: write it as {{"name": "value"}}'
        )
    try:
        return import_string(path)(**kwargs)
    except Exception as error:
        raise AirflowConfigException(
            f"[{section}/{key}] is {path!r}, which cannot be used: {error}\n"
            "  fix: correct the name and its kwargs, or install the package"
        ) from error
