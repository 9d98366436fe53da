"""When a DAG runs: timetables as value objects, and how `schedule=` becomes one.

Each timetable turns into a `TimetableSpec` (`spec()`), with which `core.timetables` computes.  Airflow:
`airflow.timetables.*`, `CronDataIntervalTimetable`, `CronTriggerTimetable`, ... of `airflow.sdk`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tradewind.authoring.assets import AssetAll, BaseAsset
from tradewind.authoring.defaults import get_bool
from tradewind.authoring.problems import nearest
from tradewind.authoring.timezone import convert_to_utc, parse_timezone, timezone_name
from tradewind.errors import AirflowTimetableInvalid, DagAuthoringError

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.dag import TimetableSpec

CRON_PRESETS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@quarterly": "0 0 1 */3 *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_OTHER_PRESETS = ("@once", "@continuous", "@none")


class Timetable:
    """Base of timetables.  A subclass of the user's own cannot be scheduled by this version."""

    description: str = ""
    periodic: bool = True
    can_be_scheduled: bool = True
    active_runs_limit: int | None = None

    @property
    def summary(self) -> str:
        """A few characters for lists."""
        return type(self).__name__

    def spec(self) -> TimetableSpec:
        """The timetable as data.  Raises `AirflowTimetableInvalid`."""
        raise AirflowTimetableInvalid(
            f"the timetable {type(self).__module__}.{type(self).__name__} has code of its own, which this version of "
            "Tradewind cannot schedule",
            fix="use a cron expression, a timedelta, or EventsTimetable with the list of times",
        )

    def validate(self) -> None:
        """Raises `AirflowTimetableInvalid` when the timetable can never work."""
        self.spec()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.summary}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timetable):
            return NotImplemented
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = object.__hash__


def _make(kind: str, **fields: Any) -> TimetableSpec:
    from tradewind.spec.dag import TimetableSpec  # loads msgspec: only when a DAG is compiled

    return TimetableSpec(kind=kind, **fields)  # type: ignore[arg-type]


class NullTimetable(Timetable):
    """Never by itself: `schedule=None`."""

    description = "Never, external triggers only"
    periodic = False
    can_be_scheduled = False
    summary = "None"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make("none", description=self.description)


class OnceTimetable(Timetable):
    """One run: `schedule="@once"`."""

    description = "Once, as soon as possible"
    periodic = False
    summary = "@once"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make("once", summary="@once", description=self.description)


class ContinuousTimetable(Timetable):
    """A run as soon as the one before has ended: `schedule="@continuous"`."""

    description = "As frequently as possible, but only one run at a time."
    active_runs_limit = 1
    summary = "@continuous"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make("continuous", summary="@continuous", description=self.description)


class _CronTimetable(Timetable):
    kind: str

    def __init__(
        self, expressions: Sequence[str], timezone: str | dt.tzinfo | None, written: str | None = None
    ) -> None:
        self.expressions = tuple(CRON_PRESETS.get(text, text) if type(text) is str else text for text in expressions)
        self.timezone = timezone_name(parse_timezone(timezone) if isinstance(timezone, str) else timezone)
        self.written = written if written is not None else ", ".join(str(text) for text in expressions)

    @property
    def summary(self) -> str:
        """What the author wrote."""
        return self.written

    def _cron_spec(self, **fields: Any) -> TimetableSpec:
        for expression in self.expressions:
            check_cron(expression)
        return _make(
            self.kind, crons=self.expressions, timezone=self.timezone, summary=self.summary,
            description=self.description, **fields,
        )  # fmt: skip


class CronDataIntervalTimetable(_CronTimetable):
    """A run per tick of a cron expression, made when its data interval (this tick to the next) has passed."""

    kind = "cron_interval"

    def __init__(self, cron: str, timezone: str | dt.tzinfo | None = None, *, written: str | None = None) -> None:
        super().__init__([cron], timezone, written)

    def spec(self) -> TimetableSpec:
        """As data."""
        return self._cron_spec()


