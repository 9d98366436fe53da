"""What gathers around the runs of `bench/seed.py`: everything else that lists show.

XComs, the audit log, events of assets and who consumed them, questions to people, backfills, deadlines, processes that
lived once, settings and people.  `around(...)` is called by `seed.py` when the runs are there.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from tradewind.store import tables
from tradewind.store.asset_tables import asset, asset_event, asset_run_event

AUDITED, PEOPLE, SETTINGS, PROCESSES, QUESTIONS, BACKFILLS = 300_000, 300, 500, 3000, 3000, 300
EVENTS_OF_ASSET = 1000
"""Events of each asset, one in an hour."""
Row = dict[str, Any]


def around(connection: Connection, now: datetime, rng: random.Random, empty: str) -> None:
    """Make everything around the runs that are there; `empty` is an encrypted empty text."""
    run, ti = tables.dag_run.c, tables.task_instance.c
    runs = connection.execute(select(run.id, run.dag_id, run.run_id, run.logical_date).order_by(run.id)).all()
    small = [found for found in runs if "_pipeline_" in found.dag_id]
    _put(connection, tables.xcom, _xcoms(small, now))
    _put(connection, tables.event_log, _audit(small, now, rng))
    _asset_events(connection, small, now, rng)
    query = select(ti.id).where(ti.task_id == "quality", ti.dag_id.like("data_pipeline_%")).order_by(ti.id.desc())
    asked = list(connection.scalars(query.limit(QUESTIONS)))
    _put(connection, tables.hitl_detail, _questions(asked, now))
    _backfills(connection, small, now)
    _put(connection, tables.deadline, _deadlines(small[:60_000], now))
    _put(connection, tables.worker, _processes(now, rng))
    _put(connection, tables.variable, ({"key": f"setting_{n:04}", "value": empty} for n in range(SETTINGS)))
    hosts = ({"conn_id": f"db_{n:04}", "conn_type": "postgres", "host": f"db{n}.internal"} for n in range(SETTINGS))
    _put(connection, tables.connection, hosts)
    _put(connection, tables.pool, ({"name": f"pool_{n:02}", "slots": 8} for n in range(50)))
    _put(connection, tables.user, _people(now))
    _put(connection, tables.import_error, _import_errors(now))


def _put(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    while part := list(islice(rows, 20_000)):
        connection.execute(insert(table), part)


def _xcoms(runs: list[Any], now: datetime) -> Iterator[Row]:
    for run in runs:
        for task_id in ("extract", "load"):
            yield {
                "dag_run_id": run.id,
                "task_id": task_id,
                "map_index": -1,
                "key": "return_value",
                "dag_id": run.dag_id,
                "run_id": run.run_id,
                "value": '{"rows": 1234, "path": "s3://lake/part-0001.parquet"}',
                "created_at": now - timedelta(hours=1),
            }


def _audit(runs: list[Any], now: datetime, rng: random.Random) -> Iterator[Row]:
    words = ("trigger_dag_run", "clear_task_instances", "patch_dag", "post_variable", "cli_dags_pause", "running")
    for number in range(AUDITED):
        run = runs[number * len(runs) // AUDITED]
        yield {
            "at": now - timedelta(minutes=(AUDITED - number) / 5),
            "event": rng.choice(words),
            "dag_id": run.dag_id,
            "run_id": run.run_id,
            "task_id": "load" if number % 3 else None,
            "owner": f"user{number % PEOPLE:03}",
            "via": ("api", "ui", "cli")[number % 3],
        }


def _asset_events(connection: Connection, runs: list[Any], now: datetime, rng: random.Random) -> None:
    assets = list(connection.scalars(select(asset.c.id).order_by(asset.c.id)))
    late = {asset_id: timedelta(hours=30) if rng.random() < 0.03 else timedelta() for asset_id in assets}
    dags = sorted({run.dag_id for run in runs}, key=lambda dag_id: dag_id[-4:])

    def events() -> Iterator[Row]:
        for age in range(EVENTS_OF_ASSET, 0, -1):
            for place, asset_id in enumerate(assets):
                at = now - late[asset_id] - timedelta(hours=age, minutes=-(place % 60))
                yield {
                    "asset_id": asset_id,
                    "at": at,
                    "extra": {},
                    "emission": f"e{asset_id}-{age}",
                    "source_dag_id": dags[place],
                    "source_run_id": f"scheduled__{at.replace(minute=0).isoformat()}",
                    "source_task_id": "load",
                    "source_map_index": -1,
                }

    _put(connection, asset_event, events())
    newest = list(connection.scalars(select(asset_event.c.id).order_by(asset_event.c.id.desc()).limit(len(runs))))
    pairs = zip(runs, reversed(newest), strict=False)
    _put(connection, asset_run_event, ({"dag_run_id": run.id, "event_id": event_id} for run, event_id in pairs))


def _questions(ti_ids: list[str], now: datetime) -> Iterator[Row]:
    for number, ti_id in enumerate(ti_ids):
        answered = number >= 20
        yield {
            "ti_id": ti_id,
            "try_number": 1,
            "options": ["Approve", "Reject"],
            "subject": f"Publish part {number}?",
            "body": "The row count differs from that of yesterday.",
            "multiple": False,
            "params": {},
            "assigned_users": [],
            "created_at": now - timedelta(hours=number + 1),
            "responded_at": now - timedelta(hours=number) if answered else None,
            "responded_by_id": "user001" if answered else None,
            "responded_by_name": "user001" if answered else None,
            "chosen_options": ["Approve"] if answered else None,
            "params_input": {},
        }


def _backfills(connection: Connection, runs: list[Any], now: datetime) -> None:
    by_dag: dict[str, list[Any]] = {}
    for run in runs:
        by_dag.setdefault(run.dag_id, []).append(run)
    chosen = list(by_dag.items())[:BACKFILLS]
    _put(
        connection,
        tables.backfill,
        (
            {
                "id": number,
                "dag_id": dag_id,
                "origin": "user",
                "from_date": of_dag[0].logical_date,
                "to_date": of_dag[-1].logical_date,
                "run_backwards": False,
                "reprocess_behavior": "none",
                "selection": "missing",
                "max_active_runs": 10,
                "run_on_latest_version": True,
                "paused": False,
                "created_at": now - timedelta(hours=number),
                "updated_at": now - timedelta(hours=number),
                "completed_at": now - timedelta(minutes=number) if number > 3 else None,
                "planned": len(of_dag),
                "exhausted": True,
                "forgiven": 0,
            }
            for number, (dag_id, of_dag) in enumerate(chosen, 1)
        ),
    )
    _put(
        connection,
        tables.backfill_run,
        (
            {
                "backfill_id": number,
                "dag_run_id": run.id,
                "logical_date": run.logical_date,
                "ordinal": place,
                "action": "create",
                "reason": "missing",
                "todo": False,
            }
            for number, (_, of_dag) in enumerate(chosen, 1)
            for place, run in enumerate(of_dag, 1)
        ),
    )


def _deadlines(runs: list[Any], now: datetime) -> Iterator[Row]:
    for number, run in enumerate(runs):
        yield {
            "id": f"01900000-0000-7000-9000-{number:012x}",
            "dag_id": run.dag_id,
            "dag_run_id": run.id,
            "task_id": "",
            "number": 0,
            "reference": "DagRunLogicalDate",
            "due_at": run.logical_date + timedelta(hours=1),
            "state": "missed" if number % 40 == 0 else "met",
            "created_at": run.logical_date,
            "ended_at": run.logical_date + timedelta(minutes=30),
        }


def _processes(now: datetime, rng: random.Random) -> Iterator[Row]:
    kinds = ("scheduler", "dag_processor", "local_executor", "triggerer")
    for number in range(PROCESSES):
        began = now - timedelta(hours=number + 1)
        living = number < len(kinds)
        yield {
            "id": f"01900000-0000-7000-a000-{number:012x}",
            "kind": kinds[number % len(kinds)],
            "hostname": f"host{rng.randrange(20)}",
            "process": str(1000 + number),
            "started_at": began,
            "heartbeat_at": now if living else began + timedelta(minutes=50),
            "ended_at": None if living else began + timedelta(minutes=50),
        }


def _people(now: datetime) -> Iterator[Row]:
    for number in range(PEOPLE):
        yield {"username": f"user{number:03}", "password_hash": "", "role": "user", "created_at": now}


def _import_errors(now: datetime) -> Iterator[Row]:
    for number in range(20):
        name = f"bundle/broken_{number:02}.py"
        yield {
            "bundle_name": "dags-folder",
            "relative_fileloc": name,
            "fileloc": f"/dags/{name}",
            "line": 3,
            "message": "SyntaxError: invalid syntax",
            "traceback": f'  File "/dags/{name}", line 3\n    retries 3\nSyntaxError: invalid syntax',
            "at": now - timedelta(hours=number),
        }
