"""How runs of other DAGs stand, for those that wait for them.  Used by `external_task` and `triggers.external_task`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

from tradewind.authoring import comms

Verdict = Literal["success", "failed", "skipped", "waiting"]


@dataclasses.dataclass(frozen=True)
class Awaited:
    """What is waited for: runs of a DAG at these logical dates, or some of their tasks, or a task group of theirs."""

    dag_id: str
    dates: tuple[dt.datetime, ...]
    task_ids: tuple[str, ...] | None = None
    group_id: str | None = None
    allowed: tuple[str, ...] = ("success",)
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = f"task group {self.group_id!r}" if self.group_id else ", ".join(self.task_ids or ()) or "the run"
        return f"{what} of DAG {self.dag_id!r} at {', '.join(date.isoformat() for date in self.dates)}"

    def ask(self) -> dict[str, Any]:
        """How it stands; see `wire.GetExternal`."""
        from tradewind.spec import wire  # loads msgspec: only when somebody is asked

        answer: dict[str, Any] = comms.request(
            wire.GetExternal(dag_id=self.dag_id, dates=self.dates, task_ids=self.task_ids, task_group_id=self.group_id)
        )
        return answer

    def verdict(self, answer: dict[str, Any]) -> Verdict:
        """What an answer means: one failed or skipped is enough, all must be in an allowed state."""
        runs = answer["runs"]
        found: list[str | None] = []
        complete = len(runs) >= len(self.dates)
        for _, state, tasks in runs:
            if self.task_ids is None and self.group_id is None:
                found.append(state)
                continue
            found += tasks.values()
            names = {name.partition("[")[0] for name in tasks}
            complete = complete and bool(names) and names >= set(self.task_ids or ())
        if any(state in self.failed for state in found):
            return "failed"
        if any(state in self.skipped for state in found):
            return "skipped"
        return "success" if complete and found and all(state in self.allowed for state in found) else "waiting"


def instants(dates: Iterable[dt.datetime]) -> tuple[dt.datetime, ...]:
    """Plain datetimes (UTC), each once."""
    plain = (dt.datetime.fromtimestamp(date.timestamp(), dt.UTC) for date in dates)
    return tuple(dict.fromkeys(plain))
