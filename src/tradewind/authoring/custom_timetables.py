"""Timetables with code of the user's own: what of them goes into the spec, and what their code says.

`spec_of` is called when a DAG is compiled; `foresee` and `manual_interval` in the child process of
`loading.timetable_child`.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tradewind.authoring.own_code import argument_text
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.run_times import DagRunInfo, DataInterval, TimeRestriction
from tradewind.authoring.timetable import Timetable, has_own_code
from tradewind.authoring.timezone import coerce_datetime, is_localized, plain
from tradewind.errors import AirflowTimetableInvalid
from tradewind.spec.dag import CatchupPolicy, TimetableSpec
from tradewind.spec.forecast import Forecast, ForeseenRun, PastRuns, RunsWanted, Stretch
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunType

LOOK_AHEAD = 50
"""So many runs are asked for at once."""
MOST_PASSED = 20_000
"""So many fire times that passed are looked at: under a bounded catchup policy, and to count them."""
COUNT_SECONDS = 2.0
"""So long are fire times counted that are not listed; nobody may wait longer for those that are."""
_JUST_NOW = dt.timedelta(minutes=1)


def spec_of(timetable: Timetable) -> TimetableSpec:
    """A timetable as data; one with code of its own is a reference to it.  Raises `AirflowTimetableInvalid`."""
    if has_own_code(timetable):
        return _custom_spec(timetable)
    return msgspec.structs.replace(timetable.spec(), type_name=timetable.type_name)


def _custom_spec(timetable: Timetable) -> TimetableSpec:
    """A reference to the timetable.  Raises `AirflowTimetableInvalid` when it cannot be."""
    timetable.validate()
    if not timetable.can_be_scheduled:
        return TimetableSpec(kind="none", summary=timetable.summary, description=timetable.description)
    try:
        data = argument_text(timetable)
    except ArgumentTypeError as error:
        raise AirflowTimetableInvalid(str(error.args[0]).split("\n")[0], fix=error.fix) from None
    return TimetableSpec(
        kind="custom", type_name=timetable.type_name, data=data, summary=timetable.summary,
        description=timetable.description, periodic=timetable.periodic, partitioned=timetable.partitioned,
        active_runs_limit=timetable.active_runs_limit,
    )  # fmt: skip


def foresee(
    timetable: Timetable,
    last: Interval | None,
    last_run_after: dt.datetime | None,
    earliest: dt.datetime | None,
    latest: dt.datetime | None,
    policy: CatchupPolicy,
    now: dt.datetime,
) -> Forecast:
    """The runs after `last`.  Raises what its code raises."""
    bounded = policy.kind in ("none", "window", "runs")
    restriction = TimeRestriction(coerce_datetime(earliest), coerce_datetime(latest), bounded or policy.kind == "all")
    walk = _Walk(timetable, restriction, _info_of(last, last_run_after))
    passed: list[ForeseenRun] = []
    ahead: list[ForeseenRun] = []

    def found(ended: bool, past: PastRuns | None = None) -> Forecast:
        basis = None if last is None else (last.start, last.end)
        return Forecast(
            computed_at=now, last=basis, runs=_kept(passed, policy, now) + tuple(ahead), ended=ended, past=past
        )

    while len(ahead) < LOOK_AHEAD and (bounded or len(passed) + len(ahead) < LOOK_AHEAD):
        info = walk.go()
        if info is None:
            return found(ended=True)
        (ahead if info.run_after > now else passed).append(_foreseen(timetable, info))
        if len(passed) > MOST_PASSED:
            raise AirflowTimetableInvalid(
                f"more than {MOST_PASSED} fire times passed since the last run",
                fix='move start_date, or catchup="latest"',
            )
    return found(ended=False, past=None if ahead else _count(walk, len(passed), passed[-2], now))


class _Walk:
    """A timetable that is asked for one run after the other."""

    def __init__(self, timetable: Timetable, restriction: TimeRestriction, info: DagRunInfo | None) -> None:
        self.timetable = timetable
        self.info = info
        self._restriction = restriction

    def go(self) -> DagRunInfo | None:
        """The next run; None when the timetable wants no more.  Raises what its code raises."""
        answer = self.timetable.next_dagrun_info_v2(last_dagrun_info=self.info, restriction=self._restriction)
        found = _checked(self.timetable, answer, self.info)
        if found is not None:
            self.info = found
        return found


def _info_of(last: Interval | None, run_after: dt.datetime | None) -> DagRunInfo | None:
    if last is None:
        return None
    interval = DataInterval(coerce_datetime(last.start), coerce_datetime(last.end))
    return DagRunInfo(coerce_datetime(run_after or last.end), interval)


def _count(walk: _Walk, count: int, before: ForeseenRun, now: dt.datetime) -> PastRuns:
    """How many runs are due, after so many that are listed."""
    previous, newest, complete = None, walk.info, False
    stop = time.monotonic() + COUNT_SECONDS
    while count < MOST_PASSED and time.monotonic() < stop:
        try:
            info = walk.go()
        except Exception:
            break  # told when the schedule comes to it; what is before it is made
        if info is None or info.run_after > now:
            complete = True
            break
        previous, newest = newest, info
        count += 1
    assert newest is not None
    return PastRuns(
        count=count,
        newest=_foreseen(walk.timetable, newest),
        before=before if previous is None else _foreseen(walk.timetable, previous),
        complete=complete,
    )


def next_piece(
    timetable: Timetable, wanted: Stretch, earliest: dt.datetime | None, latest: dt.datetime | None, most: int
) -> tuple[tuple[ForeseenRun, ...], bool]:
    """Up to `most` runs of the stretch, from where it stands, and whether others may follow.  Raises what the code of
    the timetable raises."""
    last = None if wanted.last is None else Interval(*wanted.last)
    restriction = TimeRestriction(coerce_datetime(earliest), coerce_datetime(latest), True)
    walk = _Walk(timetable, restriction, _info_of(last, wanted.last_run_after))
    found: list[ForeseenRun] = []
    while len(found) < most:
        info = walk.go()
        if info is None or (wanted.end is not None and _end(info) > wanted.end):
            return tuple(found), False
        run = _foreseen(timetable, info, DagRunType.BACKFILL)
        if wanted.until is not None and run.date > wanted.until:
            return tuple(found), False
        if (wanted.start is None or _end(info) >= wanted.start) and (wanted.after is None or run.date > wanted.after):
            found.append(run)
    return tuple(found), True


def manual_interval(timetable: Timetable, run_after: dt.datetime) -> Interval:
    """The data interval of a manual run.  Raises what the code of the timetable raises."""
    found = timetable.infer_manual_data_interval(run_after=coerce_datetime(run_after))
    return Interval(_aware(timetable, found.start), _aware(timetable, found.end))


def infos_between(timetable: Timetable, earliest: dt.datetime, latest: dt.datetime) -> Iterator[DagRunInfo]:
    """The runs between two times, both included: see `DAG.iter_dagrun_infos_between`."""
    if not has_own_code(timetable) and timetable.partitioned:
        from tradewind.authoring.timetable_math import partition_infos  # loads croniter: only when somebody asks

        yield from partition_infos(timetable.spec(), earliest, latest)
        return
    info = None
    restriction = TimeRestriction(coerce_datetime(earliest), coerce_datetime(latest), True)
    while (info := timetable.next_dagrun_info_v2(last_dagrun_info=info, restriction=restriction)) is not None:
        yield info


def runs_between(timetable: Timetable, wanted: RunsWanted) -> tuple[ForeseenRun, ...]:
    """The runs whose dates lie in the spans, ascending.  Raises what the code of the timetable raises, and
    `AirflowTimetableInvalid` for answers that are none, or too many."""
    found: dict[tuple[dt.datetime, str], ForeseenRun] = {}
    for start, end in wanted.spans:
        info = None
        restriction = TimeRestriction(coerce_datetime(start), coerce_datetime(end), True)
        while True:
            answer = timetable.next_dagrun_info_v2(last_dagrun_info=info, restriction=restriction)
            info = _checked(timetable, answer, info)
            run = None if info is None else _foreseen(timetable, info, DagRunType.BACKFILL)
            if run is None or (at := run.date) > end:
                break
            if at >= start:
                found.setdefault((at, run.partition_key or ""), run)
            if len(found) > wanted.most:
                raise AirflowTimetableInvalid(
                    f"{type(timetable).__name__} makes more than {wanted.most:,} runs in this range",
                    fix="choose a shorter range",
                )
    return tuple(sorted(found.values(), key=lambda run: (run.date, run.run_after)))


def _kept(passed: list[ForeseenRun], policy: CatchupPolicy, now: dt.datetime) -> tuple[ForeseenRun, ...]:
    match policy.kind:
        case "none":
            return tuple(run for run in passed if run.run_after >= now - _JUST_NOW)
        case "window":
            return tuple(run for run in passed if run.run_after >= now - dt.timedelta(seconds=policy.seconds))
        case "runs":
            return tuple(passed[-policy.runs :])
        case _:
            return tuple(passed)


def _checked(timetable: Timetable, info: Any, before: DagRunInfo | None) -> DagRunInfo | None:
    if info is None:
        return None
    name = type(timetable).__name__
    if not isinstance(info, DagRunInfo):
        raise AirflowTimetableInvalid(
            f"{name}.next_dagrun_info returned {info!r}", fix="return DagRunInfo.interval(start, end), or None"
        )
    for at in (info.run_after, *(info.data_interval or ())):
        _aware(timetable, at)
    if before is not None and info.run_after <= before.run_after and _end(info) <= _end(before):
        raise AirflowTimetableInvalid(
            f"{name}.next_dagrun_info does not advance: after {_end(before)} it returned {_end(info)}",
            fix="return a run later than last_automated_data_interval",
        )
    return info


def _end(info: DagRunInfo) -> dt.datetime:
    return info.data_interval.end if info.data_interval is not None else info.run_after


def _foreseen(timetable: Timetable, info: DagRunInfo, run_type: DagRunType = DagRunType.SCHEDULED) -> ForeseenRun:
    interval = info.data_interval
    run_id = None
    asked = getattr(timetable, "timetable", timetable)  # of assets or time: the part that looks at the clock
    written: Callable[..., Any] = type(asked).generate_run_id
    if not written.__module__.startswith("tradewind."):
        extra = {"partition_key": info.partition_key} if info.partition_key is not None else {}
        run_id = timetable.generate_run_id(run_type=run_type, run_after=info.run_after, data_interval=interval, **extra)
        given: object = run_id
        if not isinstance(given, str) or not 0 < len(given) <= 250:
            raise AirflowTimetableInvalid(
                f"{type(timetable).__name__}.generate_run_id returned {run_id!r}", fix="return 1 to 250 characters"
            )
    return ForeseenRun(
        run_after=_aware(timetable, info.run_after),
        start=_aware(timetable, interval.start) if interval is not None else None,
        end=_aware(timetable, interval.end) if interval is not None else None,
        partition_key=info.partition_key,
        partition_date=_aware(timetable, info.partition_date) if info.partition_date is not None else None,
        run_id=run_id,
    )


def _aware(timetable: Timetable, at: Any) -> dt.datetime:
    if not isinstance(at, dt.datetime) or not is_localized(at):
        raise AirflowTimetableInvalid(
            f"{type(timetable).__name__} returned {at!r}, a time without a time zone", fix="write .replace(tzinfo=UTC)"
        )
    return plain(at)
