"""An executor whose workers are the test: it remembers what was submitted and reports what the test says happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tradewind.ports.executor import Claimed, Finished, Lost, Report, Serve
from tradewind.spec import wire


class ScriptedExecutor:
    """Implements `ports.executor.Executor`; `submitted`, `granted`, `cancelled` and `buried` record the calls."""

    name = "local"

    def __init__(self, slots: int = 32) -> None:
        self.slots = slots
        self.submitted: dict[str, wire.Work] = {}
        self.granted: dict[str, bool] = {}
        self.cancelled: list[str] = []
        self.buried: list[str] = []
        self.stopped = False
        self.most_out = 0
        self._out: set[str] = set()

    def start(self, report: Callable[[Report], None], serve: Serve) -> None:
        self.report = report

    def submit(self, work: wire.Work) -> None:
        assert work.attempt_id not in self.submitted, "an attempt was handed out twice"
        self.submitted[work.attempt_id] = work
        self._out.add(work.attempt_id)
        self.most_out = max(self.most_out, len(self._out))
        assert len(self._out) <= self.slots, "more work than slots"

    def grant(self, attempt_id: str, granted: bool) -> None:
        self.granted[attempt_id] = granted
        if not granted:
            self._out.discard(attempt_id)

    def cancel(self, attempt_id: str) -> None:
        self.cancelled.append(attempt_id)

    def bury(self, attempt_ids: list[str]) -> None:
        self.buried += attempt_ids

    def stop(self, grace: float) -> None:
        self.stopped = True

    # --- what the test makes happen -----------------------------------------------------------------------------

    def out(self, task_id: str | None = None) -> list[wire.Work]:
        """Work that has not ended, oldest first: the attempts of one task, or all."""
        return [
            work
            for work in self.submitted.values()
            if work.attempt_id in self._out
            and (task_id is None or (isinstance(work, wire.TaskWork) and work.task_id == task_id))
        ]

    def one(self, task_id: str) -> wire.Work:
        """The only work of a task that is out."""
        (work,) = self.out(task_id)
        return work

    def claim(self, work: wire.Work, now: datetime) -> Claimed:
        return Claimed(work.attempt_id, now, "here", 4711)

    def finish(self, work: wire.Work, now: datetime, state: str = "success", **fields: Any) -> Finished:
        self._out.discard(work.attempt_id)
        return Finished(wire.Outcome(attempt_id=work.attempt_id, state=state, at=now, **fields))

    def lose(self, work: wire.Work, now: datetime) -> Lost:
        self._out.discard(work.attempt_id)
        return Lost(work.attempt_id, now, "worker process 4711 was killed by signal 9")
