"""What a custom XCom backend is told before a task runs again: `purge` what its earlier try left elsewhere.

Called by `worker`: the engine deletes the old XComs when the new try is claimed, so they are read before that.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from typing import Any

from tradewind.authoring.xcom import BaseXCom, StoredXCom, backend
from tradewind.spec import serde, wire

log = logging.getLogger("airflow.task")


def earlier_xcoms(work: wire.Work, request: Callable[[wire.Request], Any]) -> list[StoredXCom]:
    """The XComs that a backend with a `purge` of its own must hear of; empty for a first try."""
    if not isinstance(work, wire.TaskWork) or not (work.try_number > 1 or work.run.clear_number):
        return []
    chosen = backend()
    if chosen is None or inspect.getattr_static(chosen, "purge") is inspect.getattr_static(BaseXCom, "purge"):
        return []
    wanted = wire.ListXComs(dag_id=work.dag_id, run_id=work.run.run_id, task_id=work.task_id, map_index=work.map_index)
    return [
        StoredXCom(key, serde.inner(text), work.dag_id, work.task_id, work.run.run_id, work.map_index)
        for key, text in request(wanted)
        if serde.tag_of(text) == serde.BACKEND
    ]


def purge(stale: list[StoredXCom]) -> None:
    """Tell the backend; what it raises is logged and keeps no task from running."""
    chosen = backend() if stale else None
    if chosen is None:
        return
    for xcom in stale:
        try:
            chosen.purge(xcom)
        except Exception:
            log.exception("the XCom backend cannot purge the XCom %r of task %r", xcom.key, xcom.task_id)
