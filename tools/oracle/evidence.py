"""Why Airflow skipped a task instance, from what Airflow itself left behind.  For the recorder.

Nothing is inferred from states.  What counts as evidence: the scheduler's line about the dependency that skipped it (of
this very instance: a cleared one has another id), the XCom in which a branch or a short circuit keeps what it decided,
what the log of the task says it raised, and the log of events.  tests/oracle/README.md has the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from support.oracle_case import Case
from support.oracle_drive import Api
from support.oracle_skips import raised

NOT_MET = re.compile(
    r"Dependencies not met for <TaskInstance: [^>]*\[skipped\][^>]*ti_id=(?P<id>[-0-9a-f]+)>, "
    r"dependency '(?P<name>[^']+)' FAILED: (?P<why>.*)"
)
NO_VALUES = re.compile(r"Marking <TaskInstance: [^>]*ti_id=(?P<id>[-0-9a-f]+)> as SKIPPED since the map has")
TIMED_OUT = re.compile(r"Run (?P<run>\S+) of (?P<dag>\S+) has timed-out")
FINISHED = re.compile(r"Workload finished .*final_state=skipped .*workload_id=(?P<id>[-0-9a-f]+)")
GIVES_UP = ("soft_fail", "never_fail", "Sensor has timed out")
"""What a sensor says when it is skipped where it would have failed."""
MARKS = ("patch_dag_run", "patch_task_instance", "bulk_task_instances")


class Evidence:
    """What a running Airflow left behind about a case; `scheduler` is the file of its scheduler's log."""

    def __init__(self, api: Api, case: Case, scheduler: Path) -> None:
        self.api, self.case = api, case
        lines = scheduler.read_text(encoding="utf-8", errors="replace").splitlines()
        self.decided: dict[str, list[str]] = {}
        """Id of a task instance -> why the scheduler skipped it."""
        for line in lines:
            if found := NOT_MET.search(line):
                words = self.decided.setdefault(found["id"], [])
                if (word := _dependency(found["name"], found["why"])) and word not in words:
                    # a rule that waits says so, too, of what another dependency skipped just before
                    if words and word.startswith("trigger_rule"):
                        continue
                    words.append(word)
            elif found := NO_VALUES.search(line):
                self.decided[found["id"]] = ["empty_mapping"]
        self.said_so = {found["id"] for line in lines if (found := FINISHED.search(line))}
        """Ids of the instances whose own process ended as skipped."""
        self.timed_out = {(found["dag"], found["run"]) for line in lines if (found := TIMED_OUT.search(line))}

    def why_skipped(self, dag_id: str, run_id: str, task: dict[str, Any]) -> list[str]:
        """Each reason that Airflow had: two rules may say so at once.  Raises LookupError when nothing tells it."""
        run = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}"
        found = list(self.decided.get(task["id"], ()))
        found += [word for word in self._deciders(dag_id, run, task) if word not in found]
        if not found and task["id"] in self.said_so:
            found.append(self._said(run, task))
        if not found:
            found += self._ended_from_outside(dag_id, run_id, task)
        if not found:
            raise LookupError(f"nothing tells why {dag_id} {run_id} {task['task_id']}[{task['map_index']}] was skipped")
        return sorted(found)

    def _deciders(self, dag_id: str, run: str, task: dict[str, Any]) -> Iterator[str]:
        """The branches and short circuits that decided against it, as they keep it."""
        if task["map_index"] >= 0:
            return  # of these the scheduler tells
        below = {one["task_id"]: one["downstream_task_ids"] for one in self._tasks(dag_id)}
        entries = self.api.all(f"{run}/taskInstances/~/xcomEntries", "xcom_entries", xcom_key_pattern="skipmixin_key")
        for entry in entries:
            if entry["map_index"] >= 0 or entry["key"] != "skipmixin_key":
                continue
            path = f"{run}/taskInstances/{quote(entry['task_id'], safe='')}/xcomEntries/skipmixin_key"
            value = self.api.call("GET", path, stringify="false")["value"]
            if "followed" in value:
                against = set(below[entry["task_id"]]) - set(value["followed"])
            else:
                against = set(value["skipped"])
            if task["task_id"] in against:
                yield f"decided by {entry['task_id']}"

    def _tasks(self, dag_id: str) -> list[dict[str, Any]]:
        return self.api.all(f"/api/v2/dags/{dag_id}/tasks", "tasks")

    def _said(self, run: str, task: dict[str, Any]) -> str:
        """What it raised, from the log of its last try; an exception without a text leaves nothing there."""
        path = f"{run}/taskInstances/{quote(task['task_id'], safe='')}/logs/{task['try_number']}"
        content = self.api.call("GET", path, full_content="true", map_index=task["map_index"])["content"]
        said = [line["reason"] for line in content if isinstance(line, dict) and line["event"] == "Skipping task."]
        if said and any(word in str(said[-1]) for word in GIVES_UP):
            return "soft_fail"
        return raised(str(said[-1]), self.case) if said else "raised"

    def _ended_from_outside(self, dag_id: str, run_id: str, task: dict[str, Any]) -> Iterator[str]:
        events = self.api.all("/api/v2/eventLogs", "event_logs", dag_id=dag_id, run_id=run_id)
        if any(one["event"] == "skip task" and one["task_id"] == task["task_id"] for one in events):
            yield "fail_fast"
        elif (dag_id, run_id) in self.timed_out:
            yield "run_timeout"
        elif any(one["event"] in MARKS for one in events):
            yield "marked"


def _dependency(name: str, why: str) -> str:
    """The word for a dependency that skipped an instance, or nothing for those that skip nothing."""
    if name == "Not Previously Skipped":
        decider = re.search(r"parent task (\S+)", why)
        return f"decided by {decider[1]}" if decider else ""
    if name == "Mapped dependencies have succeeded":
        return "mapped_over_skipped"
    if name == "Trigger Rule" and (rule := re.search(r"trigger rule '(\w+)'", why)):
        return f"trigger_rule {rule[1]}"
    return "setup" if name == "Trigger Rule" and "setup" in why else ""
