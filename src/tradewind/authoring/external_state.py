"""How runs of other DAGs stand, for those that wait for them.  Used by `external_task` and `triggers.external_task`;
the runtime asks `awaited_by` whether the leader can wait in a trigger's place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tradewind.authoring import comms
from tradewind.core import external
from tradewind.spec.external import ExternalWait

_TRIGGERS = "tradewind.authoring.triggers.external_task"
"""Not imported here: it needs asyncio, which takes 50 ms."""


def ask(wait: ExternalWait) -> dict[str, Any]:
    """How it stands; see `wire.GetExternal`."""
    from tradewind.spec import wire  # loads msgspec: only when somebody is asked

    answer: dict[str, Any] = comms.request(
        wire.GetExternal(
            dag_id=wait.dag_id,
            dates=wait.dates if wait.form == "states" else (),
            run_ids=wait.run_ids,
            task_ids=wait.task_ids,
            task_group_id=wait.group_id,
        )
    )
    return answer


def look(wait: ExternalWait) -> tuple[external.Verdict, dict[str, Any]]:
    """What follows from how it stands now, and how it stands."""
    answer = ask(wait)
    return external.verdict(wait, answer), answer


def awaited_by(trigger: Any) -> ExternalWait | None:
    """What a trigger of ours waits for, for the leader to resolve; None for all others, and for classes made from it,
    whose own code has to run."""
    if type(trigger).__module__ != _TRIGGERS:
        return None
    found: ExternalWait = trigger.awaited()
    return found


def instants(dates: Iterable[dt.datetime]) -> tuple[dt.datetime, ...]:
    """Plain datetimes (UTC), each once."""
    plain = (dt.datetime.fromtimestamp(date.timestamp(), dt.UTC) for date in dates)
    return tuple(dict.fromkeys(plain))
