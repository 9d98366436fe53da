"""Links of a task to other systems, found when it has ended and stored as XComs.  Called by `task_runner`."""

from __future__ import annotations

import json
import logging
from typing import Any

from tradewind.authoring.plugins import links_of
from tradewind.spec import wire

log = logging.getLogger("airflow.task")


def link_values(task: Any, ti: Any) -> tuple[wire.XComValue, ...]:
    """The links of a task that ended, whatever became of it.  One that cannot be made is logged and left out."""
    found = []
    for link in links_of(task):
        try:
            address = link.get_link(task, ti_key=ti.key)
        except Exception as error:
            log.debug("the link %r has no address: %s: %s", getattr(link, "name", link), type(error).__name__, error)
            continue
        if address:
            found.append(wire.XComValue(key=link.xcom_key, value=json.dumps(str(address))))
    return tuple(found)
