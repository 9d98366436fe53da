"""Drives one case of the oracle over Airflow's REST API, which Airflow and Tradewind both speak."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

from support.oracle_case import DAY, Case

ENDED = ("success", "failed")
RESOLVED = ("success", "failed", "skipped", "upstream_failed", "removed")


MOST = 5
"""Times that a case may take as long as it says, while something happens in it."""


class NotEndedError(Exception):
    """A case did not come to where its next step could be taken; the text says where it stood."""


class Api:
    """Airflow's REST API at an address on this machine.  Requests raise HTTPError for an error status."""

    def __init__(self, port: int, *, pause: float) -> None:
        self.base, self.token, self.pause = f"http://127.0.0.1:{port}", "", pause

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        given = f"?{urlencode(query, doseq=True)}" if query else ""
        data = json.dumps(body).encode() if body is not None else None
        request = Request(f"{self.base}{path}{given}", data, headers, method=method)
        try:
            with urlopen(request, timeout=120) as response:
                text = response.read()
        except HTTPError as error:
            error.add_note(f"{method} {path}: {error.read().decode(errors='replace')[:2000]}")
            raise
        return json.loads(text) if text else None

    def all(self, path: str, key: str, **query: Any) -> list[dict[str, Any]]:
        """Every item of a list, over all pages."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.call("GET", path, limit=100, offset=len(found), **query)
            found += page[key]
            if not page[key] or len(found) >= (page["total_entries"] or 0):
                return found

    def wait(
        self,
        ready: Callable[[], Any],
        what: str,
        seconds: float,
        where: Callable[[], Any] = lambda: "",
        *,
        most: int = 1,
    ) -> Any:
        """Ask until the answer is true, for so many seconds; up to `most` times as long, as long as what `where` tells
        is another each time: a busy machine is no fault.  Raises NotEndedError."""
        pause, stood = threading.Event(), None
        for left in reversed(range(most)):
            deadline = time.monotonic() + seconds
            while time.monotonic() < deadline:
                if answer := ready():
                    return answer
                pause.wait(self.pause)
            stands = where()
            if stands == stood or not left:
                break
            stood = stands
        raise NotEndedError(f"not {what} after {seconds:g} s: {stands}")


class Driver:
    """Takes the steps of one case."""

    def __init__(self, api: Api, case: Case, trace: Path, *, patience: float = 1.0, breath: float = 0.0) -> None:
        """`breath`: seconds before each step but the first, for a side that takes a while to take in what happened."""
        self.reread: Callable[[], None] | None = None
        """Called when the DAGs are awake, for a side that begins to watch assets only when it reads a file."""
        self.api, self.case, self.seconds, self.breath = api, case, case.seconds * patience, breath
        self.trace = trace / case.name
        self.asleep: set[str] = set()
        """DAGs that were paused: their runs may stay where they are."""

    def run(self) -> None:
        """Take all steps, and wait until every run ended.  Raises NotEndedError, HTTPError."""
        case, api = self.case, self.api
        for name, slots in case.pools.items():
            api.call("POST", "/api/v2/pools", {"name": name, "slots": slots})
        for name, fields in case.connections.items():
            api.call("POST", "/api/v2/connections", {"connection_id": name, **fields})
        for key, value in case.variables.items():
            api.call("POST", "/api/v2/variables", {"key": key, "value": value})
        awake = [dag_id for dag_id in case.dag_ids if dag_id not in case.paused]
        if not any("unpause" in step for step in case.drive):
            self.do_unpause(awake)
        if self.reread is not None:
            self.reread()
        for number, step in enumerate(case.drive):
            ((word, arguments),) = step.items()
            if number:
                time.sleep(self.breath)
            getattr(self, f"do_{word}")(arguments)
        if "wait" not in case.drive[-1]:
            self.do_wait({})

    # --- steps

    def do_unpause(self, dag_ids: Iterable[str]) -> None:
        for dag_id in dag_ids:
            self.api.call("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": False})

    def do_pause(self, dag_ids: Iterable[str]) -> None:
        for dag_id in dag_ids:
            self.api.call("PATCH", f"/api/v2/dags/{dag_id}", {"is_paused": True})
            self.asleep.add(dag_id)

    def do_trigger(self, given: dict[str, Any]) -> None:
        """Trigger a run: `dag`, `run` (its id), `date` (none with null), `conf`, `start` and `end` of the interval."""
        dag_id = given.get("dag") or self.case.dag_ids[0]
        body: dict[str, Any] = {"logical_date": _text(given.get("date", DAY)), "dag_run_id": given.get("run", "run")}
        body |= {"conf": given.get("conf") or {}}
        for word, name in (
            ("start", "data_interval_start"),
            ("end", "data_interval_end"),
            ("partition", "partition_key"),
        ):
            if word in given:
                body[name] = _text(given[word])
        self.api.call("POST", f"/api/v2/dags/{dag_id}/dagRuns", body)

    def do_refused(self, given: dict[str, Any]) -> None:
        """Trigger a run that must not be taken; or another step, if it is given by its word."""
        ((word, arguments),) = given.items() if len(given) == 1 else {"trigger": given}.items()
        act = getattr(self, f"do_{word}", None)
        try:
            if act is None:
                self.do_trigger(given)
            else:
                act(arguments)
        except HTTPError as error:
            if error.code in (400, 404, 409, 422):
                return
            raise
        raise NotEndedError(f"{given} was taken, it should have been refused")

    def do_backfill(self, given: dict[str, Any]) -> None:
        """Create a backfill `from` ... `to`, with `reprocess`, `backwards`, `active` (runs at once) and `conf`."""
        body = {
            "dag_id": self._dag(given),
            "from_date": _text(given["from"]),
            "to_date": _text(given["to"]),
            "reprocess_behavior": given.get("reprocess", "none"),
            "run_backwards": given.get("backwards", False),
            "max_active_runs": given.get("active", 10),
        }
        if "conf" in given:
            body["dag_run_conf"] = given["conf"]
        self.api.call("POST", "/api/v2/backfills", body)

    def do_answer(self, given: dict[str, Any]) -> None:
        """Answer what a task asks, as soon as it asks: the chosen `options`, and `params`."""
        path = f"{self._run(given)}/taskInstances/{quote(given['task'], safe='')}/{given.get('map_index', -1)}"

        def asks() -> bool:
            try:
                self.api.call("GET", f"{path}/hitlDetails")
            except HTTPError as error:
                if error.code != 404:
                    raise
                return False
            # it can be answered before it waits; what comes of that is no case of these
            return bool(given.get("again")) or self.api.call("GET", path)["state"] in ("awaiting_input", "deferred")

        self.api.wait(asks, f"asked {given}", self.seconds, self._where)
        time.sleep(self.breath)
        body = {"chosen_options": given["options"], "params_input": given.get("params") or {}}
        self.api.call("PATCH", f"{path}/hitlDetails", body)

    def do_file(self, name: str) -> None:
        """Make a file in the folder of the case, which tasks know as `_trace.folder(case)`."""
        folder = self.trace.parent / f"{self.case.name}.files"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text("made\n", encoding="utf-8")

    def do_wait(self, counts: dict[str, int]) -> None:
        """Wait until every run ended, and each DAG that is named has at least so many."""

        def ended() -> bool:
            runs = self.runs()
            of = {dag_id: sum(run["dag_id"] == dag_id for run in runs) for dag_id in self.case.dag_ids}
            return all(self._ended(run) for run in runs) and all(
                of[dag_id] >= count for dag_id, count in counts.items()
            )

        self.api.wait(ended, f"ended {counts or ''}", self.seconds, self._where, most=MOST)

    def _ended(self, run: dict[str, Any]) -> bool:
        return run["state"] in ENDED or run["dag_id"] in self.asleep

    def do_wait_count(self, counts: dict[str, int]) -> None:
        """Wait until each DAG that is named has so many runs that ended, whatever the others do."""

        def ended() -> bool:
            runs = [run for run in self.runs() if run["state"] in ENDED]
            return all(sum(run["dag_id"] == dag_id for run in runs) >= count for dag_id, count in counts.items())

        self.api.wait(ended, f"ended {counts}", self.seconds, self._where, most=MOST)

    def do_wait_run(self, given: dict[str, Any]) -> None:
        """Wait until one run ended."""
        path = self._run(given)
        self.api.wait(
            lambda: self.api.call("GET", path)["state"] in ENDED, f"ended {given}", self.seconds, self._where, most=MOST
        )

    def do_wait_task(self, given: dict[str, Any]) -> None:
        """Wait until a task is in a state."""
        states = given["state"] if isinstance(given["state"], list) else [given["state"]]
        self.api.wait(
            lambda: any(
                task["state"] in states
                for task in self.api.all(f"{self._run(given)}/taskInstances", "task_instances")
                if task["task_id"] == given["task"]
            ),
            f"{given}",
            self.seconds,
            self._where,
            most=MOST,
        )

    def do_wait_trace(self, count: int) -> None:
        """Wait until callbacks left so many lines."""
        self.api.wait(
            lambda: self.trace.exists() and len(self.trace.read_text(encoding="utf-8").splitlines()) >= count,
            f"{count} lines of trace",
            self.seconds,
        )

    def do_clear(self, given: dict[str, Any]) -> None:
        """Clear task instances; the body is the one of the API, with `run` and `tasks` for short."""
        body = {
            "dry_run": False,
            "only_failed": False,
            "reset_dag_runs": True,
            **{key: value for key, value in given.items() if key not in ("dag", "run", "tasks")},
        }
        if "run" in given:
            body["dag_run_id"] = given["run"]
        if "tasks" in given:
            body["task_ids"] = given["tasks"]
        self.api.call("POST", f"/api/v2/dags/{self._dag(given)}/clearTaskInstances", body)

    def do_clear_run(self, given: dict[str, Any]) -> None:
        body = {"dry_run": False, "only_failed": given.get("only_failed", False)}
        self.api.call("POST", f"{self._run(given)}/clear", body)

    def do_mark_task(self, given: dict[str, Any]) -> None:
        path = f"{self._run(given)}/taskInstances/{quote(given['task'], safe='')}"
        if "map_index" in given:
            path += f"/{given['map_index']}"
        body = {
            "new_state": given["state"],
            **{key: value for key, value in given.items() if key.startswith("include_")},
        }
        self.api.call("PATCH", path, body)

    def do_mark_run(self, given: dict[str, Any]) -> None:
        self.api.call("PATCH", self._run(given), {"state": given["state"]})

    def do_asset_event(self, given: dict[str, Any]) -> None:
        """An event of an asset (`name`) from outside, with `extra`."""
        (asset,) = [one for one in self.api.all("/api/v2/assets", "assets") if one["name"] == given["name"]]
        body = {"asset_id": asset["id"], "extra": given.get("extra") or {}}
        if "partition" in given:
            body["partition_key"] = given["partition"]
        self.api.call("POST", "/api/v2/assets/events", body)

    def do_variable(self, given: dict[str, str]) -> None:
        for key, value in given.items():
            self.api.call("POST", "/api/v2/variables", {"key": key, "value": value})

    # --- what it looks at

    def runs(self) -> list[dict[str, Any]]:
        return [
            run for dag_id in self.case.dag_ids for run in self.api.all(f"/api/v2/dags/{dag_id}/dagRuns", "dag_runs")
        ]

    def _dag(self, given: dict[str, Any]) -> str:
        return str(given.get("dag") or self.case.dag_ids[0])

    def _run(self, given: dict[str, Any]) -> str:
        """The path of a run: by its id (`run`), or by its logical date (`at`) as soon as it is there."""
        if "at" in given:
            at = datetime.fromisoformat(_text(given["at"]))

            def found() -> Any:
                runs = [run for run in self.runs() if run["dag_id"] == self._dag(given) and run["logical_date"]]
                return [run for run in runs if datetime.fromisoformat(run["logical_date"]) == at]

            (run,) = self.api.wait(found, f"a run of {at}", self.seconds, self._where)
            given = {**given, "run": run["dag_run_id"]}
        return f"/api/v2/dags/{self._dag(given)}/dagRuns/{quote(given.get('run', 'run'), safe='')}"

    def _where(self) -> Any:
        found = []
        for run in self.runs():
            path = f"/api/v2/dags/{run['dag_id']}/dagRuns/{quote(run['dag_run_id'], safe='')}/taskInstances"
            tasks = self.api.all(path, "task_instances")
            states = " ".join(f"{task['task_id']}={task['state']}" for task in tasks if task["state"] not in RESOLVED)
            found.append(f"{run['dag_run_id']} {run['state']}: {states}")
        return "; ".join(found)


def _text(value: Any) -> Any:
    """A date of YAML as the API takes it."""
    if value is None or isinstance(value, str):
        return value
    text = value.isoformat()
    return text if "T" in text else f"{text}T00:00:00Z"
