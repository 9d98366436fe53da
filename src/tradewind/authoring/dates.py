"""Arithmetic with dates that DAG files of Airflow 1 and 2 use.  Airflow: `airflow.utils.dates`."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from typing import Any

from tradewind.authoring import timezone
from tradewind.authoring.crons import check_cron
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.spec.schedule import CRON_PRESETS

_UNITS: dict[str, float] = {"minutes": 60.0, "hours": 3600.0, "days": 86400.0}
_MOST_DATES = 1_000_000
"""More dates than any DAG asks for: a mistyped end must not fill the memory."""


class WeekDay(enum.IntEnum):
    """Days of the week as `datetime.isoweekday()` counts them.  Airflow: `airflow.utils.weekday`."""

    MONDAY = 1
    TUESDAY = 2
    WEDNESDAY = 3
    THURSDAY = 4
    FRIDAY = 5
    SATURDAY = 6
    SUNDAY = 7

    @classmethod
    def get_weekday_number(cls, week_day_str: str) -> WeekDay:
        """The day with this English name, in any case.  Raises `ArgumentValueError`."""
        try:
            return cls[week_day_str.upper()]
        except KeyError:
            raise ArgumentValueError(
                f"{week_day_str!r} is no day of the week", fix=f"write one of {', '.join(day.name for day in cls)}"
            ) from None

    @classmethod
    def convert(cls, day: str | WeekDay) -> WeekDay:
        """A day from its name or itself.  Raises `ArgumentTypeError`, `ArgumentValueError`."""
        if isinstance(day, cls):
            return day
        if isinstance(day, str):
            return cls.get_weekday_number(day)
        raise ArgumentTypeError(
            f"{day!r} is no day of the week", fix='write its name, "Monday", or a member of WeekDay'
        )

    @classmethod
    def validate_week_day(cls, week_day: str | WeekDay | Iterable[str | WeekDay]) -> set[WeekDay]:
        """One day or several as a set.  Raises `ArgumentTypeError`, `ArgumentValueError`."""
        if isinstance(week_day, str | WeekDay):
            return {cls.convert(week_day)}
        if not isinstance(week_day, Iterable):
            raise ArgumentTypeError(
                f"week_day={week_day!r} is neither a day of the week nor several", fix='write week_day="Monday"'
            )
        return {cls.convert(day) for day in week_day}


def days_ago(n: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0) -> dt.datetime:
    """The day `n` days before today (UTC) at a time of day, midnight by default, as an aware datetime."""
    today = timezone.utcnow().replace(hour=hour, minute=minute, second=second, microsecond=microsecond)
    return today - dt.timedelta(days=n)


def parse_execution_date(execution_date_str: str) -> dt.datetime:
    """A datetime from text, aware.  Raises `ValueError`."""
    return timezone.parse(execution_date_str)


def date_range(
    start_date: dt.datetime,
    end_date: dt.datetime | None = None,
    num: int | None = None,
    delta: str | dt.timedelta | float | Any | None = None,
) -> list[dt.datetime]:
    """Dates from `start_date` on, one per `delta` (a cron expression, a timedelta or relativedelta, or seconds).

    They end at `end_date` (included) or after `num` dates; a negative `num` counts backwards.  Without both they end
    now, without a `delta` there are none.  Raises `ArgumentValueError` when the request cannot be answered.
    """
    if not delta:
        return []
    if end_date is not None and num is not None:
        raise ArgumentValueError("date_range() got both end_date and num", fix="give one of them")
    if end_date is not None and start_date > end_date:
        raise ArgumentValueError(
            f"date_range() got a start_date ({start_date}) later than its end_date ({end_date})", fix="swap them"
        )
    found: Iterable[dt.datetime]
    if isinstance(delta, str):
        found = _cron_dates(start_date, delta, end_date, num)
    else:
        step = dt.timedelta(seconds=delta) if isinstance(delta, int | float) else delta
        found = _step_dates(start_date, step, end_date, num)
    return sorted(found)


def _limit(start: dt.datetime, end: dt.datetime | None) -> dt.datetime:
    if end is not None:
        return end
    now = timezone.utcnow()
    return now if timezone.is_localized(start) else now.replace(tzinfo=None)


def _step_dates(start: dt.datetime, step: Any, end: dt.datetime | None, num: int | None) -> list[dt.datetime]:
    if num is not None:
        # multiplied, not summed: a month after January 31st, twice, is not two months after it
        return [start + step * (index if num >= 0 else -index) for index in range(abs(num))]
    last = _limit(start, end)
    if start + step <= start:
        raise ArgumentValueError(f"date_range() cannot reach its end in steps of {step!r}", fix="give a positive delta")
    dates: list[dt.datetime] = []
    while (at := start + step * len(dates)) <= last:
        dates.append(at)
        _check_length(dates, step)
    return dates


def _cron_dates(start: dt.datetime, cron: str, end: dt.datetime | None, num: int | None) -> list[dt.datetime]:
    from croniter import croniter  # only for a range by cron expression

    expression = CRON_PRESETS.get(cron, cron)
    check_cron(expression)
    # one microsecond back, so that a start on a tick is its first date
    back = num is not None and num < 0
    edge = dt.timedelta(microseconds=1) if back else -dt.timedelta(microseconds=1)
    ticks = croniter(expression, start + edge)
    if num is not None:
        step = ticks.get_prev if back else ticks.get_next
        return [step(dt.datetime) for _ in range(abs(num))]
    last = _limit(start, end)
    dates: list[dt.datetime] = []
    while (at := ticks.get_next(dt.datetime)) <= last:
        dates.append(at)
        _check_length(dates, cron)
    return dates


def _check_length(dates: list[dt.datetime], step: object) -> None:
    if len(dates) > _MOST_DATES:
        raise ArgumentValueError(
            f"date_range() has more than {_MOST_DATES} dates in steps of {step!r}", fix="give a longer delta"
        )


def round_time(
    dt: dt.datetime,
    delta: str | dt.timedelta | Any,
    start_date: dt.datetime | None = None,
) -> dt.datetime:
    """The date nearest to `dt` among `start_date + n * delta`; for a cron expression, the tick at or before `dt`."""
    return _round(dt, delta, start_date)


def _round(moment: dt.datetime, delta: Any, start: dt.datetime | None) -> dt.datetime:
    if isinstance(delta, str):
        from croniter import croniter  # only for a cron expression

        expression = CRON_PRESETS.get(delta, delta)
        check_cron(expression)
        base = start if start is not None else moment.replace(hour=0, minute=0, second=0, microsecond=0)
        ticks = croniter(expression, moment + dt.timedelta(microseconds=1))
        found: dt.datetime = ticks.get_prev(dt.datetime)
        return max(found, base) if start is not None else found
    base = start if start is not None else dt.datetime(1970, 1, 1, tzinfo=moment.tzinfo)
    if base >= moment:
        return base
    if base + delta <= base:
        raise ArgumentValueError(f"round_time() cannot round to {delta!r}", fix="give a positive delta")
    # double the number of steps until the moment is passed, then halve the range: deltas of months have no length
    upper = 1
    while base + delta * upper < moment:
        upper *= 2
    lower = upper // 2
    while upper - lower > 1:
        middle = (lower + upper) // 2
        if base + delta * middle <= moment:
            lower = middle
        else:
            upper = middle
    before, after = base + delta * lower, base + delta * upper
    nearest: dt.datetime = before if moment - before < after - moment else after
    return nearest


def infer_time_unit(time_seconds_arr: Iterable[float]) -> str:
    """The unit (`seconds`, `minutes`, `hours` or `days`) in which the longest of these durations reads best."""
    longest = max(time_seconds_arr, default=0)
    if longest <= 2 * 60:
        return "seconds"
    if longest <= 2 * 3600:
        return "minutes"
    return "hours" if longest <= 2 * 86400 else "days"


def scale_time_units(time_seconds_arr: Iterable[float], unit: str) -> list[float]:
    """Durations in seconds, in another unit.  Raises `ArgumentTypeError` for an unknown one."""
    if unit != "seconds" and unit not in _UNITS:
        raise ArgumentTypeError(f"there is no unit {unit!r}", fix="use seconds, minutes, hours or days")
    return [seconds / _UNITS.get(unit, 1.0) for seconds in time_seconds_arr]