class MultipleCronTriggerTimetable(_CronTimetable):
    """A run at every tick of any of several cron expressions."""

    kind = "cron_trigger"

    def __init__(
        self,
        *crons: str,
        timezone: str | dt.tzinfo | None = None,
        interval: dt.timedelta | Any = dt.timedelta(),
        run_immediately: bool | dt.timedelta = False,
        written: str | None = None,
    ) -> None:
        if not crons:
            raise AirflowTimetableInvalid("a cron timetable got no cron expression", fix='give one such as "0 2 * * *"')
        super().__init__(crons, timezone, written)
        self.interval = interval
        self.run_immediately = run_immediately

    def spec(self) -> TimetableSpec:
        """As data."""
        immediately = self.run_immediately
        return self._cron_spec(
            interval=_seconds("interval", self.interval),
            run_immediately=immediately.total_seconds() if isinstance(immediately, dt.timedelta) else bool(immediately),
        )


class CronTriggerTimetable(MultipleCronTriggerTimetable):
    """A run at every tick of a cron expression; its data interval is `interval` long and ends at the tick."""

    def __init__(
        self,
        cron: str,
        timezone: str | dt.tzinfo | None = None,
        *,
        interval: dt.timedelta | Any = dt.timedelta(),
        run_immediately: bool | dt.timedelta = False,
        written: str | None = None,
    ) -> None:
        super().__init__(cron, timezone=timezone, interval=interval, run_immediately=run_immediately, written=written)


class DeltaDataIntervalTimetable(Timetable):
    """A run per `delta`, made when its data interval (one delta long) has passed."""

    kind = "delta_interval"

    def __init__(self, delta: dt.timedelta | Any) -> None:
        self.delta = delta

    @property
    def summary(self) -> str:
        """The delta."""
        return str(self.delta)

    def _fields(self) -> dict[str, Any]:
        months, seconds = _months_and_seconds(self.delta)
        if months < 0 or seconds < 0 or not (months or seconds):
            raise AirflowTimetableInvalid(
                f"the schedule {self.delta!r} is not longer than nothing",
                fix="write timedelta(days=1), for example",
            )
        return {"months": months, "delta": seconds, "summary": self.summary, "description": self.description}

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make(self.kind, **self._fields())


class DeltaTriggerTimetable(DeltaDataIntervalTimetable):
    """A run per `delta`; its data interval is `interval` long and ends at the run."""

    kind = "delta_trigger"

    def __init__(self, delta: dt.timedelta | Any, *, interval: dt.timedelta | Any = dt.timedelta()) -> None:
        super().__init__(delta)
        self.interval = interval

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make(self.kind, interval=_seconds("interval", self.interval), **self._fields())


class EventsTimetable(Timetable):
    """Runs at listed times."""

    def __init__(
        self,
        event_dates: Iterable[dt.datetime],
        restrict_to_events: bool = False,
        presorted: bool = False,
        description: str | None = None,
    ) -> None:
        dates = [convert_to_utc(date) for date in event_dates]
        self.event_dates = dates if presorted else sorted(dates)
        self.restrict_to_events = restrict_to_events
        self.description = description or f"{len(self.event_dates)} events"

    @property
    def summary(self) -> str:
        """The description."""
        return self.description

    def spec(self) -> TimetableSpec:
        """As data."""
        events = tuple(dt.datetime.fromisoformat(date.isoformat()) for date in self.event_dates)
        return _make("events", events=events, summary=self.summary, description=self.description)


class AssetTriggeredTimetable(NullTimetable):
    """Runs when assets are updated; `compile_assets` makes data of the condition."""

    description = "Triggered by assets"
    summary = "Asset"

    def __init__(self, assets: Any) -> None:
        self.assets = assets if isinstance(assets, BaseAsset) else AssetAll(*assets)

    def spec(self) -> TimetableSpec:
        """As data: no time makes it run."""
        return _make("none", summary=self.summary, description=self.description)


class AssetOrTimeSchedule(AssetTriggeredTimetable):
    """Runs by a timetable, and when assets are updated."""

    def __init__(self, *, timetable: Timetable, assets: Any = None, datasets: Any = None) -> None:
        super().__init__(assets if assets is not None else datasets)
        self.timetable = timetable
        self.summary = f"Asset or {timetable.summary}"
        self.description = f"Triggered by assets or {timetable.description}"
        self.active_runs_limit = timetable.active_runs_limit

    def spec(self) -> TimetableSpec:
        """That of the timetable, with a summary of both."""
        from msgspec import structs  # only when a DAG is compiled

        return structs.replace(self.timetable.spec(), summary=self.summary, description=self.description)


