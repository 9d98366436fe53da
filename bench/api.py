"""How long the lists and pages of the API take on a large database: `python bench/api.py URL`, made by `bench/seed.py`.

Every request is made `--rounds` times, one after the other, in one process.  Wall time and CPU time are printed, the
median and the 95th percentile: on a machine that others use, CPU time says what the server needs.  Exits with 1 when
the 95th percentile of the CPU time of any request is over the budget.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import math
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import httpx
from sqlalchemy import func, select

from tradewind.server.app import calm_collector, create_app
from tradewind.store import Store, tables
from tradewind.store.asset_tables import asset

sys.path.insert(0, str(Path(__file__).parent))

from seed import KEY

BUDGET_MS = 100.0
UI, V2 = "/api/tradewind", "/api/v2"


def requests(store: Store) -> dict[str, list[str]]:
    """Name -> addresses, asked in turn: each page of a list is asked in several places."""
    run = tables.dag_run.c
    with store.engine.connect() as connection:

        def runs_of(dag_id: str, count: int = 5) -> list[str]:
            query = select(run.run_id).where(run.dag_id == dag_id).order_by(run.run_after.desc()).limit(count)
            return [quote(run_id, safe="") for run_id in connection.scalars(query)]

        huge, wide, mapped = runs_of("huge")[0], runs_of("wide"), runs_of("mapped")[0]
        some = list(connection.scalars(select(tables.dag.c.dag_id).order_by(tables.dag.c.dag_id).limit(400)))[10::40]
        assets = list(connection.scalars(select(asset.c.id).order_by(asset.c.id).limit(300)))[::100]
        newest = {dag_id: runs_of(dag_id, 1)[0] for dag_id in some if dag_id.endswith(tuple("0123456789"))}
    dags = list(newest)
    return {
        "session": [f"{UI}/session"],
        "home": [f"{UI}/home"],
        "dags": [f"{UI}/dags", f"{UI}/dags?order_by=-last_run", f"{UI}/dags?order_by=next_run"],
        "dags, 100": [f"{UI}/dags?limit=100"],
        "dags, filtered": [
            f"{UI}/dags?state=failed",
            f"{UI}/dags?search=pipeline_01",
            f"{UI}/dags?tag=sales&owner=sales",
        ],
        "dags-filters": [f"{UI}/dags-filters"],
        "one dag": [f"{UI}/dags/{dag_id}" for dag_id in dags],
        "grid 10 x 25": [f"{UI}/dags/{dag_id}/grid" for dag_id in dags],
        "grid 1000 x 25": [f"{UI}/dags/wide/grid?limit=25"],
        "grid 1000 x 100": [f"{UI}/dags/wide/grid?limit=100"],
        "grid 10000 x 1": [f"{UI}/dags/huge/grid"],
        "graph 10": [f"{UI}/dags/{dag_id}/graph" for dag_id in dags],
        "graph 1000": [f"{UI}/dags/wide/graph"],
        "graph 10000": [f"{UI}/dags/huge/graph"],
        "states 1000": [f"{UI}/dags/wide/runs/{run_id}/graph-states" for run_id in wide],
        "states 10000": [f"{UI}/dags/huge/runs/{huge}/graph-states"],
        "timeline 10": [f"{UI}/dags/{dag_id}/runs/{run_id}/timeline" for dag_id, run_id in newest.items()],
        "timeline 1000": [f"{UI}/dags/wide/runs/{run_id}/timeline" for run_id in wide],
        "timeline 10000": [f"{UI}/dags/huge/runs/{huge}/timeline"],
        "summary": [f"{UI}/dags/{dag_id}/runs/{run_id}/summary" for dag_id, run_id in newest.items()],
        "summary 10000": [f"{UI}/dags/huge/runs/{huge}/summary"],
        "compare 1000": [f"{UI}/dags/wide/runs/{run_id}/compare" for run_id in wide[:3]],
        "instances of 5000": [f"{UI}/dags/mapped/runs/{mapped}/tasks/each/instances"],
        "counts of 5000": [f"{UI}/dags/mapped/runs/{mapped}/tasks/each/counts"],
        "calendar": [f"{UI}/dags/{dag_id}/calendar" for dag_id in dags],
        "durations": [f"{UI}/dags/wide/durations", f"{UI}/dags/wide/durations?task_id=t00500"],
        "schedule": [f"{UI}/schedule"],
        "lineage": [f"{UI}/lineage"],
        "lineage, around": [f"{UI}/lineage?asset_id={number}" for number in assets],
        "search": [f"{UI}/search?q={text}" for text in ("pipeline_12", "scheduled__2026", "quality", "table_1", "t00")],
        "health": [f"{UI}/health"],
        "v2 dags": [f"{V2}/dags?limit=50"],
        "v2 runs of a dag": [f"{V2}/dags/{dag_id}/dagRuns?limit=50&order_by=-run_after&cursor=" for dag_id in dags],
        "v2 runs of all": [f"{V2}/dags/~/dagRuns?limit=50&order_by=-run_after&cursor="],
        "v2 tasks of a run": [f"{V2}/dags/wide/dagRuns/{run_id}/taskInstances?limit=50&cursor=" for run_id in wide],
        "v2 failed tasks": [f"{V2}/dags/~/dagRuns/~/taskInstances?state=failed&limit=50&cursor="],
        "v2 event log": [f"{V2}/eventLogs?limit=50"],
        "v2 assets": [f"{V2}/assets?limit=50"],
        "v2 asset events": [f"{V2}/assets/events?limit=50"],
    }


def percentile(values: list[float], share: float) -> float:
    """Of unsorted values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


async def measure(store: Store, rounds: int, only: str) -> bool:
    """Print a line for each kind of request; whether all are within the budget."""
    with store.engine.connect() as connection:
        now = connection.scalar(select(func.max(tables.dag.c.last_parsed_at)))
    assert now is not None
    app = create_app(store, log_folder=Path(tempfile.gettempdir()), no_auth=True, now=lambda: now)
    calm_collector()
    transport = httpx.ASGITransport(app=app)
    good = True
    print(f"{'request':<20} {'first':>8} {'p50':>8} {'p95':>8} {'CPU p50':>8} {'CPU p95':>8}  ms      kB")
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120) as client:
        for name, paths in requests(store).items():
            if only not in name:
                continue
            wall, cpu, size = [], [], 0
            gc.collect()
            for turn in range(rounds):
                begin, used = time.perf_counter(), time.process_time()
                answer = await client.get(paths[turn % len(paths)])
                wall.append((time.perf_counter() - begin) * 1000)
                cpu.append((time.process_time() - used) * 1000)
                if answer.status_code != 200:
                    sys.exit(f"{answer.url} answered {answer.status_code}: {answer.text[:300]}")
                size = max(size, len(answer.content))
            late = percentile(cpu, 0.95)
            good = good and late <= BUDGET_MS
            print(
                f"{name:<20} {wall[0]:8.1f} {percentile(wall, 0.5):8.1f} {percentile(wall, 0.95):8.1f} "
                f"{percentile(cpu, 0.5):8.1f} {late:8.1f}{'  ' if late <= BUDGET_MS else ' !'}  {size / 1000:8.1f}",
                flush=True,
            )
    return good


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="part of the name of a request")
    given = parser.parse_args()
    with Store(given.url, KEY) as store:
        store.check()
        sys.exit(0 if asyncio.run(measure(store, given.rounds, given.only)) else 1)


if __name__ == "__main__":
    main()
