"""Deadlines as authors write them.

Airflow: `DeadlineAlert`, `DeadlineReference`, `AsyncCallback`, `SyncCallback`, `VariableInterval` of `airflow.sdk`.
Ours besides: `DeadlineReference.NOT_STARTED`, and `deadline=` of tasks.  The code of references of an author's own runs
in a child process: see `custom_deadlines`.
"""

from __future__ import annotations

import datetime as dt
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tradewind.authoring.module_loading import import_string
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError
from tradewind.authoring.timezone import aware_from_user, convert_to_utc
from tradewind.errors import AirflowException

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.deadlines import DeadlineSpec

DEFAULT_RUNS = 10


class BaseDeadlineReference:
    """A moment that a deadline counts from."""

    kind: str = ""
    required_kwargs: set[str] = set()
    """Of an author's own: what `_evaluate_with` is given; see `custom_deadlines.FACTS`."""

    @property
    def reference_name(self) -> str:
        """Class name."""
        return type(self).__name__

    def serialize_reference(self) -> dict[str, Any]:
        """The reference as data."""
        return {"reference_type": self.reference_name}

    @classmethod
    def deserialize_reference(cls, reference_data: dict[str, Any]) -> BaseDeadlineReference:
        """From what `serialize_reference` gave.  Not called: the DAG file is loaded where the reference is asked."""
        return cls()

    def __eq__(self, other: object) -> bool:
        return (
            self.serialize_reference() == other.serialize_reference()
            if isinstance(other, BaseDeadlineReference)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(tuple(sorted((key, str(value)) for key, value in self.serialize_reference().items())))


class DagRunLogicalDateDeadline(BaseDeadlineReference):
    """The logical date of the run."""

    kind = "logical_date"


class DagRunQueuedAtDeadline(BaseDeadlineReference):
    """When the run was queued."""

    kind = "queued_at"


class NotStartedDeadline(BaseDeadlineReference):
    """When the run was queued; met as soon as the run starts."""

    kind = "not_started"


class FixedDatetimeDeadline(BaseDeadlineReference):
    """A moment that the author names."""

    kind = "fixed"

    def __init__(self, at: dt.datetime) -> None:
        self.at = convert_to_utc(aware_from_user("DeadlineReference", "FIXED_DATETIME", at))

    def serialize_reference(self) -> dict[str, Any]:
        """The reference as data."""
        assert self.at is not None
        return {"reference_type": self.reference_name, "datetime": self.at.timestamp()}


class AverageRuntimeDeadline(BaseDeadlineReference):
    """As long after the run was made as the newest successful runs took on average."""

    kind = "average_runtime"

    def __init__(self, max_runs: int = DEFAULT_RUNS, min_runs: int | None = None) -> None:
        self.max_runs = max_runs
        self.min_runs = max_runs if min_runs is None else min_runs
        if self.max_runs < 1 or self.min_runs < 1:
            raise ArgumentValueError(
                f"AVERAGE_RUNTIME(max_runs={max_runs}, min_runs={min_runs}) looks at no runs",
                fix="give numbers of at least 1",
            )

    def serialize_reference(self) -> dict[str, Any]:
        """The reference as data."""
        return {"reference_type": self.reference_name, "max_runs": self.max_runs, "min_runs": self.min_runs}


class DeadlineReference:
    """All references."""

    DAGRUN_LOGICAL_DATE = DagRunLogicalDateDeadline()
    DAGRUN_QUEUED_AT = DagRunQueuedAtDeadline()
    NOT_STARTED = NotStartedDeadline()

    class TYPES:
        """References by when they are looked at."""

        DAGRUN_CREATED: tuple[type, ...] = (DagRunLogicalDateDeadline, FixedDatetimeDeadline, AverageRuntimeDeadline)
        DAGRUN_QUEUED: tuple[type, ...] = (DagRunQueuedAtDeadline, NotStartedDeadline)
        DAGRUN: tuple[type, ...] = DAGRUN_CREATED + DAGRUN_QUEUED

    @staticmethod
    def AVERAGE_RUNTIME(max_runs: int = 0, min_runs: int | None = None) -> AverageRuntimeDeadline:  # noqa: N802
        """`max_runs` 0 is 10; without `min_runs` there must be as many."""
        return AverageRuntimeDeadline(max_runs or DEFAULT_RUNS, min_runs)

    @staticmethod
    def FIXED_DATETIME(datetime: dt.datetime) -> FixedDatetimeDeadline:  # noqa: N802
        """A moment."""
        return FixedDatetimeDeadline(datetime)

    @classmethod
    def register_custom_reference(cls, reference_class: type, deadline_reference_type: Any = None) -> type:
        """Make a reference of the author's own known as `DeadlineReference.<its name>`.

        `deadline_reference_type` is one of `TYPES`: those of `DAGRUN_QUEUED` are asked again when a run is cleared.
        Raises ArgumentTypeError and ArgumentValueError.
        """
        kinds, when = cls.TYPES, deadline_reference_type
        if not callable(getattr(reference_class, "_evaluate_with", None)):
            raise ArgumentTypeError(
                f"the deadline reference {reference_class.__name__} has no method _evaluate_with",
                fix="write def _evaluate_with(self, *, session, **kwargs), which returns a datetime or None",
            )
        if when is not None and when not in (kinds.DAGRUN_CREATED, kinds.DAGRUN_QUEUED):
            raise ArgumentValueError(
                f"{when!r} is no type of deadline references",
                fix="use DeadlineReference.TYPES.DAGRUN_CREATED or DAGRUN_QUEUED",
            )
        try:
            made = reference_class()
        except TypeError as error:
            raise ArgumentTypeError(
                f"the deadline reference {reference_class.__name__} cannot be made without arguments: {error}",
                fix="give its fields default values",
            ) from None
        setattr(cls, reference_class.__name__, made)
        if when is not None and when == kinds.DAGRUN_QUEUED:
            kinds.DAGRUN_QUEUED = (*kinds.DAGRUN_QUEUED, reference_class)
        else:
            kinds.DAGRUN_CREATED = (*kinds.DAGRUN_CREATED, reference_class)
        kinds.DAGRUN = kinds.DAGRUN_CREATED + kinds.DAGRUN_QUEUED
        return reference_class


class ReferenceModels:
    """Airflow 3.1's place of the base class of references (`airflow.models.deadline`)."""

    BaseDeadlineReference = BaseDeadlineReference
    AverageRuntimeDeadline = AverageRuntimeDeadline
    DagRunLogicalDateDeadline = DagRunLogicalDateDeadline
    DagRunQueuedAtDeadline = DagRunQueuedAtDeadline
    FixedDatetimeDeadline = FixedDatetimeDeadline


def deadline_reference(deadline_reference_type: Any = None) -> Any:
    """Class decorator, with or without parentheses: `DeadlineReference.register_custom_reference`."""
    if isinstance(deadline_reference_type, type):
        return DeadlineReference.register_custom_reference(deadline_reference_type)
    return lambda reference_class: DeadlineReference.register_custom_reference(reference_class, deadline_reference_type)


@dataclass(frozen=True)
class VariableInterval:
    """An interval whose seconds are in a Variable, read when a run is made."""

    key: str


class Callback:
    """What to call when a deadline is missed: a function, a notifier class, or the import path of one."""

    def __init__(self, callback_callable: Any, kwargs: Mapping[str, Any] | None = None) -> None:
        if not callable(callback_callable) and not isinstance(callback_callable, str):
            raise ArgumentTypeError(
                f"{type(self).__name__} needs a function or its import path, not {callback_callable!r}",
                fix="write the name of a function",
            )
        if kwargs and "context" in kwargs:
            raise ArgumentValueError("the kwarg 'context' of a callback is given by the engine", fix="rename it")
        self.callback_callable = callback_callable
        self.kwargs = dict(kwargs or {})

    @property
    def path(self) -> str:
        """Import path of the callable."""
        it = self.callback_callable
        return it if isinstance(it, str) else f"{it.__module__}.{it.__qualname__}"

    def __eq__(self, other: object) -> bool:
        return (
            (type(self), self.path, self.kwargs) == (type(other), other.path, other.kwargs)
            if isinstance(other, Callback)
            else NotImplemented
        )

    def __hash__(self) -> int:
        return hash((type(self), self.path))

    def run(self, context: Any, render: Callable[[Any], Any]) -> None:
        """Call it; `render` renders templates in its kwargs.  Called by the runtime; raises what it raises."""
        it = self.callback_callable
        function: Any = it
        if isinstance(it, str):
            function = import_string(it)
        kwargs = {name: render(value) for name, value in self.kwargs.items()}
        if inspect.isclass(function) and hasattr(function, "notify"):
            notifier: Any = function(**kwargs)
            notifier(context)
            return
        if _takes_context(function):
            kwargs["context"] = context
        result = function(**kwargs)
        if inspect.isawaitable(result):
            import asyncio  # 50 ms that a DAG file should not pay

            asyncio.run(_wait_for(result))


class AsyncCallback(Callback):
    """A coroutine function, or a notifier."""


class SyncCallback(Callback):
    """A function; `executor` is accepted: callbacks run where the tasks of the DAG do."""

    def __init__(
        self, callback_callable: Any, kwargs: Mapping[str, Any] | None = None, executor: str | None = None
    ) -> None:
        super().__init__(callback_callable, kwargs)
        self.executor = executor


async def _wait_for(result: Any) -> None:
    await result


def _takes_context(function: Any) -> bool:
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # some builtins do not say
        return False
    return any(item.name == "context" or item.kind is item.VAR_KEYWORD for item in parameters)


class DeadlineAlert:
    """A run, or a task, that has not ended `interval` after `reference` is told of by `callback`."""

    def __init__(
        self,
        reference: BaseDeadlineReference,
        interval: dt.timedelta | VariableInterval,
        callback: Callback,
        name: str | None = None,
    ) -> None:
        """Raises ArgumentTypeError for what is none of these."""
        if not isinstance(callback, Callback):
            raise ArgumentTypeError(
                f"DeadlineAlert needs a callback, not {callback!r}", fix="wrap the function: SyncCallback(function)"
            )
        if not isinstance(interval, dt.timedelta | VariableInterval):
            raise ArgumentTypeError(
                f"the interval of a DeadlineAlert is no timedelta: {interval!r}", fix="write timedelta(hours=1)"
            )
        self.reference, self.interval, self.callback, self.name = reference, interval, callback, name

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, DeadlineAlert):
            return NotImplemented
        mine, theirs = ((it.reference, it.interval, it.callback, it.name) for it in (self, other))
        return mine == theirs

    def __hash__(self) -> int:
        return hash((self.reference, self.interval, self.callback))


