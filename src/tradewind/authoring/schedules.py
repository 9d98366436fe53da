"""When a DAG runs: timetables as value objects, and how `schedule=` becomes one.

Each timetable turns into a `TimetableSpec` (`spec()`), with which `core.timetables` computes.  Airflow:
`airflow.timetables.*`, `CronDataIntervalTimetable`, `CronTriggerTimetable`, ... of `airflow.sdk`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from tradewind.authoring.assets import AssetAll, BaseAsset
from tradewind.authoring.crons import check_cron
from tradewind.authoring.defaults import get_bool
from tradewind.authoring.run_times import DagRunInfo, DataInterval, TimeRestriction
from tradewind.authoring.timetable import Timetable
from tradewind.authoring.timezone import coerce_datetime as as_pendulum
from tradewind.authoring.timezone import convert_to_utc, parse_timezone, timezone_name
from tradewind.core import schedule_words
from tradewind.errors import AirflowTimetableInvalid, DagAuthoringError
from tradewind.spec.schedule import CRON_PRESETS

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.dag import TimetableSpec


def _make(kind: str, **fields: Any) -> TimetableSpec:
    from tradewind.spec.dag import TimetableSpec  # loads msgspec: only when a DAG is compiled

    return TimetableSpec(kind=kind, **fields)  # type: ignore[arg-type]


class NullTimetable(Timetable):
    """Never by itself: `schedule=None`."""

    airflow_name = "airflow.timetables.simple.NullTimetable"
    description = "Never, external triggers only"
    periodic = False
    can_be_scheduled = False
    summary = "None"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make("none", description=self.description)


class OnceTimetable(Timetable):
    """One run: `schedule="@once"`."""

    airflow_name = "airflow.timetables.simple.OnceTimetable"
    description = "Once, as soon as possible"
    periodic = False
    summary = "@once"

    def spec(self) -> TimetableSpec:
        """As data."""
        return _make("once", summary="@once", description=self.description)


class ContinuousTimetable(Timetable):
    """A run as soon as the one before has ended: `schedule="@continuous"`."""

    airflow_name = "airflow.timetables.simple.ContinuousTimetable"
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
        if all(type(text) is str for text in self.expressions):
            self.description = str(schedule_words.of_crons(self.expressions, self.timezone))

    @property
    def summary(self) -> str:
        """What the author wrote."""
        return self.written

    @property
    def _expression(self) -> str:
        """Name of the cron that subclasses written for Airflow use."""
        return self.expressions[0]

    @property
    def _timezone(self) -> dt.tzinfo:
        return parse_timezone(self.timezone)

    def _ticks(self) -> Any:
        from tradewind.core.timetables.ticks import Cron  # loads croniter: only when somebody asks

        return Cron(self._expression, self.timezone)

    def _get_next(self, current: dt.datetime) -> Any:
        """The first fire time later than `current`; as are the next three, for subclasses written for Airflow."""
        return as_pendulum(self._ticks().after(convert_to_utc(current)))

    def _get_prev(self, current: dt.datetime) -> Any:
        """The last fire time earlier than `current`."""
        return as_pendulum(self._ticks().before(convert_to_utc(current)))

    def _align_to_next(self, current: dt.datetime) -> Any:
        """`current` when it is a fire time, otherwise the first one later."""
        return as_pendulum(self._ticks().at_or_after(convert_to_utc(current)))

    def _align_to_prev(self, current: dt.datetime) -> Any:
        """`current` when it is a fire time, otherwise the last one earlier."""
        return as_pendulum(self._ticks().at_or_before(convert_to_utc(current)))

    def serialize(self) -> dict[str, Any]:
        """Crons and time zone."""
        return {"expression": self._expression, "expressions": list(self.expressions), "timezone": self.timezone}

    def _cron_spec(self, **fields: Any) -> TimetableSpec:
        for expression in self.expressions:
            check_cron(expression)
        return _make(
            self.kind, crons=self.expressions, timezone=self.timezone, summary=self.summary,
            description=self.description, **fields,
        )  # fmt: skip


class CronDataIntervalTimetable(_CronTimetable):
    """A run per tick of a cron expression, made when its data interval (this tick to the next) has passed."""

    airflow_name = "airflow.timetables.interval.CronDataIntervalTimetable"
    kind = "cron_interval"

    def __init__(self, cron: str, timezone: str | dt.tzinfo | None = None, *, written: str | None = None) -> None:
        super().__init__([cron], timezone, written)

    def spec(self) -> TimetableSpec:
        """As data."""
        return self._cron_spec()


class MultipleCronTriggerTimetable(_CronTimetable):
    """A run at every tick of any of several cron expressions."""

    airflow_name = "airflow.timetables.trigger.MultipleCronTriggerTimetable"
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

    @property
    def _interval(self) -> Any:
        """Name that subclasses written for Airflow use."""
        return self.interval

    def spec(self) -> TimetableSpec:
        """As data."""
        months, seconds = _months_and_seconds(self.interval)
        return self._cron_spec(
            interval=seconds, interval_months=months, run_immediately=_immediately(self.run_immediately)
        )

    def serialize(self) -> dict[str, Any]:
        """Crons, time zone and interval."""
        return {**super().serialize(), "interval": str(self.interval), "run_immediately": str(self.run_immediately)}


class CronTriggerTimetable(MultipleCronTriggerTimetable):
    """A run at every tick of a cron expression; its data interval is `interval` long and ends at the tick."""

    airflow_name = "airflow.timetables.trigger.CronTriggerTimetable"

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


class CronPartitionTimetable(CronTriggerTimetable):
    """A run at every tick of a cron expression, for the partition that lies `run_offset` ticks away.

    The run has a partition key (the partition's date in `key_format`) and a partition date, and neither a logical date
    nor a data interval.
    """

    airflow_name = "airflow.timetables.trigger.CronPartitionTimetable"
    kind = "cron_partition"
    partitioned = True

    def __init__(
        self,
        cron: str,
        *,
        timezone: str | dt.tzinfo | None = None,
        run_offset: int | None = None,
        run_immediately: bool | dt.timedelta = False,
        key_format: str = "%Y-%m-%dT%H:%M:%S",
    ) -> None:
        super().__init__(cron, timezone, run_immediately=run_immediately)
        offset: object = run_offset  # what a DAG file gives is not typed
        if isinstance(offset, bool) or not isinstance(offset, int | None):
            raise AirflowTimetableInvalid(
                f"run_offset must be a whole number of fire times, not {run_offset!r}",
                fix="write run_offset=-1 for the partition before",
            )
        if "%" not in str(key_format):
            raise AirflowTimetableInvalid(
                f"key_format={key_format!r} gives every partition the same key", fix='write key_format="%Y-%m-%d"'
            )
        self.run_offset = run_offset or 0
        self.key_format = key_format

    def spec(self) -> TimetableSpec:
        """As data."""
        return self._cron_spec(
            run_immediately=_immediately(self.run_immediately), run_offset=self.run_offset, key_format=self.key_format,
            partitioned=True,
        )  # fmt: skip

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The run after the newest scheduled one."""
        from tradewind.authoring.timetable_math import next_info  # loads croniter: only when somebody asks

        last = None if last_dagrun_info is None else DataInterval.exact(last_dagrun_info.run_after)
        return next_info(self.spec(), last, restriction)


class DeltaDataIntervalTimetable(Timetable):
    """A run per `delta`, made when its data interval (one delta long) has passed."""

    airflow_name = "airflow.timetables.interval.DeltaDataIntervalTimetable"
    kind = "delta_interval"

    def __init__(self, delta: dt.timedelta | Any) -> None:
        self.delta = delta
        if isinstance(delta, dt.timedelta) and not delta.microseconds:
            self.description = str(schedule_words.of_length(0, delta.total_seconds()))
        elif isinstance(getattr(delta, "months", None), int):
            self.description = str(schedule_words.of_length(*_months_and_seconds(delta)))

    @property
    def _delta(self) -> Any:
        """Name that subclasses written for Airflow use."""
        return self.delta

    def serialize(self) -> dict[str, Any]:
        """The delta."""
        return {"delta": str(self.delta)}

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

    airflow_name = "airflow.timetables.trigger.DeltaTriggerTimetable"
    kind = "delta_trigger"

    def __init__(self, delta: dt.timedelta | Any, *, interval: dt.timedelta | Any = dt.timedelta()) -> None:
        super().__init__(delta)
        self.interval = interval

    def spec(self) -> TimetableSpec:
        """As data."""
        months, seconds = _months_and_seconds(self.interval)
        return _make(self.kind, interval=seconds, interval_months=months, **self._fields())


class EventsTimetable(Timetable):
    """Runs at listed times."""

    airflow_name = "airflow.timetables.events.EventsTimetable"

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
        count = f"{len(self.event_dates)} event{'s' * (len(self.event_dates) != 1)}"
        self._summary = description if description is not None else count
        self.description = str(schedule_words.of_events(self.event_dates)) if description is None else description

    @property
    def summary(self) -> str:
        """The description, or the number of events."""
        return self._summary

    def serialize(self) -> dict[str, Any]:
        """The events."""
        return {
            "event_dates": [date.isoformat() for date in self.event_dates],
            "restrict_to_events": self.restrict_to_events,
            "description": self.description,
        }

    def spec(self) -> TimetableSpec:
        """As data."""
        events = tuple(dt.datetime.fromisoformat(date.isoformat()) for date in self.event_dates)
        return _make(
            "events", events=events, restrict_to_events=self.restrict_to_events, summary=self.summary,
            description=self.description,
        )  # fmt: skip


class AssetTriggeredTimetable(NullTimetable):
    """Runs when assets are updated; `compile_assets` makes data of the condition."""

    airflow_name = "airflow.timetables.simple.AssetTriggeredTimetable"
    description = "Triggered by assets"
    summary = "Asset"

    def __init__(self, assets: Any) -> None:
        self.assets = assets if isinstance(assets, BaseAsset) else AssetAll(*assets)

    def spec(self) -> TimetableSpec:
        """As data: no time makes it run."""
        return _make("none", summary=self.summary, description=self.description)


class AssetOrTimeSchedule(AssetTriggeredTimetable):
    """Runs by a timetable, and when assets are updated."""

    airflow_name = "airflow.timetables.assets.AssetOrTimeSchedule"

    def __init__(self, *, timetable: Timetable, assets: Any = None, datasets: Any = None) -> None:
        super().__init__(assets if assets is not None else datasets)
        self.timetable = timetable
        self.summary = f"Asset or {timetable.summary}"
        self.description = f"Triggered by assets or {timetable.description or timetable.summary}"
        self.active_runs_limit = timetable.active_runs_limit

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """What the timetable says."""
        return self.timetable.next_dagrun_info(
            last_automated_data_interval=last_automated_data_interval, restriction=restriction
        )

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """What the timetable says."""
        return self.timetable.next_dagrun_info_v2(last_dagrun_info=last_dagrun_info, restriction=restriction)

    def infer_manual_data_interval(self, *, run_after: dt.datetime) -> DataInterval:
        """What the timetable says."""
        return self.timetable.infer_manual_data_interval(run_after=run_after)

    def generate_run_id(
        self, *, run_type: Any, run_after: dt.datetime, data_interval: DataInterval | None, **extra: Any
    ) -> str:
        """What the timetable says."""
        return self.timetable.generate_run_id(
            run_type=run_type, run_after=run_after, data_interval=data_interval, **extra
        )

    def spec(self) -> TimetableSpec:
        """That of the timetable, with a summary of both."""
        from msgspec import structs  # only when a DAG is compiled

        from tradewind.authoring.custom_timetables import spec_of  # loads msgspec: only when a DAG is compiled

        return structs.replace(spec_of(self.timetable), summary=self.summary, description=self.description)


def _immediately(value: bool | dt.timedelta | None) -> bool | float:
    return value.total_seconds() if isinstance(value, dt.timedelta) else bool(value)


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
