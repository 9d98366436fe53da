"""Sensors that wait for a time.

Airflow: `airflow.sensors.time_sensor`, `time_delta`, `date_time`, `weekday` and their places in the standard provider.
With `deferrable` they wait in the triggerer, without a worker.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Collection, Iterable
from typing import Any

from tradewind.authoring import timezone
from tradewind.authoring.dates import WeekDay
from tradewind.authoring.problems import ArgumentTypeError
from tradewind.authoring.sensors import BaseSensorOperator, default_deferrable
from tradewind.authoring.triggers.base import StartTriggerArgs
from tradewind.authoring.triggers.temporal import DateTimeTrigger, TimeDeltaTrigger

_TRIGGERS = "tradewind.authoring.triggers.temporal"


class _AtInstant(BaseSensorOperator):
    """Waits for one instant, which subclasses tell."""

    deferrable: bool
    end_from_trigger: bool

    def instant(self, context: Any) -> dt.datetime:
        """Until when (aware)."""
        raise NotImplementedError

    def poke(self, context: Any) -> bool:
        """Whether the instant has passed."""
        at = self.instant(context)
        self.log.info("Checking if the time (%s) has come", at.isoformat())
        return dt.datetime.now(dt.UTC) >= at

    def execute(self, context: Any) -> Any:
        """Wait for it: in the triggerer when `deferrable`."""
        if not self.deferrable:
            return super().execute(context)
        at = self.instant(context)
        if dt.datetime.now(dt.UTC) < at:
            self.defer(
                trigger=DateTimeTrigger(at, end_from_trigger=self.end_from_trigger),
                method_name="execute_complete",
                timeout=dt.timedelta(seconds=self.timeout),
            )
        return None

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """The time has come."""


class TimeSensor(_AtInstant):
    """Waits until the time of day `target_time`, in the DAG's time zone (or its own), of the day on which it runs."""

    def __init__(
        self,
        *,
        target_time: dt.time,
        deferrable: bool | None = None,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(target_time, dt.time):
            raise ArgumentTypeError(
                f"task {self.task_id!r}: target_time must be a time of day, not {target_time!r}",
                fix="write target_time=datetime.time(14, 30)",
            )
        self.target_time = target_time
        self.deferrable = default_deferrable() if deferrable is None else deferrable
        self.end_from_trigger = end_from_trigger
        self.start_from_trigger = start_from_trigger
        if start_from_trigger:
            self.start_trigger_args = StartTriggerArgs(
                trigger_cls=f"{_TRIGGERS}.DateTimeTrigger",
                trigger_kwargs={"moment": self.target_datetime, "end_from_trigger": end_from_trigger},
                next_method="execute_complete",
            )

    @property
    def target_datetime(self) -> dt.datetime:
        """Today at that time, as an instant (UTC)."""
        zone = self.target_time.tzinfo or getattr(self._dag, "timezone", None) or dt.UTC
        today = dt.datetime.now(zone).date()
        return timezone.plain(dt.datetime.combine(today, self.target_time.replace(tzinfo=None), tzinfo=zone))

    def instant(self, context: Any) -> dt.datetime:
        """Today at that time."""
        return self.target_datetime


class TimeSensorAsync(TimeSensor):
    """A deferrable `TimeSensor`."""

    def __init__(self, *, deferrable: bool = True, **kwargs: Any) -> None:
        super().__init__(deferrable=deferrable, **kwargs)


class TimeDeltaSensor(_AtInstant):
    """Waits until `delta` has passed since the end of the run's data interval (without one: since it may run)."""

    def __init__(
        self,
        *,
        delta: dt.timedelta,
        deferrable: bool | None = None,
        end_from_trigger: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(delta, dt.timedelta):
            raise ArgumentTypeError(
                f"task {self.task_id!r}: delta must be a timedelta, not {delta!r}",
                fix="write delta=timedelta(minutes=5)",
            )
        self.delta = delta
        self.deferrable = default_deferrable() if deferrable is None else deferrable
        self.end_from_trigger = end_from_trigger

    def instant(self, context: Any) -> dt.datetime:
        """The end of the wait."""
        base = context.get("data_interval_end") or context["dag_run"].run_after
        end: dt.datetime = timezone.plain(base) + self.delta
        return end

    def execute(self, context: Any) -> Any:
        """Wait for it; True where there was nothing to defer for."""
        passed = self.deferrable and self.poke(context)
        return True if passed else super().execute(context)


class TimeDeltaSensorAsync(TimeDeltaSensor):
    """A deferrable `TimeDeltaSensor`."""

    def __init__(self, *, deferrable: bool = True, **kwargs: Any) -> None:
        super().__init__(deferrable=deferrable, **kwargs)


class WaitSensor(BaseSensorOperator):
    """Waits for `time_to_wait` (a timedelta, or minutes) from when it starts, whatever the run's dates say."""

    def __init__(self, *, time_to_wait: dt.timedelta | int, deferrable: bool | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.time_to_wait = dt.timedelta(minutes=time_to_wait) if isinstance(time_to_wait, int) else time_to_wait
        self.deferrable = default_deferrable() if deferrable is None else deferrable

    def execute(self, context: Any) -> None:
        """Wait."""
        if self.deferrable:
            self.defer(trigger=TimeDeltaTrigger(self.time_to_wait), method_name="execute_complete")
        time.sleep(self.time_to_wait.total_seconds())

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """The time has come."""


class DateTimeSensor(_AtInstant):
    """Waits until `target_time`: a datetime, or text in ISO form, which may be a template."""

    template_fields: Collection[str] = ("target_time",)

    def __init__(
        self,
        *,
        target_time: str | dt.datetime,
        deferrable: bool = False,
        start_from_trigger: bool = False,
        end_from_trigger: bool = False,
        trigger_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if isinstance(target_time, dt.datetime):
            self.target_time = target_time.isoformat()
        elif isinstance(target_time, str) or hasattr(target_time, "resolve"):
            self.target_time = target_time
        else:
            raise ArgumentTypeError(
                f"task {self.task_id!r}: target_time must be a datetime or text, not {target_time!r}",
                fix='write target_time="{{ data_interval_end + macros.timedelta(hours=1) }}"',
            )
        self.deferrable = deferrable
        self.end_from_trigger = end_from_trigger
        self.start_from_trigger = start_from_trigger
        if start_from_trigger:
            self.start_trigger_args = StartTriggerArgs(
                trigger_cls=f"{_TRIGGERS}.DateTimeTrigger",
                trigger_kwargs={"moment": timezone.parse(self.target_time), "end_from_trigger": end_from_trigger},
                next_method="execute_complete",
            )

    def instant(self, context: Any) -> dt.datetime:
        """The target time."""
        value: Any = self.target_time  # a native template may give a datetime
        return timezone.plain(value if isinstance(value, dt.datetime) else timezone.parse(str(value)))


class DateTimeSensorAsync(DateTimeSensor):
    """A deferrable `DateTimeSensor`."""

    def __init__(self, *, deferrable: bool = True, **kwargs: Any) -> None:
        super().__init__(deferrable=deferrable, **kwargs)


class DayOfWeekSensor(BaseSensorOperator):
    """Waits until it is `week_day` (a name, a `WeekDay`, or several): today in the DAG's time zone, or with
    `use_task_logical_date` the run's logical date."""

    def __init__(
        self,
        *,
        week_day: str | WeekDay | Iterable[str | WeekDay],
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        self._week_day_num = WeekDay.validate_week_day(week_day)

    def poke(self, context: Any) -> bool:
        """Whether it is one of the days."""
        if self.use_task_logical_date:
            at = context["logical_date"]
        else:
            at = dt.datetime.now(getattr(self._dag, "timezone", None) or dt.UTC)
        self.log.info("Checking if %s is one of %s", at.strftime("%A"), sorted(day.name for day in self._week_day_num))
        return at.isoweekday() in self._week_day_num