def check_cron(expression: Any) -> None:
    """Raises `AirflowTimetableInvalid` naming the expression and the fix."""
    if not isinstance(expression, str):
        raise AirflowTimetableInvalid(f"{expression!r} is not a cron expression", fix='write "0 2 * * *", for example')
    fields = expression.split()
    if expression.startswith("@"):
        guess = nearest(expression, [*CRON_PRESETS, *_OTHER_PRESETS])
        raise AirflowTimetableInvalid(
            f"there is no schedule {expression!r}",
            fix=f"write {guess!r}" if guess else f"use one of {', '.join(CRON_PRESETS)}, @once, @continuous",
        )
    if len(fields) != 5:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} has {len(fields)} field{'s' * (len(fields) != 1)}, it needs five",
            fix='write minute, hour, day of month, month, day of week: "0 2 * * *" is every day at 02:00',
        )
    from croniter import CroniterBadDateError, CroniterError, croniter  # only when a DAG is compiled

    try:
        croniter(expression, dt.datetime(2000, 1, 1, tzinfo=dt.UTC)).get_next(dt.datetime)
    except CroniterBadDateError:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} names a date that does not exist",
            fix="correct its day or month",
        ) from None
    except (CroniterError, ValueError, KeyError) as error:
        raise AirflowTimetableInvalid(
            f"the cron expression {expression!r} is not valid: {error}",
            fix='write minute, hour, day of month, month, day of week: "0 2 * * *" is every day at 02:00',
        ) from None


def _months_and_seconds(delta: Any) -> tuple[int, float]:
    if isinstance(delta, dt.timedelta):
        return 0, delta.total_seconds()
    parts = {name: getattr(delta, name, None) for name in ("years", "months", "days", "hours", "minutes", "seconds")}
    absolute = ("year", "month", "day", "weekday", "hour", "minute", "second", "microsecond")
    if None in parts.values() or any(getattr(delta, name, None) is not None for name in absolute):
        raise AirflowTimetableInvalid(
            f"the schedule {delta!r} is not a plain length of time",
            fix="use timedelta(...) or a cron expression",
        )
    length = dt.timedelta(
        days=delta.days, hours=delta.hours, minutes=delta.minutes, seconds=delta.seconds,
        microseconds=getattr(delta, "microseconds", 0),
    )  # fmt: skip
    return int(delta.years * 12 + delta.months), length.total_seconds()


def _seconds(name: str, delta: Any) -> float:
    months, seconds = _months_and_seconds(delta)
    if months:
        raise AirflowTimetableInvalid(
            f"the {name} {delta!r} counts months, whose length varies", fix="write it in days"
        )
    return seconds


def is_asset_schedule(value: Any) -> bool:
    """Whether a `schedule` names assets: one, a condition, or a list of them."""
    if isinstance(value, BaseAsset | AssetTriggeredTimetable):
        return True
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and bool(value)
        and all(isinstance(item, BaseAsset) for item in value)
    )


def timetable_of(schedule: Any, timezone: dt.tzinfo) -> Timetable:
    """The timetable of a `schedule`.  Raises `DagAuthoringError`; a cron expression is checked by `Timetable.spec`."""
    if schedule is None or schedule == "@none":
        return NullTimetable()
    if isinstance(schedule, Timetable):
        return schedule
    if is_asset_schedule(schedule):
        return AssetTriggeredTimetable(schedule)
    if isinstance(schedule, str):
        return _named_schedule(schedule.strip(), timezone)
    # dateutil need not be loaded to see that it is one of its deltas
    if isinstance(schedule, dt.timedelta) or any(base.__name__ == "relativedelta" for base in type(schedule).__mro__):
        if get_bool("scheduler", "create_delta_data_intervals", True):
            return DeltaDataIntervalTimetable(schedule)
        return DeltaTriggerTimetable(schedule)
    raise DagAuthoringError(
        f"schedule={schedule!r} of type {type(schedule).__name__} is not a schedule",
        fix='write a cron expression such as "0 2 * * *", a preset such as "@daily", a timedelta, a timetable, or None',
    )


def _named_schedule(text: str, timezone: dt.tzinfo) -> Timetable:
    if text == "@once":
        return OnceTimetable()
    if text == "@continuous":
        return ContinuousTimetable()
    if get_bool("scheduler", "create_cron_data_intervals", True):
        return CronDataIntervalTimetable(text, timezone)
    return CronTriggerTimetable(text, timezone)
