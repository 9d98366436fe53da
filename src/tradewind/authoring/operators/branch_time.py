"""Branches by the clock and by the day of the week.

Airflow: `airflow.operators.datetime`, `airflow.operators.weekday` and their homes in the provider `standard`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from tradewind.authoring.dates import WeekDay
from tradewind.authoring.operators.branch import BaseBranchOperator
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, located
from tradewind.authoring.timezone import coerce_datetime, make_naive, utcnow
from tradewind.errors import DagAuthoringError

Branch = str | Iterable[str]


class BranchDateTimeOperator(BaseBranchOperator):
    """Goes on with one branch while now lies between two times (both included), else with the other.

    `target_lower` and `target_upper` are datetimes, or times of day, which are those of the present day; an upper time
    of day below the lower one is of the next day.  What is naive is in the time zone of the DAG.  None: no bound.
    `use_task_logical_date`: the run's logical date is looked at instead of the clock; in a run that has none,
    the time after which it ran.
    """

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Branch,
        follow_task_ids_if_false: Branch,
        target_lower: dt.datetime | dt.time | None,
        target_upper: dt.datetime | dt.time | None,
        use_task_logical_date: bool = False,
        use_task_execution_date: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        where = f"task {self.task_id!r} ({type(self).__name__})"
        if target_lower is None and target_upper is None:
            raise located(
                ArgumentValueError(
                    f"{where}: both target_lower and target_upper are None", fix="give at least one of them"
                ),
                self._place,
            )
        for name, value in (("target_lower", target_lower), ("target_upper", target_upper)):
            if value is not None and not isinstance(value, dt.datetime | dt.time):
                raise located(
                    ArgumentTypeError(
                        f"{where}: {name} must be a datetime or a time, not {value!r}",
                        fix=f"write {name}=datetime.time(12, 0)",
                    ),
                    self._place,
                )
        self.target_lower, self.target_upper = target_lower, target_upper
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.use_task_logical_date = use_task_logical_date or use_task_execution_date

    def choose_branch(self, context: Any) -> Branch:
        """The branch for the present time, or that of the run."""
        now = run_moment(context) if self.use_task_logical_date else coerce_datetime(utcnow())
        lower, upper = target_times(now, self.target_lower, self.target_upper, self.dag.timezone)
        if upper is not None and upper < now:
            return self.follow_task_ids_if_false
        if lower is not None and lower > now:
            return self.follow_task_ids_if_false
        return self.follow_task_ids_if_true


def run_moment(context: Any) -> dt.datetime:
    """The logical date of the run, or the time after which it could run when it has none."""
    moment: dt.datetime = context.get("logical_date") or context["dag_run"].run_after
    return moment


def target_times(
    now: dt.datetime, lower: dt.datetime | dt.time | None, upper: dt.datetime | dt.time | None, zone: dt.tzinfo
) -> tuple[dt.datetime | None, dt.datetime | None]:
    """The bounds as aware datetimes: times of day are of the day that `now` is in their zone."""

    def moment(value: dt.datetime | dt.time | None) -> dt.datetime | None:
        if isinstance(value, dt.time):
            there = value.tzinfo or zone
            value = dt.datetime.combine(now.astimezone(there).date(), value, tzinfo=there)
        moment: dt.datetime | None = coerce_datetime(value, zone)
        return moment

    first, last = moment(lower), moment(upper)
    if isinstance(lower, dt.time) and isinstance(upper, dt.time) and first and last and last < first:
        last += dt.timedelta(days=1)
    return first, last


class BranchDayOfWeekOperator(BaseBranchOperator):
    """Goes on with one branch on some days of the week, else with the other.

    `week_day`: a `WeekDay`, a name such as "Monday", or several of them.  The day is that of the clock in the DAG's
    time zone, or with `use_task_logical_date` that of the run's logical date (of `run_after` when it has none).
    """

    def __init__(
        self,
        *,
        follow_task_ids_if_true: Branch,
        follow_task_ids_if_false: Branch,
        week_day: str | WeekDay | Iterable[str | WeekDay],
        use_task_logical_date: bool = False,
        use_task_execution_day: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.follow_task_ids_if_true = follow_task_ids_if_true
        self.follow_task_ids_if_false = follow_task_ids_if_false
        self.week_day = week_day
        self.use_task_logical_date = use_task_logical_date or use_task_execution_day
        try:
            self._week_day_num = WeekDay.validate_week_day(week_day)
        except DagAuthoringError as error:
            raise located(error, self._place) from None

    def choose_branch(self, context: Any) -> Branch:
        """The branch for the day."""
        now = run_moment(context) if self.use_task_logical_date else make_naive(utcnow(), self.dag.timezone)
        if now.isoweekday() in self._week_day_num:
            return self.follow_task_ids_if_true
        return self.follow_task_ids_if_false
