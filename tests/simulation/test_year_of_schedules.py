"""A year of many DAGs on the virtual clock: the runs that were made are those that another count finds, each once.

The leader changes again and again, a deposed one goes on for a while, and nobody leads now and then.
`TRADEWIND_YEAR_DAGS=1000` runs it in full size (minutes); by default it is a small one.
"""

from __future__ import annotations

import calendar
import itertools
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import dateutil.zoneinfo
import pytest
from cronsim import CronSim
from dateutil import tz as dateutil_tz
from sqlalchemy import text

from support.engine import Engine
from tradewind.ports.leases import LeadershipLost
from tradewind.spec.dag import DagSpec, TaskSpec, TimetableSpec
from tradewind.store import Store

DAGS = int(os.environ.get("TRADEWIND_YEAR_DAGS", "18"))
START = datetime(2023, 9, 1, tzinfo=UTC)
END = datetime(2024, 9, 1, tzinfo=UTC)  # with the 29th of February
DAY = timedelta(days=1)
ZONES = ("UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago")
CRONS = (
    "0 2 * * *", "30 2 * * *", "15 0 * * 1-5", "0 6 * * 0", "0 0 1 * *", "0 12 29 2 *", "45 23 28-31 * *",
    "5 3 * 3,10,11 *", "0 0 1 */3 *", "0 */12 * 4 *",
)  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A schedule, and when its runs are due by another count: in the year, in order."""

    timetable: TimetableSpec
    due: tuple[datetime, ...]


def ticks(cron: str, zone_name: str) -> Iterator[datetime]:
    """Fire times from the start on, by other libraries."""
    zone = dateutil.zoneinfo.get_zonefile_instance().get(zone_name)
    for wall in CronSim(cron, (START - 3 * DAY).replace(tzinfo=None)):
        local = wall.replace(tzinfo=zone)
        if not dateutil_tz.datetime_exists(local):
            local = dateutil_tz.resolve_imaginary(local)
        at = dateutil_tz.enfold(local, 1).astimezone(UTC)
        if at > END + 400 * DAY:
            return
        if at >= START:
            yield at


def by_cron(random: random.Random) -> Case:
    cron, zone = random.choice(CRONS), random.choice(ZONES)
    times = sorted(set(ticks(cron, zone)))
    if random.random() < 0.5:
        due = times[1:]  # a run is due when its interval is over
        kind = "cron_interval"
    else:
        due, kind = times, "cron_trigger"
    spec = TimetableSpec(kind=kind, crons=(cron,), timezone=zone)  # type: ignore[arg-type]
    return Case(spec, tuple(at for at in due if at <= END))


def by_several_crons(random: random.Random) -> Case:
    crons, zone = tuple(random.sample(CRONS, 2)), random.choice(ZONES)
    due = {at for cron in crons for at in ticks(cron, zone) if at <= END}
    return Case(TimetableSpec(kind="cron_trigger", crons=crons, timezone=zone), tuple(sorted(due)))


def by_delta(random: random.Random) -> Case:
    hours = random.choice([13, 24, 36, 24 * 7, 24 * 10])
    step = timedelta(hours=hours)
    count = (END - START) // step
    if random.random() < 0.5:
        due = [START + n * step for n in range(1, count + 1)]
        return Case(TimetableSpec(kind="delta_interval", delta=hours * 3600.0), tuple(due))
    due = [START + n * step for n in range(count + 1)]
    return Case(TimetableSpec(kind="delta_trigger", delta=hours * 3600.0), tuple(due))


def by_month(random: random.Random) -> Case:
    due = []
    for n in range(1, 13):
        year, month = divmod(START.month - 1 + n, 12)
        due.append(START.replace(year=START.year + year, month=month + 1, day=min(1, calendar.monthrange(2024, 1)[1])))
    return Case(TimetableSpec(kind="delta_interval", months=1), tuple(at for at in due if at <= END))


def by_events(random: random.Random) -> Case:
    events = sorted({START + timedelta(minutes=random.randrange(366 * 24 * 60)) for _ in range(20)})
    return Case(TimetableSpec(kind="events", events=tuple(events)), tuple(at for at in events if at <= END))


def once(random: random.Random) -> Case:
    return Case(TimetableSpec(kind="once"), (START,))


def by_partitions(random: random.Random) -> Case:
    cron, zone = random.choice(CRONS), random.choice(ZONES)
    spec = TimetableSpec(
        kind="cron_partition",
        crons=(cron,),
        timezone=zone,
        run_offset=-1,
        key_format="%Y-%m-%dT%H:%M",
        partitioned=True,
    )
    return Case(spec, tuple(at for at in sorted(set(ticks(cron, zone))) if at <= END))


MAKERS: tuple[Callable[[random.Random], Case], ...] = (
    by_cron, by_cron, by_cron, by_several_crons, by_delta, by_month, by_events, once, by_partitions,
)  # fmt: skip


@pytest.mark.timeout(600 + 3 * DAGS)
def test_a_year(sqlite_store: Store, tmp_path: Path) -> None:
    chance = random.Random(20240229)
    cases = {f"d{n:04}": MAKERS[n % len(MAKERS)](chance) for n in range(DAGS)}
    engine = Engine(sqlite_store, tmp_path, now=START)
    for dag_id, case in cases.items():
        tasks = (TaskSpec(task_id="a", does_nothing=True),)
        engine.add(
            DagSpec(
                dag_id=dag_id, tasks=tasks, start_date=START, catchup=True, max_active_runs=16, timetable=case.timetable
            )
        )
    leaders = (engine.make_scheduler(f"leader-{n}") for n in itertools.count())
    engine.scheduler = next(leaders)
    engine.lead()
    deposed: Any = None
    while engine.clock.now() < END:
        engine.step()
        roll = chance.random()
        if roll < 0.01:  # somebody else takes over; the old one does not know it yet
            deposed, engine.scheduler = engine.scheduler, next(leaders)
            engine.clock.advance(timedelta(seconds=20))
            engine.lead()
        elif roll < 0.02:  # nobody leads for some days
            engine.clock.advance_to(min(END, engine.clock.now() + chance.randrange(1, 8) * DAY))
            engine.scheduler = next(leaders)
            engine.lead()
        elif deposed is not None:
            try:
                deposed.step([])
            except LeadershipLost:
                deposed = None
        due = engine.scheduler._calendar.next_due() or END
        engine.clock.advance_to(max(engine.clock.now(), min(due, END)))
        engine.scheduler._leadership.acquire()
    engine.step()

    made: dict[str, list[datetime]] = {dag_id: [] for dag_id in cases}
    states: Counter[str] = Counter()
    with sqlite_store.engine.connect() as connection:
        for dag_id, run_after, state in connection.execute(text("SELECT dag_id, run_after, state FROM dag_run")):
            made[dag_id].append(datetime.fromisoformat(str(run_after)).replace(tzinfo=UTC))
            states[state] += 1
    for dag_id, case in cases.items():
        assert sorted(made[dag_id]) == list(case.due), (dag_id, case.timetable)
    assert set(states) == {"success"}
    assert states["success"] == sum(len(case.due) for case in cases.values()) > 20 * DAGS
