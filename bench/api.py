"""How long the lists and pages of the API take on a large database: `python bench/api.py URL`, made by `bench/seed.py`.

Every GET route is asked (`bench/addresses.py`), each kind `--rounds` times, one after the other, in one process.  Wall
time and CPU time are printed, the median and the 95th percentile: on a machine that others use, CPU time says what the
server needs.  The time of a PostgreSQL server on this machine is part of it.  The server has read its first pages
ahead, as it does when it starts.  With `--cold` each request is made once, by a server that has just started.  With
`--all` every list is asked with each of its filters and orders (`bench/combinations.py`), and what is over half of the
budget is printed.  Exits with 1 when the 95th percentile of the CPU time of any request is over the budget.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import gc
import json
import math
import os
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from tradewind.server.app import calm_collector, create_app
from tradewind.server.warm import warm
from tradewind.store import Store

sys.path.insert(0, str(Path(__file__).parent))

from addresses import Places, addresses, missing, places
from combinations import combinations
from seed import KEY

BUDGET_MS = 100.0
LOG_LINES = 20_000


class Clock:
    """Wall and CPU time (ms), with that of a PostgreSQL server on this machine."""

    def __init__(self, store: Store) -> None:
        self._server: int | None = None
        if store.engine.dialect.name == "postgresql":
            with store.engine.connect() as connection:
                backend = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            status = Path(f"/proc/{backend}/status")
            if status.exists():
                self._server = int(re.findall(r"PPid:\s*(\d+)", status.read_text())[0])

    def now(self) -> tuple[float, float]:
        return time.perf_counter() * 1000, time.process_time() * 1000 + self._backends()

    def _backends(self) -> float:
        if self._server is None:
            return 0.0
        spent = 0
        for pid in Path(f"/proc/{self._server}/task/{self._server}/children").read_text().split():
            try:
                spent += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0])
            except OSError:  # it has just ended
                continue
        return spent / 1e6


def percentile(values: list[float], share: float) -> float:
    """Of unsorted values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]


async def deep(client: httpx.AsyncClient, address: str) -> str:
    """`cursor=deep` stands for the far end of a list: where the list begins when it is turned round."""
    if not address.endswith("cursor=deep"):
        return address
    order = re.findall(r"order_by=([^&]*)", address)[0]
    turned = order[1:] if order.startswith("-") else f"-{order}"
    first = (await client.get(address.replace(f"order_by={order}", f"order_by={turned}").removesuffix("deep"))).json()
    body: list[Any] = json.loads(base64.urlsafe_b64decode(first["next_cursor"] + "=="))
    body[0] = ",".join(key[1:] if key.startswith("-") else f"-{key}" for key in body[0].split(","))
    cursor = base64.urlsafe_b64encode(json.dumps(body).encode()).decode().rstrip("=")
    return address.removesuffix("deep") + cursor


def write_log(folder: Path, at: Places) -> None:
    """The log of one task: some megabytes."""
    path = folder / at.log_path
    path.parent.mkdir(parents=True)
    line = {"timestamp": "2026-01-01T00:00:00Z", "level": "info", "event": "read a row", "logger": "task"}
    with path.open("w") as out:
        for number in range(LOG_LINES):
            level = "error" if number == LOG_LINES - 10 else "info"
            out.write(json.dumps({**line, "level": level, "event": f"read row {number} of the table"}) + "\n")


def kinds(asked: dict[str, list[str]], only: str, cold: bool) -> Iterator[tuple[str, list[str]]]:
    for name, paths in asked.items():
        if only in name:
            yield from ((path, [path]) for path in paths) if cold else ((name, paths),)


async def measure(url: str, rounds: int, only: str, cold: bool) -> bool:
    """Print a line for each kind of request; whether all are within the budget."""
    good, folder = True, Path(tempfile.mkdtemp())
    with Store(url, KEY) as store:
        store.check()
        at = places(store)
        asked = addresses(at)
        write_log(folder, at)
        if lost := missing(create_app(store, log_folder=folder, no_auth=True), asked):
            sys.exit("not asked, and not left out: " + ", ".join(lost))
    print(f"{'request':<26} {'first':>8} {'p50':>8} {'p95':>8} {'CPU p50':>8} {'CPU p95':>8}  ms      kB")
    calm_collector()
    store = Store(url, KEY)
    for name, paths in kinds(asked, only, cold):
        if cold:
            store.close()
            store = Store(url, KEY)
        good = await _ask(store, folder, at, name, paths, 1 if cold else max(rounds, len(paths))) and good
    store.close()
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")
    return good


