"""What became of a case of the oracle, as plain JSON that is the same each time, and how two of them differ."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

from support.oracle_case import DAGS, Case
from support.oracle_drive import Api

Stored = Callable[[dict[str, Any]], Any]
"""An XCom as the list shows it -> its value as it is stored."""

WAITING_RULES = {
    "all_success",
    "all_failed",
    "all_done",
    "all_done_min_one_success",
    "all_done_setup_success",
    "all_skipped",
    "none_failed",
    "none_failed_min_one_success",
    "none_skipped",
}
"""Rules under which a task that started had all its upstream tasks ended."""
BOOKKEEPING = ("skipmixin_key", "_link_")
"""Beginnings of the keys under which Airflow keeps what an operator skipped (the states say it) and links to its pages
(which hold an address)."""


WhySkipped = Callable[[str, str, dict[str, Any]], list[str]]
"""Id of a DAG, id of a run, a task instance as the API has it -> the reasons for which it was skipped."""


@dataclass(slots=True)
class Side:
    """Airflow or Tradewind, and what only one's own means tell of it."""

    api: Api
    why_skipped: WhySkipped
    stored: Stored | None = None
    """Values of XComs with their types, which Tradewind's API makes plain."""


def collect(side: Side, case: Case, trace: Path) -> dict[str, Any]:
    """The outcome of a case whose runs ended.  `trace` is the folder of the files that callbacks write.  Raises
    LookupError where nothing tells why a task was skipped."""
    api = side.api
    dags: dict[str, Any] = {}
    labels: dict[tuple[str, str], str] = {}
    spans: list[tuple[str, str]] = []
    for dag_id in case.dag_ids:
        dags[dag_id] = {"runs": _runs(side, case, dag_id, labels, spans)}
        if "run_order" in case.record:
            dags[dag_id]["run_order"] = _run_order(api, dag_id, labels)
        if "paused" in case.record:
            dags[dag_id]["paused"] = api.call("GET", f"/api/v2/dags/{dag_id}")["is_paused"]
        if "next" in case.record:
            dags[dag_id]["next"] = _date(api.call("GET", f"/api/v2/dags/{dag_id}")["next_dagrun_logical_date"])
    outcome: dict[str, Any] = {"dags": dags}
    if case.overlap:
        outcome["at_once" if case.overlap == "exact" else "at_once_limit"] = _overlap(spans)
    if "assets" in case.record:
        outcome["events"] = _events(api, case, labels)
    if (trace / case.name).exists():
        lines = (trace / case.name).read_text(encoding="utf-8").splitlines()
        outcome["trace"] = sorted(lines) if case.trace == "sorted" else lines
    return outcome


def _runs(
    side: Side, case: Case, dag_id: str, labels: dict[tuple[str, str], str], spans: list[tuple[str, str]]
) -> dict[str, Any]:
    api = side.api
    found = api.all(f"/api/v2/dags/{dag_id}/dagRuns", "dag_runs")
    found.sort(key=lambda run: (run["logical_date"] or run["run_after"], run["run_after"], run["dag_run_id"]))
    rules = {task["task_id"]: task for task in api.all(f"/api/v2/dags/{dag_id}/tasks", "tasks")}
    runs: dict[str, Any] = {}
    for number, run in enumerate(found[: case.runs or None]):
        label = _label(case, run, number)
        labels[dag_id, run["dag_run_id"]] = label
        entry: dict[str, Any] = {"type": run["run_type"], "state": run["state"]}
        if "ids" in case.record:
            entry["id"] = run["dag_run_id"]
        if case.dates:
            entry["logical_date"] = _date(run["logical_date"])
        if case.dates is True:
            entry["interval"] = [_date(run["data_interval_start"]), _date(run["data_interval_end"])]
            if run["run_type"] == "scheduled":
                entry["run_after"] = _date(run["run_after"])
        if run["conf"]:
            entry["conf"] = run["conf"]
        if run.get("partition_key") is not None:
            entry["partition_key"] = run["partition_key"]
        path = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run['dag_run_id'], safe='')}"
        tasks = api.all(f"{path}/taskInstances", "task_instances")
        tasks.sort(key=lambda task: (task["task_id"], task["map_index"]))
        spans += [(task["start_date"], task["end_date"]) for task in tasks if task["start_date"] and task["end_date"]]
        entry["tasks"] = {_task_key(task): _task(case, task) for task in tasks}
        for task in tasks:
            if task["state"] == "skipped":
                entry["tasks"][_task_key(task)]["skip"] = side.why_skipped(dag_id, run["dag_run_id"], task)
        xcoms = _xcoms(api, path, side.stored)
        if xcoms:
            entry["xcoms"] = xcoms
        entry["order"] = _order(tasks, rules)
        if case.order:
            started = [task for task in tasks if task["start_date"] and task["state"] != "removed"]
            entry["starts"] = [_task_key(task) for task in sorted(started, key=lambda task: str(task["start_date"]))]
        if "questions" in case.record:
            entry["questions"] = _questions(api, path)
        if "upstream_events" in case.record:
            events = api.call("GET", f"{path}/upstreamAssetEvents")["asset_events"]
            entry["because_of"] = sorted(f"{event['name']} {event['extra']}" for event in events)
        runs[label] = entry
    return runs


