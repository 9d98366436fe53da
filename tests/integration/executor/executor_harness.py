"""A scheduler stand-in for the executor's tests: grants every claim, keeps every report, waits on conditions."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tradewind.executors.local import LocalExecutor
from tradewind.ports.executor import Claimed, Finished, Lost, Report
from tradewind.runtime.logs import read_log
from tradewind.spec import serde, wire

DAY = datetime(2024, 1, 31, tzinfo=UTC)


class Scheduler:
    """Owns an executor and a bundle folder; every wait ends by a report, never by a sleep."""

    def __init__(self, root: Path, serve: Callable[[wire.Request], Any] | None = None, **options: Any) -> None:
        self.bundle = root / "dags"
        self.bundle.mkdir(exist_ok=True)
        self.logs = root / "logs"
        self.logs.mkdir(exist_ok=True)
        self.executor = LocalExecutor(**{"slots": 2, "grace": 5.0, **options})
        self.reports: list[Report] = []
        self.refuse: set[str] = set()
        self.hold: set[str] = set()
        self.xcoms: dict[tuple[str, str], str] = {}
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._serve = serve or self._store

    def __enter__(self) -> Scheduler:
        self.executor.start(self._take, lambda request: self._serve(request))
        return self

    def __exit__(self, *error: object) -> None:
        self.executor.stop(1.0)

    def _take(self, report: Report) -> None:
        if isinstance(report, Claimed) and report.attempt_id not in self.hold:
            self.executor.grant(report.attempt_id, report.attempt_id not in self.refuse)
        with self._changed:
            self.reports.append(report)
            self._changed.notify_all()

    def _store(self, request: wire.Request) -> Any:
        if isinstance(request, wire.SetXCom):
            self.xcoms[request.attempt_id, request.key] = request.value
            return None
        if isinstance(request, wire.GetXCom):
            wanted = request.task_ids or ()
            return [
                [attempt.partition("#")[0], -1, value]
                for (attempt, key), value in self.xcoms.items()
                if key == request.key and (not wanted or attempt.partition("#")[0] in wanted)
            ]
        if isinstance(request, wire.GetPreviousRun):
            return None
        raise KeyError(repr(request))

    # --- DAG files and work -----------------------------------------------------------------------------------

    def write(self, name: str, text: str) -> str:
        """Write a DAG file; returns its digest."""
        path = self.bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return hashlib.sha256(text.encode()).hexdigest()

    def source(self, name: str) -> wire.DagSource:
        """Where the file is, with the digest it has now."""
        digest = hashlib.sha256((self.bundle / name).read_bytes()).hexdigest()
        return wire.DagSource(bundle_path=str(self.bundle), relative_fileloc=name, digest=digest)

    def work(self, task_id: str, file: str = "d.py", dag_id: str = "d", **values: Any) -> wire.TaskWork:
        """One attempt of a task."""
        attempt = f"{task_id}#{next(self._numbers)}"
        conf = values.pop("conf", {})
        fields: dict[str, Any] = {
            "attempt_id": attempt,
            "ti_id": f"ti-{attempt}",
            "dag_id": dag_id,
            "task_id": task_id,
            "map_index": -1,
            "try_number": 1,
            "max_tries": 0,
            "run": wire.RunInfo(
                dag_id=dag_id,
                run_id="manual__2024-01-31",
                run_type="manual",
                run_after=DAY,
                logical_date=DAY,
                data_interval_start=DAY,
                data_interval_end=DAY,
                start_date=DAY,
                conf=conf,
            ),
            "source": self.source(file),
            "log_path": str(self.logs / f"{attempt}.log"),
        }
        return wire.TaskWork(**{**fields, **values})

    def submit(self, task_id: str, **values: Any) -> str:
        """Submit one attempt; returns its id."""
        work = self.work(task_id, **values)
        self.executor.submit(work)
        return work.attempt_id

    def run(self, task_id: str, **values: Any) -> wire.Outcome:
        """Submit one attempt and wait for its outcome."""
        return self.outcome(self.submit(task_id, **values))

    # --- What happened ----------------------------------------------------------------------------------------

    def wait(self, condition: Callable[[], Any], timeout: float = 120.0) -> Any:
        """Wait until a condition over the reports holds; returns its value."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout), self.reports
            return condition()

    def of(self, attempt_id: str) -> list[Report]:
        """The reports of one attempt, in order."""
        return [report for report in self.reports if _attempt_of(report) == attempt_id]

    def claimed(self, attempt_id: str) -> Claimed:
        """Wait for its claim."""
        return self.wait(lambda: next((r for r in self.of(attempt_id) if isinstance(r, Claimed)), None))

    def end(self, attempt_id: str) -> Finished | Lost:
        """Wait for its end."""
        return self.wait(lambda: next((r for r in self.of(attempt_id) if isinstance(r, Finished | Lost)), None))

    def outcome(self, attempt_id: str) -> wire.Outcome:
        """Wait for its outcome."""
        end = self.end(attempt_id)
        assert isinstance(end, Finished), end
        return end.outcome

    def lost(self, attempt_id: str) -> Lost:
        """Wait for its loss."""
        end = self.end(attempt_id)
        assert isinstance(end, Lost), end
        return end

    def entries(self, attempt_id: str) -> list[dict[str, Any]]:
        """The lines of its log."""
        return read_log(self.logs / f"{attempt_id}.log").entries

    def events(self, attempt_id: str, logger: str | None = None) -> list[str]:
        """The texts in its log."""
        return [line["event"] for line in self.entries(attempt_id) if logger in (None, line["logger"])]


def _attempt_of(report: Report) -> str | None:
    if isinstance(report, Finished):
        return report.outcome.attempt_id
    return getattr(report, "attempt_id", None)


def returned(outcome: wire.Outcome) -> Any:
    """The return value in an outcome."""
    values = {item.key: serde.loads(item.value) for item in outcome.xcoms}
    return values.get("return_value")


DAG_FILE = (Path(__file__).parent / "dags" / "attempts_dag.py").read_text()


def scheduler_with_dag(root: Path, **options: Any) -> Scheduler:
    """An executor, not started, whose bundle has the test DAG."""
    scheduler = Scheduler(root, **options)
    scheduler.write("d.py", DAG_FILE)
    return scheduler
