"""What a preview says is what the action then does, whatever state the runs are in: random ones, by number."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

from walk import Walk, walking

from support.actions_lab import NOW, S, dag
from tradewind.ports.store import RunRecord
from tradewind.spec.states import DagRunState
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

T, V2 = "/api/tradewind", "/api/v2"
WORLDS = 40
STATES = (None, S.SCHEDULED, S.QUEUED, S.RUNNING, S.SUCCESS, S.FAILED, S.SKIPPED, S.UPSTREAM_FAILED, S.UP_FOR_RETRY)
Key = tuple[str, str, int]


def world(walk: Walk, chance: random.Random, dag_id: str) -> list[RunRecord]:
    """A DAG of five tasks with three runs in any state."""
    names = "abcde"
    shape = {name: [other for other in names[:at] if chance.random() < 0.5] for at, name in enumerate(names)}
    walk.lab.add(dag(dag_id, shape))
    runs = []
    for number in range(3):
        run = walk.lab.run(dag_id, run_id=f"r{number}", logical_date=NOW + timedelta(days=number))
        walk.lab.force(run, **{name: chance.choice(STATES) for name in names})
        state = chance.choice((None, DagRunState.SUCCESS, DagRunState.FAILED))
        if state is not None:
            walk.lab.set_run(run, DagRunState.RUNNING)
            walk.lab.set_run(run, state)
        runs.append(run)
    return runs


def instances(walk: Walk, dag_id: str) -> dict[Key, tuple[str | None, str | None]]:
    """(run, task, map index) -> (state, attempt)."""
    return {
        (row["run_id"], row["task_id"], row["map_index"]): (row["state"], row["attempt_id"])
        for row in walk.lab.rows("task_instance")
        if row["dag_id"] == dag_id
    }


def runs_of(walk: Walk, dag_id: str) -> dict[str, str]:
    """Run -> its state."""
    return {row["run_id"]: row["state"] for row in walk.lab.rows("dag_run") if row["dag_id"] == dag_id}


def told(found: dict[str, Any]) -> tuple[list[str], Counter[str], int]:
    return sorted(found["runs"]), Counter(found["tasks"]), found["task_instances"]


def test_clearing(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        token = walk.user("boss", "admin")
        for number in range(WORLDS):
            chance, dag_id = random.Random(number), f"d{number}"
            world(walk, chance, dag_id)
            flags = ("include_upstream", "include_downstream", "include_future", "include_past", "only_failed")
            body: dict[str, Any] = {"dag_run_id": f"r{chance.randrange(3)}"}
            body |= {flag: chance.random() < 0.5 for flag in flags}
            if chance.random() < 0.7:
                body["task_ids"] = chance.sample("abcde", chance.randint(1, 3))
            before = instances(walk, dag_id)
            preview = walk.ask(token, "POST", f"{T}/preview/clear/{dag_id}", body).json()
            assert instances(walk, dag_id) == before, "nothing was done"
            done = walk.ask(token, "POST", f"{V2}/dags/{dag_id}/clearTaskInstances", {**body, "dry_run": False}).json()
            cleared = [(each["dag_run_id"], each["task_id"], each["map_index"]) for each in done["task_instances"]]
            assert told(preview) == (
                sorted({run for run, *_ in cleared}), Counter(task for _, task, _ in cleared), len(cleared),
            ), (number, body)  # fmt: skip
            after = instances(walk, dag_id)
            changed = {key for key in before if before[key] != after[key]}
            assert changed <= set(cleared), (number, body)
            assert {after[key][0] for key in cleared} <= {None, "restarting"}, (number, body)


def test_marking(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        token = walk.user("boss", "admin")
        for number in range(WORLDS):
            chance, dag_id = random.Random(1000 + number), f"d{number}"
            world(walk, chance, dag_id)
            run, state = f"r{chance.randrange(3)}", chance.choice(("success", "failed", "skipped"))
            body: dict[str, Any] = {"new_state": state}
            if whole := chance.random() < 0.4:
                state = body["new_state"] = chance.choice(("success", "failed"))
                preview_path, preview_body = f"mark-run/{dag_id}", {**body, "dag_run_id": run}
                path, body = f"{V2}/dags/{dag_id}/dagRuns/{run}", {"state": state}
            else:
                flags = ("include_upstream", "include_downstream", "include_future", "include_past")
                body |= {flag: chance.random() < 0.5 for flag in flags}
                task = chance.choice("abcde")
                preview_path, preview_body = f"mark/{dag_id}", {**body, "dag_run_id": run, "task_id": task}
                path = f"{V2}/dags/{dag_id}/dagRuns/{run}/taskInstances/{task}"
            before = instances(walk, dag_id)
            stood = runs_of(walk, dag_id)
            asked = walk.ask(token, "POST", f"{T}/preview/{preview_path}", preview_body)
            assert asked.status_code == 200, asked.text
            preview = asked.json()
            assert instances(walk, dag_id) == before, "nothing was done"
            done = walk.ask(token, "PATCH", path, body)
            assert done.status_code == (200 if whole or preview["task_instances"] else 409), (number, done.text)
            after = instances(walk, dag_id)
            changed = [key for key in before if before[key][0] != after[key][0]]
            touched = {key[0] for key in changed}
            if whole:
                touched |= {name for name, state in runs_of(walk, dag_id).items() if state != stood[name]}
            assert told(preview) == (
                sorted(touched), Counter(key[1] for key in changed), len(changed),
            ), (number, body)  # fmt: skip
            states = Counter(after[key][0] or "no_status" for key in changed)
            assert Counter(preview["states"]) == states, (number, body)


def test_deleting(sqlite_store: Store, present: VirtualClock, tmp_path: Path) -> None:
    with walking(sqlite_store, present, tmp_path / "logs") as walk:
        token = walk.user("boss", "admin")
        world(walk, random.Random(1), "d")
        world(walk, random.Random(2), "other")
        before = len(instances(walk, "d"))
        for run in ("r0", "r1", "r2"):
            walk.ask(token, "PATCH", f"{V2}/dags/d/dagRuns/{run}", {"state": "failed"})
        one = walk.ask(token, "GET", f"{T}/preview/delete/d/runs/r1").json()
        assert walk.ask(token, "DELETE", f"{V2}/dags/d/dagRuns/r1").status_code == 204
        assert (one["runs"], one["task_instances"]) == (1, before - len(instances(walk, "d")))
        rest = walk.ask(token, "GET", f"{T}/preview/delete/d").json()
        assert (rest["runs"], rest["task_instances"]) == (2, len(instances(walk, "d")))
        assert walk.ask(token, "DELETE", f"{V2}/dags/d").status_code == 200
        assert instances(walk, "d") == {} and len(instances(walk, "other")) == before
