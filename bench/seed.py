"""Fills a database with what a large installation has after a while, for `bench/api.py` and for looking at pages.

`python bench/seed.py URL` (an empty database, or none yet) makes 2,000 DAGs and more than a million task
instances: one run of 10,000 tasks (`huge`), one DAG of 1,000 tasks with 100 runs (`wide`), a mapped task with 5,000
instances (`mapped`), and 1,997 DAGs of ten tasks with hourly runs; assets that link some of them; an attempt for each
task that began, and what `seed_around.py` adds.  The same `--seed` and `--now` make the same rows.  It takes a few
minutes.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select, update

from tradewind.spec.assets import AssetSpec, AssetUse
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec, ParsedFile, TaskSpec, TimetableSpec
from tradewind.store import Store, tables
from tradewind.store.engine import write
from tradewind.store.vault import Vault

sys.path.insert(0, str(Path(__file__).parent))

from seed_around import around

KEY = "dGVzdHMtdXNlLXRoaXMta2V5LWFuZC1ub2JvZHktZWw="
SMALL, RUNS, ASSETS = 1997, 45, 300
HUGE, WIDE, WIDE_RUNS, MAPPED = 10_000, 1000, 100, 5000
FAILURES = (
    ("ValueError", "ValueError: row count {n} < 100"),
    ("OperationalError", "OperationalError: could not connect to server '10.0.0.{n}'"),
    ("KeyError", "KeyError: 'column_{n}'"),
    ("TimeoutError", "TimeoutError: no answer after {n} s"),
)
TEAMS = ("data", "sales", "finance", "ml", "platform", "ops")


@dataclass(slots=True)
class Rows:
    """Rows that wait to be inserted."""

    connection: Connection
    runs: list[dict[str, Any]] = field(default_factory=list)
    tasks: list[dict[str, Any]] = field(default_factory=list)
    attempts: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    total: int = 0

    def new_id(self) -> str:
        """Ids in the form and order of UUIDs of version 7."""
        self.number += 1
        return f"01900000-0000-7000-8000-{self.number:012x}"

    def flush(self, *, least: int = 1) -> None:
        """Insert what waits."""
        if len(self.tasks) < least:
            return
        for table, rows in (
            (tables.dag_run, self.runs),
            (tables.task_instance, self.tasks),
            (tables.attempt, self.attempts),
        ):
            if rows:
                self.connection.execute(insert(table), rows)
        self.total += len(self.tasks)
        self.runs, self.tasks, self.attempts = [], [], []


def chain_of(dag_id: str, count: int, **fields: Any) -> DagSpec:
    """Tasks in rows of ten, each below the same place of the row before."""
    ids = [f"t{index:05}" for index in range(count)]
    tasks = tuple(
        TaskSpec(
            task_id=task_id,
            operator="PythonOperator",
            upstream=(ids[index - 10],) if index >= 10 else (),
            downstream=(ids[index + 10],) if index + 10 < count else (),
            group=f"g{index % 10}" if count > 20 else None,
        )
        for index, task_id in enumerate(ids)
    )
    groups = tuple(GroupSpec(group_id=f"g{index}") for index in range(10)) if count > 20 else ()
    return DagSpec(dag_id=dag_id, tasks=tasks, groups=groups, **fields)


def small(index: int) -> DagSpec:
    """extract >> three transforms >> load >> checks ..., ten tasks."""
    dag_id = f"{TEAMS[index % len(TEAMS)]}_pipeline_{index:04}"
    above = {
        "extract": [],
        "clean": ["extract"],
        "join": ["clean"],
        "enrich": ["clean"],
        "aggregate": ["join", "enrich"],
        "quality": ["aggregate"],
        "load": ["quality"],
        "publish": ["load"],
        "notify": ["publish"],
        "archive": ["publish"],
    }
    below: dict[str, list[str]] = {task_id: [] for task_id in above}
    for task_id, others in above.items():
        for other in others:
            below[other].append(task_id)
    uses: dict[str, Any] = {}
    assets: tuple[AssetSpec, ...] = ()
    if index < ASSETS:
        made = AssetSpec(name=f"table_{index:03}", uri=f"s3://lake/table_{index:03}")
        uses["load"] = {"outlets": (AssetUse(name=made.name, uri=made.uri),)}
        assets = (made,)
        if index >= 10:
            read = AssetSpec(name=f"table_{index - 10:03}", uri=f"s3://lake/table_{index - 10:03}")
            uses["extract"] = {"inlets": (AssetUse(name=read.name, uri=read.uri),)}
            assets += (read,)
    tasks = tuple(
        TaskSpec(
            task_id=task_id,
            operator="PythonOperator",
            upstream=tuple(sorted(others)),
            downstream=tuple(sorted(below[task_id])),
            **uses.get(task_id, {}),
        )
        for task_id, others in above.items()
    )
    return DagSpec(
        dag_id=dag_id,
        tasks=tasks,
        tags=(TEAMS[index % len(TEAMS)], "hourly" if index % 4 else "daily"),
        owners=(TEAMS[index % len(TEAMS)],),
        timetable=TimetableSpec(kind="cron_trigger", crons=(f"{index % 60} * * * *",), summary=f"{index % 60} * * * *"),
        start_date=datetime(2024, 1, 1, tzinfo=UTC),
        assets=assets,
    )


def mapped() -> DagSpec:
    """A list, and a task for each of its 5,000 items."""
    tasks = (
        TaskSpec(task_id="listing", operator="PythonOperator", downstream=("each",)),
        TaskSpec(
            task_id="each",
            operator="PythonOperator",
            upstream=("listing",),
            mapped=True,
            expand=LengthSpec(kind="task", task_id="listing"),
        ),
    )
    return DagSpec(dag_id="mapped", tasks=tasks)


def specs() -> Iterator[DagSpec]:
    yield chain_of("huge", HUGE, max_active_tasks=1000)
    yield chain_of("wide", WIDE)
    yield mapped()
    for index in range(SMALL):
        yield small(index)


def save_dags(store: Store, now: datetime) -> list[DagSpec]:
    """Store DAGs as the DAG processor does, twenty in a file."""
    found = list(specs())
    for start in range(0, len(found), 20):
        part = tuple(found[start : start + 20])
        name = f"bundle/pipelines_{start // 20:03}.py"
        parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", dags=part)
        store.dags.save_parsed("dags-folder", "/dags", parsed, now)
    return found


def add_run(rows: Rows, spec: DagSpec, version_id: int, pk: int, at: datetime, state: str, rng: random.Random) -> None:
    """A run with its tasks, as an engine would have left them."""
    run_id = f"scheduled__{at.isoformat()}"
    seconds, begun = 0.0, at + timedelta(seconds=2)
    culprit = spec.tasks[rng.randrange(len(spec.tasks))].task_id if state == "failed" else None
    below: set[str] = set()
    for task in spec.tasks:
        took = rng.uniform(1, 60)
        start = begun + timedelta(seconds=seconds)
        seconds += took / max(1, len(spec.tasks) / 40)
        found: str | None = "success"
        if task.task_id == culprit:
            found = "failed"
        elif below.intersection(task.upstream) or (culprit is not None and culprit in task.upstream):
            found = "upstream_failed"
            below.add(task.task_id)
        elif state == "running" and rng.random() < 0.3:
            found = rng.choice(("running", "queued", None))
        add_task(rows, spec.dag_id, run_id, pk, task.task_id, -1, found, start, took, rng)
    ended = begun + timedelta(seconds=seconds + 1)
    rows.runs.append(
        {
            "id": pk,
            "dag_id": spec.dag_id,
            "run_id": run_id,
            "run_type": "scheduled",
            "state": state,
            "version_id": version_id,
            "logical_date": at,
            "data_interval_start": at,
            "data_interval_end": at,
            "run_after": at,
            "queued_at": at,
            "start_date": begun,
            "end_date": None if state == "running" else ended,
            "updated_at": ended,
            "conf": {},
            "triggered_by": "timetable",
        }
    )
    rows.flush(least=20_000)


def add_task(
    rows: Rows,
    dag_id: str,
    run_id: str,
    pk: int,
    task_id: str,
    map_index: int,
    state: str | None,
    start: datetime,
    took: float,
    rng: random.Random,
) -> None:
    ti_id, attempt_id = rows.new_id(), None
    began = state in ("success", "failed", "running")
    ended = state in ("success", "failed", "upstream_failed")
    end = start + timedelta(seconds=took if began else 0.1)
    if began:
        attempt_id = rows.new_id()
        kind, text = rng.choice(FAILURES) if state == "failed" else (None, None)
        rows.attempts.append(
            {
                "id": attempt_id,
                "ti_id": ti_id,
                "dag_run_id": pk,
                "try_number": 1,
                "state": state,
                "queued_at": start,
                "start_date": start,
                "end_date": end if ended else None,
                "log_path": f"{dag_id}/{run_id}/{task_id}.log",
                "error_type": kind,
                "error": text and text.format(n=rng.randrange(100)),
            }
        )
    rows.tasks.append(
        {
            "id": ti_id,
            "dag_run_id": pk,
            "dag_id": dag_id,
            "run_id": run_id,
            "task_id": task_id,
            "map_index": map_index,
            "state": state,
            "try_number": 1 if began else 0,
            "max_tries": 0,
            "lost": 0,
            "attempt_id": attempt_id,
            "queued_at": start - timedelta(seconds=1) if began else None,
            "start_date": start if began else None,
            "end_date": end if ended else None,
            "updated_at": end,
            "operator": "PythonOperator",
            "pool": "default_pool",
            "pool_slots": 1,
            "queue": "default",
            "priority_weight": 1,
        }
    )


def fill(store: Store, now: datetime, seed: int) -> int:
    """Make everything; how many task instances."""
    rng = random.Random(seed)
    found = save_dags(store, now)
    with write(store.engine) as connection:
        versions = dict(connection.execute(select(tables.dag.c.dag_id, tables.dag.c.version_id)).all())
        rows = Rows(connection)
        pk = 0
        hour = now.replace(minute=0, second=0, microsecond=0)
        for index, spec in enumerate(found):
            count = {"huge": 1, "wide": WIDE_RUNS, "mapped": 0}.get(spec.dag_id, RUNS)
            for age in range(count, 0, -1):
                pk += 1
                at = hour - timedelta(hours=age) + timedelta(minutes=index % 60)
                state = "failed" if rng.random() < 0.06 else "success"
                if age == 1 and (index % 100 == 5 or spec.dag_id == "huge"):
                    state = "running"
                add_run(rows, spec, versions[spec.dag_id], pk, at, state, rng)
            if spec.dag_id not in ("huge", "wide", "mapped"):
                minute = hour + timedelta(minutes=index % 60)
                coming = minute if minute > now else minute + timedelta(hours=1)
                values = {"next_run_after": coming, "next_logical_date": coming, "paused": index % 20 == 3}
                connection.execute(update(tables.dag).where(tables.dag.c.dag_id == spec.dag_id).values(values))
        pk += 1
        add_mapped(rows, found[2], versions["mapped"], pk, hour - timedelta(hours=1), rng)
        rows.flush()
        around(connection, now, rng, Vault(KEY).seal(""))
    return rows.total


def add_mapped(rows: Rows, spec: DagSpec, version_id: int, pk: int, at: datetime, rng: random.Random) -> None:
    """A run with a task that has 5,000 instances."""
    add_run(rows, DagSpec(dag_id="mapped", tasks=spec.tasks[:1]), version_id, pk, at, "failed", rng)
    run_id = f"scheduled__{at.isoformat()}"
    for index in range(MAPPED):
        start = at + timedelta(seconds=10 + index / 10)
        add_task(
            rows, "mapped", run_id, pk, "each", index, "failed" if index % 500 == 7 else "success", start, 5.0, rng
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url", help="sqlite:////path/to/file.db or postgresql://...")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--now", type=datetime.fromisoformat, default=None, help="default: this minute")
    given = parser.parse_args()
    now = given.now or datetime.now(UTC).replace(second=0, microsecond=0)
    begin = time.perf_counter()
    with Store(given.url, KEY) as store:
        store.migrate()
        with store.engine.connect() as connection:
            if connection.execute(select(tables.dag.c.dag_id).limit(1)).first():
                sys.exit("there are DAGs in this database already: name an empty one")
        total = fill(store, now, given.seed)
        if store.engine.dialect.name == "postgresql":
            with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("SELECT setval('dag_run_id_seq', (SELECT max(id) FROM dag_run))")
                connection.exec_driver_sql("SELECT setval('backfill_id_seq', (SELECT max(id) FROM backfill))")
                connection.exec_driver_sql("VACUUM ANALYZE")
    print(f"{total:,} task instances in {time.perf_counter() - begin:.0f} s")


if __name__ == "__main__":
    main()
