"""What a list or page costs does not grow with history: the steps that SQLite takes for it, before and after months.

The same installation is made twice, the second time with four times the history, by what makes the databases of the
benchmarks; every GET route is asked on both.  Steps of the virtual machine of SQLite are counted, not time: a scan, a
sort or a count of all rows shows as four times as many.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from tradewind.server.app import create_app
from tradewind.server.drawing import run_list
from tradewind.store import Store
from tradewind.store.reads import asset_pages, audit, paging, runs, task_filter, ways

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))

import addresses
import seed
import seed_around

NOW = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
EVERY = 50
"""Steps between two calls of the counter."""
LOOK_THROUGH = {
    "v2 runs, rare (1)": "a text in conf",
    "v2 runs, rare (2)": "part of the name of a user",
    "v2 runs, rare (4)": "part of the name of an asset",
    "v2 runs, patterns (1)": "part of a run id",
    "v2 runs, patterns (2)": "the beginning of a run id",
    "v2 tasks, other orders (2)": "a name that too many tasks have to sort them is met along the ids",
    "v2 tasks, since (2)": "as many runs as are too many to sort their tasks",
    "v2 tasks, since (3)": "as many runs as are too many to sort their tasks",
    "v2 tasks, patterns (1)": "a name that too many have to sort them is met along the ids",
    "v2 tasks, patterns (3)": "part of a run id: the runs are looked through",
    "v2 tasks, patterns (4)": "too many DAGs to sort their tasks",
    "v2 tasks of a dag (3)": "the failed tasks of all DAGs",
    "v2 xcoms of all (3)": "part of a key",
    "v2 xcoms of all (4)": "an offset is walked to",
    "v2 backfills (1)": "counts its own runs",
    "v2 dag stats": "all runs of all DAGs, by an index alone",
    "v2 dag stats, ids": "all runs of these DAGs, by an index alone",
    "calendar": "all runs of the days that it shows",
    "calendar, hours": "all runs of the hours that it shows",
    "asset": "its newest events, up to a number that is not reached here",
    "deadlines, missed": "those missed are fewer than a page",
    "backfill (0)": "counts its own runs",
    "backfill (2)": "counts its own runs",
    "previews (2)": "counts what goes with a DAG",
    "matching (1)": "all that match, up to a number that is not reached here",
}
"""Kinds of requests, or the nth of a kind, that look through all that their filters leave: see the reference of the
REST API."""
FAR = ("deep offset", "event log, deep", "asset events, deep")
"""An offset is walked to."""


class Steps:
    """Counts steps of the connections of an engine."""

    def __init__(self, store: Store) -> None:
        self.count = 0

        @event.listens_for(store.engine, "connect")
        def connect(connection: Any, _record: Any) -> None:
            connection.set_progress_handler(self._more, EVERY)

    def _more(self) -> int:
        self.count += EVERY
        return 0


@contextmanager
def installation(folder: Path, months: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Steps]]:
    for module, name, size in (
        (seed, "SMALL", 12), (seed, "ASSETS", 12), (seed, "HUGE", 30), (seed, "WIDE", 12), (seed, "MAPPED", 20),
        (seed, "RUNS", 60 * months), (seed, "WIDE_RUNS", 120 * months), (seed_around, "AUDITED", 1500 * months),
        (seed_around, "EVENTS_OF_ASSET", 50 * months), (seed_around, "QUESTIONS", 150 * months),
        (seed_around, "PROCESSES", 20), (seed_around, "SETTINGS", 5), (seed_around, "PEOPLE", 5),
        (seed_around, "BACKFILLS", 6),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, size)
    with Store(f"sqlite:///{folder / f'{months}.db'}", seed.KEY) as store:
        steps = Steps(store)
        store.migrate()
        seed.fill(store, NOW, 1)
        yield store, steps


async def costs(store: Store, steps: Steps, folder: Path) -> dict[str, int]:
    """Address without what names rows -> steps."""
    places = addresses.places(store)
    app = create_app(store, log_folder=folder, no_auth=True, now=lambda: NOW)
    asked = addresses.addresses(places)
    assert not addresses.missing(app, asked), "name them in bench/addresses.py"
    found: dict[str, int] = {}
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for kind, paths in asked.items():
            if kind in LOOK_THROUGH or kind.endswith(FAR) or "log" in kind.split():
                continue
            for number, path in enumerate(paths):
                if path.endswith("cursor=deep") or f"{kind} ({number})" in LOOK_THROUGH:
                    continue
                await client.get(path)  # what is kept in memory is there
                before = steps.count
                answer = await client.get(path)
                assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
                found[f"{kind} ({number}): {path}"] = steps.count - before
    return found


def test_no_list_and_no_page_costs_more_as_history_grows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MOST_TOTAL", 10)
    monkeypatch.setattr(paging, "MOST_COUNTED", 10)
    monkeypatch.setattr(ways, "FEW", 20)
    for name, count in (("FEW", 20), ("FEW_IDS", 40), ("VERY_FEW", 5)):
        monkeypatch.setattr(task_filter, name, count)
    monkeypatch.setattr(runs, "FEW", 20)
    monkeypatch.setattr(run_list, "LOOKED_AT", 50)
    monkeypatch.setattr(audit, "KINDS_LOOKED_AT", 50)
    monkeypatch.setattr(asset_pages, "LOOKED_AT", 20)
    found = []
    for months in (1, 4):
        with installation(tmp_path, months, monkeypatch) as (store, steps):
            found.append(asyncio.run(costs(store, steps, tmp_path)))
    short, long = ({kind.partition(":")[0]: count for kind, count in each.items()} for each in found)
    assert short.keys() == long.keys() and len(short) > 150
    grown = {
        kind: (short[kind.partition(":")[0]], count)
        for kind, count in found[1].items()
        if count > 1.4 * short[kind.partition(":")[0]] + 1000
    }
    assert not grown, "\n".join(f"{kind}: {counts}" for kind, counts in grown.items())