def _run_order(api: Api, dag_id: str, labels: dict[tuple[str, str], str]) -> list[str]:
    """The runs of a DAG as they started."""
    runs = [run for run in api.all(f"/api/v2/dags/{dag_id}/dagRuns", "dag_runs") if run["start_date"]]
    runs.sort(key=lambda run: _when(run["start_date"]))
    return [labels[dag_id, run["dag_run_id"]] for run in runs if (dag_id, run["dag_run_id"]) in labels]


def _questions(api: Api, path: str) -> dict[str, Any]:
    """What its tasks asked, and what was answered; who answered is a user where somebody did, none at a timeout."""
    found = {}
    for asked in api.all(f"{path}/hitlDetails", "hitl_details"):
        same = ("subject", "body", "options", "defaults", "multiple", "chosen_options", "params_input")
        entry = {word: asked[word] for word in same} | {"answered": asked["response_received"]}
        entry["params"] = {name: param["value"] for name, param in asked["params"].items()}
        found[_task_key(asked["task_instance"])] = entry
    return found


def _label(case: Case, run: dict[str, Any], number: int) -> str:
    """A name of the run that is the same each time."""
    if "__" not in run["dag_run_id"]:
        return str(run["dag_run_id"])
    if case.dates and run["logical_date"]:
        return f"{run['run_type']} {_date(run['logical_date'])}"
    return f"{run['run_type']} {number + 1}"


def _date(text: str | None) -> str | None:
    return datetime.fromisoformat(text).isoformat().replace("+00:00", "Z") if text else None


def _task_key(task: dict[str, Any]) -> str:
    index = task["map_index"]
    return f"{task['task_id']}[{index}]" if index >= 0 else str(task["task_id"])


def _task(case: Case, task: dict[str, Any]) -> dict[str, Any]:
    entry = {"state": task["state"], "try": task["try_number"], "max_tries": task["max_tries"]}
    rendered = task["rendered_map_index"]
    if rendered is not None and rendered != str(task["map_index"]):
        entry["rendered_map_index"] = rendered
    if "weights" in case.record:
        entry["weight"] = task["priority_weight"]
    return entry


