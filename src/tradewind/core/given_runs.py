"""Runs of a backfill that no schedule lists: those for partition keys that somebody names, and those that only the code
of a custom timetable knows.  Pure.

Called by `store.backfill_spans`, which asks the code in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from tradewind.core import partitions
from tradewind.core.backfill import MAX_DATES, date_of
from tradewind.core.partitions import MAX_KEY, PartitionKeyError
from tradewind.core.timetables import partitions as partition_timetable
from tradewind.core.timetables.base import zone
from tradewind.errors import InvalidError
from tradewind.spec.dag import DagSpec
from tradewind.spec.schedule import NextRun

Days = Sequence[date | datetime]
"""Logical dates, or days for all runs of the day."""


def keyed(spec: DagSpec, keys: Iterable[str], now: datetime) -> tuple[NextRun, ...]:
    """A run for each partition key, in their order, each once.

    A key of a cron of partitions stands for its date, at which the run is due; others are due at `now`.  Raises
    InvalidError for a DAG without partitions, for keys that its schedule never makes, and for an empty or too long
    list.
    """
    if not spec.timetable.partitioned and (spec.asset_schedule is None or not spec.asset_schedule.partitioned):
        raise InvalidError(
            f"DAG {spec.dag_id!r} has no partitions and takes no partition keys",
            fix="give dates, or give the DAG a schedule of partitions such as PartitionedAssetTimetable",
        )
    wanted = tuple(dict.fromkeys(keys))
    if not wanted:
        raise InvalidError("the list of partition keys is empty", fix="give at least one key")
    if len(wanted) > MAX_DATES:
        raise InvalidError(f"more than {MAX_DATES:,} partition keys", fix="make several backfills")
    return tuple(_keyed(spec, key, now) for key in wanted)


def _keyed(spec: DagSpec, key: str, now: datetime) -> NextRun:
    if not key.strip() or len(key) > MAX_KEY or "\x00" in key:
        raise InvalidError(f"the partition key {key[:80]!r} is not valid", fix=f"use 1 to {MAX_KEY} characters")
    if spec.timetable.kind == "cron_partition":
        return _of_cron(spec, key)
    if spec.asset_schedule is not None:
        return NextRun(None, None, now, key, _date_by_mappers(spec, key))
    return NextRun(None, None, now, key)


def _of_cron(spec: DagSpec, key: str) -> NextRun:
    timetable = partition_timetable(spec.timetable)
    try:
        at = timetable.partition_date(key)
    except (ArithmeticError, ValueError) as error:
        raise InvalidError(
            f"the partition key {key[:80]!r} does not match the key_format {spec.timetable.key_format!r}: {error}",
            fix="write the key as the schedule does",
        ) from None
    run, following = timetable.at_or_after(at)
    if run.partition_key != key or run.partition_date != at:
        raise InvalidError(
            f"the schedule of DAG {spec.dag_id!r} has no partition {key!r}; near it are {run.partition_key!r} and "
            f"{following.partition_key!r}",
            fix="use keys of the schedule",
        )
    return run


def _date_by_mappers(spec: DagSpec, key: str) -> datetime | None:
    """The instant that a key stands for, when the mappers agree.  Raises InvalidError when none of them makes it."""
    assert spec.asset_schedule is not None
    schedule = spec.asset_schedule
    known: set[datetime] = set()
    refused: list[str] = []
    # a mapper for each asset leaves nothing for the default one
    mappers = [entry.mapper for entry in schedule.mappers] + [schedule.default_mapper]
    for mapper in mappers:
        try:
            at = partitions.partition_date(mapper, key)
        except PartitionKeyError as error:
            refused.append(str(error))
            continue
        if at is not None:
            known.add(at)
    if len(refused) == len(mappers):
        raise InvalidError(
            f"DAG {spec.dag_id!r} has no such partition: {refused[0]}", fix="write the key as its mapper does"
        )
    return known.pop() if len(known) == 1 else None


def spans_of(
    spec: DagSpec, start: datetime | None, end: datetime | None, days: Days | None
) -> tuple[tuple[datetime, datetime], ...]:
    """What a custom timetable is asked: the range, or a span for each date.  Raises InvalidError for too many."""
    if days is None:
        assert start is not None and end is not None
        return ((start, end),)
    if len(days) > MAX_DATES:
        raise InvalidError(f"more than {MAX_DATES:,} dates", fix="use a range, or several backfills")
    return tuple(sorted({_span(spec, item) for item in days}))


def _span(spec: DagSpec, item: date | datetime) -> tuple[datetime, datetime]:
    if isinstance(item, datetime):
        at = item.astimezone(UTC)
        return at, at
    here = zone(spec.timetable.timezone)
    first, last = (datetime.combine(item, clock, tzinfo=here).astimezone(UTC) for clock in (time.min, time.max))
    return first, last


def found(spec: DagSpec, days: Days | None, runs: Sequence[NextRun]) -> tuple[NextRun, ...]:
    """What a custom timetable answered, when it has a run for each date that was asked for.  Raises InvalidError."""
    if days is not None and not days:
        raise InvalidError("the list of dates is empty", fix="give at least one date, or a range")
    for item in days or ():
        first, last = _span(spec, item)
        if not any(first <= date_of(run) <= last for run in runs):
            raise InvalidError(
                f"the schedule of DAG {spec.dag_id!r} has no run at {item.isoformat()}",
                fix="use logical dates of the schedule, or a day (2024-05-01) for all runs of that day",
            )
    if not runs:
        raise InvalidError(f"the schedule of DAG {spec.dag_id!r} has no run in this range", fix="choose a longer range")
    return tuple(runs)
