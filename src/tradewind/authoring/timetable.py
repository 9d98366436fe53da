"""The base of timetables, built-in ones and those of users.  Airflow: `airflow.timetables.base.Timetable`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tradewind.authoring.run_times import DagRunInfo, DataInterval, TimeRestriction
from tradewind.errors import AirflowTimetableInvalid

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.dag import TimetableSpec


class Timetable:
    """Base of timetables: subclass it and override `next_dagrun_info` and `infer_manual_data_interval`.

    Code of a subclass runs in a child process that reads the DAG file, and its answers are handed over as data.
    """

    description: str = ""
    periodic: bool = True
    can_be_scheduled: bool = True
    active_runs_limit: int | None = None
    run_ordering: Sequence[str] = ("data_interval_end", "logical_date")
    asset_condition: Any = None
    partitioned: bool = False
    partitioned_at_runtime: bool = False
    airflow_name: str = ""
    """Full name of the class in Airflow; empty for classes of users."""

    @property
    def summary(self) -> str:
        """A few characters for lists."""
        return type(self).__name__

    @property
    def type_name(self) -> str:
        """Full name of the class, by which the API filters."""
        own = type(self)
        if own.airflow_name and not has_own_code(self):
            return own.airflow_name
        return f"{module_name(own)}.{own.__qualname__}"

    def spec(self) -> TimetableSpec:
        """The built-in schedule that the timetable is, or is made from.  Raises `AirflowTimetableInvalid`."""
        raise AirflowTimetableInvalid(
            f"{type(self).__name__} does not say when to run",
            fix="override next_dagrun_info and infer_manual_data_interval",
        )

    def validate(self) -> None:
        """Raises `AirflowTimetableInvalid` when the timetable can never work."""
        if not has_own_code(self):
            self.spec()

    def next_dagrun_info(
        self, *, last_automated_data_interval: DataInterval | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """The run after the newest scheduled one, or None when there is none.  Reads the clock without catchup."""
        from tradewind.authoring.timetable_math import next_info  # loads croniter: only when somebody asks

        return next_info(self.spec(), last_automated_data_interval, restriction)

    def next_dagrun_info_v2(
        self, *, last_dagrun_info: DagRunInfo | None, restriction: TimeRestriction
    ) -> DagRunInfo | None:
        """As `next_dagrun_info`, from the whole newest run (Airflow 3)."""
        last = last_dagrun_info.data_interval if last_dagrun_info is not None else None
        return self.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)

    def infer_manual_data_interval(self, *, run_after: dt.datetime) -> DataInterval:
        """The data interval of a run that somebody triggers for `run_after` (aware)."""
        from tradewind.authoring.timetable_math import manual_interval  # loads croniter: only when somebody asks

        return manual_interval(self.spec(), run_after)

    def generate_run_id(
        self, *, run_type: Any, run_after: dt.datetime, data_interval: DataInterval | None, **extra: Any
    ) -> str:
        """The id of a run: its type and time."""
        return f"{getattr(run_type, 'value', run_type)}__{run_after.isoformat()}"

    def serialize(self) -> dict[str, Any]:
        """What tells two timetables of the class apart, as JSON values."""
        return {}

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> Timetable:
        """A timetable from what `serialize` gave."""
        return cls()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.summary}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Timetable):
            return NotImplemented
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = object.__hash__


_WORDS_ONLY = {
    *("__module__", "__doc__", "__dict__", "__weakref__", "__annotations__", "__qualname__", "__slots__"),
    *("__init__", "__repr__", "__eq__", "__hash__", "__firstlineno__", "__static_attributes__", "__parameters__"),
    *("summary", "description", "periodic", "run_ordering", "serialize", "deserialize", "validate"),
}
"""What a subclass may define without changing when it runs."""


def has_own_code(timetable: Timetable) -> bool:
    """Whether the class of a timetable, or a base of it, is a user's and decides when to run."""
    for cls in type(timetable).__mro__:
        if cls.__module__.startswith("tradewind."):
            return cls is Timetable
        if not vars(cls).keys() <= _WORDS_ONLY:
            return True
    return True


def module_name(cls: type) -> str:
    """Module of a class; of one in a DAG file, the name of the file."""
    name = cls.__module__
    return name.split("_", 5)[-1] if name.startswith("_tradewind_dag_file_") else name