async def _ask(store: Store, folder: Path, at: Places, name: str, paths: list[str], rounds: int) -> bool:
    app = _app(store, folder, at)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120) as client:
        paths = [await deep(client, path) for path in paths]
        clock = Clock(store)
        wall, cpu, size = [], [], 0
        worst = (0.0, "")
        gc.collect()
        for turn in range(rounds):
            begin, used = clock.now()
            answer = await client.get(paths[turn % len(paths)])
            end, now_used = clock.now()
            wall.append(end - begin)
            cpu.append(now_used - used)
            worst = max(worst, (cpu[-1], paths[turn % len(paths)]))
            if answer.status_code != 200:
                print(f"{answer.url} answered {answer.status_code}: {answer.text[:300]}")
                return False
            size = max(size, len(answer.content))
    late = percentile(cpu, 0.95)
    good = late <= BUDGET_MS
    print(
        f"{name:<26} {wall[0]:8.1f} {percentile(wall, 0.5):8.1f} {percentile(wall, 0.95):8.1f} "
        f"{percentile(cpu, 0.5):8.1f} {late:8.1f}{'  ' if good else ' !'}  {size / 1000:8.1f}"
        + ("" if worst[0] <= BUDGET_MS / 2 or len(paths) == 1 else f"  {worst[0]:.0f}: {worst[1]}"),
        flush=True,
    )
    return good


async def measure_all(url: str, only: str) -> bool:
    """Every list with each filter and order: each is asked twice, or four times where it seems slow; the best counts,
    as what others do on this machine is none of it.  Whether all are within the budget.
    """
    folder, spent = Path(tempfile.mkdtemp()), []
    calm_collector()
    with Store(url, KEY) as store:
        store.check()
        at = places(store)
        transport = httpx.ASGITransport(app=_app(store, folder, at))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=120) as client:
            clock = Clock(store)
            for name, (path,) in (await combinations(_app(store, folder, at), at, client)).items():
                if only not in name:
                    continue
                best = math.inf
                for turn in range(4):
                    begin = clock.now()[1]
                    answer = await client.get(path)
                    best = min(best, clock.now()[1] - begin)
                    if answer.status_code not in (200, 400, 404, 422):  # values are made up
                        sys.exit(f"{path} answered {answer.status_code}: {answer.text[:200]}")
                    if best < BUDGET_MS / 2 or (turn and best < BUDGET_MS):
                        break
                spent.append(best)
                if best > BUDGET_MS / 2:
                    print(f"{best:8.1f}{'  ' if best <= BUDGET_MS else ' !'}  {name}", flush=True)
    over = sum(each > BUDGET_MS for each in spent)
    print(
        f"{len(spent)} lists: p50 {percentile(spent, 0.5):.1f}, p95 {percentile(spent, 0.95):.1f} ms CPU; {over} over"
    )
    return over == 0


_apps: dict[int, FastAPI] = {}


def _app(store: Store, folder: Path, at: Places) -> FastAPI:
    """One server for each store: its caches are those of a server that lives as long."""
    if id(store) not in _apps:
        _apps.clear()
        app = _apps[id(store)] = create_app(store, log_folder=folder, no_auth=True, now=lambda: at.now)
        warm(app, threading.Event())
    return _apps[id(store)]


def main() -> None:
    os.environ.setdefault("TZ", "UTC")
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--only", default="", help="part of the name of a request")
    parser.add_argument("--cold", action="store_true", help="each request once, after a start")
    parser.add_argument("--all", action="store_true", help="every list with each of its filters and orders")
    given = parser.parse_args()
    if given.all:
        sys.exit(0 if asyncio.run(measure_all(given.url, given.only)) else 1)
    sys.exit(0 if asyncio.run(measure(given.url, given.rounds, given.only, given.cold)) else 1)


if __name__ == "__main__":
    main()