def alerts(where: str, value: Any) -> list[DeadlineAlert]:
    """What `deadline=` was given, as a list.  Raises ArgumentTypeError."""
    found = [] if value is None else list(value) if isinstance(value, list | tuple) else [value]
    for alert in found:
        if not isinstance(alert, DeadlineAlert):
            raise ArgumentTypeError(
                f"{where}: deadline must be a DeadlineAlert or a list of them, not {alert!r}",
                fix="write deadline=DeadlineAlert(reference, interval, callback)",
            )
    return found


def specs_of_task(where: str, task: Any) -> tuple[DeadlineSpec, ...]:
    """Those of a task: `deadline=`, and Airflow 2's `sla` after them: so long after the end of the data interval."""
    from tradewind.spec.deadlines import DeadlineSpec  # msgspec: not needed to define a DAG

    found = [deadline_of(where, alert) for alert in alerts(where, getattr(task, "deadline", None))]
    sla = getattr(task, "sla", None)
    if isinstance(sla, dt.timedelta):
        found.append(DeadlineSpec(reference="interval_end", interval=sla.total_seconds(), name="sla"))
    return tuple(found)


class SlaMiss(NamedTuple):
    """What Airflow 2's `sla_miss_callback` is told of a task that is late."""

    task_id: str
    dag_id: str
    execution_date: Any
    timestamp: Any
    description: str = ""
    email_sent: bool = False
    notification_sent: bool = True


