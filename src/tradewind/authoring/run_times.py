"""Value objects about when a run is due and what it covers.  Airflow: `airflow.timetables.base`."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from tradewind.authoring.problems import ArgumentValueError
from tradewind.authoring.timezone import is_localized


class DataInterval(NamedTuple):
    """The span of time whose data a run processes: from `start` up to `end`, both aware."""

    start: dt.datetime
    end: dt.datetime

    @classmethod
    def exact(cls, at: dt.datetime) -> DataInterval:
        """An interval that is one instant long."""
        return cls(start=at, end=at)


class TimeRestriction(NamedTuple):
    """Between which times a DAG may have runs (aware; None is open), and whether missed ones are made."""

    earliest: dt.datetime | None
    latest: dt.datetime | None
    catchup: bool


class DagRunInfo(NamedTuple):
    """When a run is made (`run_after`, aware) and its data interval; a run of a partition has none."""

    run_after: dt.datetime
    data_interval: DataInterval | None
    partition_date: dt.datetime | None = None
    partition_key: str | None = None

    @classmethod
    def exact(cls, at: dt.datetime) -> DagRunInfo:
        """A run at an instant, covering that instant."""
        return cls(run_after=at, data_interval=DataInterval.exact(at))

    @classmethod
    def interval(cls, start: dt.datetime, end: dt.datetime) -> DagRunInfo:
        """A run at the end of its data interval.  Raises `ArgumentValueError` for an interval that cannot be."""
        for value in (start, end):
            if not is_localized(value):
                raise ArgumentValueError(
                    f"a data interval needs times with a time zone, not {value}", fix="write pendulum.datetime(...)"
                )
        if start > end:
            raise ArgumentValueError(f"a data interval cannot start ({start}) after its end ({end})", fix="swap them")
        return cls(run_after=end, data_interval=DataInterval(start, end))

    @property
    def logical_date(self) -> dt.datetime | None:
        """Start of the data interval."""
        return None if self.data_interval is None else self.data_interval.start