def _xcoms(api: Api, path: str, stored: Stored | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    entries = api.all(f"{path}/taskInstances/~/xcomEntries", "xcom_entries")
    entries.sort(key=lambda entry: (entry["task_id"], entry["map_index"], entry["key"]))
    for entry in entries:
        if entry["key"].startswith(BOOKKEEPING):
            continue
        one = f"{path}/taskInstances/{quote(entry['task_id'], safe='')}/xcomEntries/{quote(entry['key'], safe='')}"
        if stored is not None:
            value = stored(entry)
        else:
            value = api.call("GET", one, stringify="false", map_index=entry["map_index"])["value"]
        found.setdefault(_task_key(entry), {})[entry["key"]] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    """A stored value with the types that JSON lacks by their names: Airflow and Tradewind mark them differently."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "responded_at" in value:  # an answer: who gave it and when differs each time
        value = {key: one for key, one in value.items() if not key.startswith("responded_")}
    if "__classname__" in value:
        name, inner = value["__classname__"].rpartition(".")[2].lower(), value["__data__"]
    elif "__type__" in value:
        name, inner = str(value["__type__"]).rpartition(".")[2].lower(), value.get("value")
    else:
        return {key: _plain(one) for key, one in value.items()}
    inner = _plain(inner)
    if name == "datetime":
        return {"(datetime)": _timestamp(inner)}
    return {f"({name})": sorted(inner, key=repr) if name in ("set", "frozenset") else inner}


def _timestamp(inner: Any) -> float:
    """Seconds since 1970 of a stored date: Airflow keeps them so, Tradewind as text with its offset in seconds."""
    if isinstance(inner, dict):
        return float(inner["timestamp"])
    return datetime.fromisoformat(inner[0]).replace(tzinfo=timezone(timedelta(seconds=inner[-1]))).timestamp()


def _order(tasks: list[dict[str, Any]], rules: dict[str, Any]) -> list[str]:
    """`a < b`: b began after a had ended, as its trigger rule demands.  Retried and cleared ones say nothing."""
    by_id: dict[str, list[dict[str, Any]]] = {}
    for task in tasks:
        by_id.setdefault(task["task_id"], []).append(task)
    pairs = []
    for task_id, up in sorted(by_id.items()):
        for down_id in sorted(rules.get(task_id, {}).get("downstream_task_ids") or ()):
            down = by_id.get(down_id, [])
            if _mapped(up) and _mapped(down):
                continue  # in a mapped group each index goes on by itself
            if not down or rules[down_id]["trigger_rule"] not in WAITING_RULES:
                continue
            started = [task for task in down if _ran(task)]
            ended = [task for task in up if _ran(task)]
            if started and ended and max(map(_end, ended)) <= min(map(_start, started)):
                pairs.append(f"{task_id} < {down_id}")
    return pairs


def _mapped(tasks: list[dict[str, Any]]) -> bool:
    return any(task["map_index"] >= 0 for task in tasks)


def _ran(task: dict[str, Any]) -> bool:
    """Whether it ran: Airflow gives dates to what it skips, too, but those say when it got to it."""
    return task["state"] in ("success", "failed") and bool(task["start_date"] and task["end_date"])


def _start(task: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(task["start_date"])


def _end(task: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(task["end_date"])


def _overlap(spans: list[tuple[str, str]]) -> int:
    """How many of the spans of time hold at once, at most."""
    points = sorted([(_when(start), 1) for start, _ in spans] + [(_when(end), -1) for _, end in spans])
    most = now = 0
    for _, change in points:
        now += change
        most = max(most, now)
    return most


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _events(api: Api, case: Case, labels: dict[tuple[str, str], str]) -> list[dict[str, Any]]:
    """The events of the assets whose names begin with the name of the case, with the runs that they made."""
    others = [path.stem for path in DAGS.glob(f"{case.name}_*.py")]
    found = []
    for asset in api.all("/api/v2/assets", "assets", only_active="false"):
        if not asset["name"].startswith(case.name) or asset["name"].startswith(tuple(others)):
            continue
        for event in api.all("/api/v2/assets/events", "asset_events", asset_id=asset["id"]):
            entry = {"asset": asset["name"], "uri": asset["uri"], "extra": _plain_extra(event["extra"])}
            if event["source_dag_id"]:
                run = labels.get((event["source_dag_id"], event["source_run_id"]), "?")
                entry["source"] = f"{event['source_dag_id']} {run} {event['source_task_id']}"
                if event["source_map_index"] >= 0:
                    entry["source"] += f"[{event['source_map_index']}]"
            if event.get("partition_key") is not None:
                entry["partition_key"] = event["partition_key"]
            made = [(run["dag_id"], run.get("run_id") or run.get("dag_run_id")) for run in event["created_dagruns"]]
            entry["made"] = sorted(f"{dag_id} {labels.get((dag_id, run_id), '?')}" for dag_id, run_id in made)
            found.append(entry)
    return sorted(found, key=repr)


def _plain_extra(extra: Any) -> Any:
    return {key: value for key, value in (extra or {}).items() if not key.startswith("from_")}


# --- comparing


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each leaf of an outcome with its path; what lies in a list or is given as a value is a leaf."""
    if isinstance(value, dict) and value and "/xcoms/" not in path:
        for key, inner in value.items():
            yield from flat(inner, f"{path}/{key}" if path else str(key))
    elif path.endswith("/order") and isinstance(value, list):
        for pair in value:
            yield f"{path}/{pair}", True
    else:
        yield path, value


def differences(airflow: dict[str, Any], tradewind: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Path to what Airflow did and what Tradewind did, where they differ; `...` for what one of them lacks."""
    left, right = dict(flat(airflow)), dict(flat(tradewind))
    found = {}
    for path in [*left, *(path for path in right if path not in left)]:
        one, other = left.get(path, ...), right.get(path, ...)
        if "/order/" in path and one is ...:
            continue  # that Airflow happened to be slower than a rule demands is no constraint
        if re.search(r"/tasks/[^/]+/skip$", path) and (... in (one, other) or ({*other} and {*other} <= {*one})):
            continue  # the states tell of one that is skipped on one side only; Airflow may have several reasons
        if path == "at_once_limit" and isinstance(one, int) and isinstance(other, int) and other <= one:
            continue  # a limit is an upper bound
        if one != other or type(one) is not type(other):
            found[path] = (one, other)
    return found