def call_back(dag: Any, task: Any, number: int, context: Any, render: Callable[[Any], Any]) -> None:
    """Call the callback of the deadline at this place of the DAG, or of the task.  Raises what it raises, and
    AirflowException when the DAG file has no such deadline any more."""
    found = alerts("the deadline", getattr(dag if task is None else task, "deadline", None))
    if number < len(found):
        found[number].callback.run(context, render)
        return
    if task is None or getattr(task, "sla", None) is None:
        raise AirflowException("the DAG file has no such deadline any more")
    run, ti = context["dag_run"], context["ti"]
    miss = SlaMiss(task.task_id, dag.dag_id, run.logical_date, context["deadline"]["deadline_time"])
    told = f"{task.task_id} on {run.logical_date}"
    calls = dag.sla_miss_callback
    for call in calls if isinstance(calls, list | tuple) else [] if calls is None else [calls]:
        call(dag, told, "", [miss], [ti])


def deadline_of(where: str, alert: DeadlineAlert) -> DeadlineSpec:
    """The alert as data; of a reference of the author's own, that it is to be asked.  Raises ArgumentTypeError for
    what is no reference."""
    from tradewind.spec import deadlines  # msgspec: not needed to define a DAG

    reference, interval = alert.reference, alert.interval
    kind: Any = getattr(reference, "kind", "")
    own: dict[str, Any] = {}
    if not kind:
        if not callable(getattr(reference, "_evaluate_with", None)) or isinstance(reference, type):
            raise ArgumentTypeError(
                f"{where}: {reference!r} is no reference of a deadline",
                fix="use one of DeadlineReference, or an object of a class with a method _evaluate_with",
            )
        kind = "custom"
        own = {"data": _own_data(reference), "again": type(reference) in DeadlineReference.TYPES.DAGRUN_QUEUED}
    return deadlines.DeadlineSpec(
        reference=kind,
        interval=0.0 if isinstance(interval, VariableInterval) else interval.total_seconds(),
        variable=interval.key if isinstance(interval, VariableInterval) else None,
        name=alert.name,
        max_runs=getattr(reference, "max_runs", DEFAULT_RUNS) if not own else DEFAULT_RUNS,
        min_runs=getattr(reference, "min_runs", DEFAULT_RUNS) if not own else DEFAULT_RUNS,
        at=getattr(reference, "at", None) if not own else None,
        **own,
    )


def _own_data(reference: Any) -> str:
    """What tells the reference from others, so that a change of it is a new version of the DAG."""
    data: Any = type(reference).__qualname__
    if callable(getattr(reference, "serialize_reference", None)):
        data = [data, reference.serialize_reference()]
    return json.dumps(data, sort_keys=True, default=lambda value: type(value).__qualname__)
