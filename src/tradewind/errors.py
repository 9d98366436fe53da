"""Every error that a user can meet, each with the fix in its text.  Imported by all layers, imports none.

Exceptions that DAG authors raise or catch (`AirflowException` and its kin) live here too, so that the runtime,
the authoring layer and the compatibility package agree on one class each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta


class TradewindError(Exception):
    """Base of all errors raised by Tradewind itself.

    `fix`, when given, is one sentence that tells the user what to do; the CLI and the API print it after the
    message.
    """

    def __init__(self, message: str, *, fix: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.message}\n  fix: {self.fix}" if self.fix else self.message


class SettingsError(TradewindError):
    """A setting, option or environment variable has a value that cannot be used."""


class StoreError(TradewindError):
    """The metadata database cannot be used as it is."""


class SchemaError(StoreError):
    """The schema of the metadata database is older or newer than this version of Tradewind."""


class NotFoundError(TradewindError):
    """Something that was named does not exist."""


class ForbiddenError(TradewindError):
    """Who asks may not do this."""


class ConflictError(TradewindError):
    """The request contradicts what exists already (a duplicate, or a state that forbids it)."""


class UnansweredError(TradewindError):
    """Another process had to be asked, and did not answer in time."""


class InvalidError(TradewindError):
    """A value given by the user is not valid."""


class IllegalTransitionError(TradewindError):
    """A fact arrived in a state whose table has no arrow for it: a bug, or a message of a dead attempt."""


# --- What DAG authors and operators raise; names and meaning are Airflow's. -----------------------------------


class AirflowException(Exception):  # noqa: N818 - Airflow's public name
    """Base of the exceptions that DAG files raise and catch."""

    status_code = 500


class AirflowBadRequest(AirflowException):
    """The application or server cannot handle the request."""

    status_code = 400


class AirflowNotFoundException(AirflowException):
    """The requested object does not exist."""

    status_code = 404


class AirflowConfigException(AirflowException):
    """A configuration value is missing or wrong."""


class AirflowSkipException(AirflowException):
    """Raised by a task to end as `skipped`."""


class AirflowFailException(AirflowException):
    """Raised by a task to end as `failed` without a retry."""


class AirflowRescheduleException(AirflowException):
    """Raised by a sensor to be run again at `reschedule_date` (UTC)."""

    awaits: object = None
    """What of other DAGs it waits for (`spec.external`): where a scheduler sees that, it calls the sensor then, or at
    `until`, and not at `reschedule_date`."""
    until: object = None

    def __init__(self, reschedule_date: object) -> None:
        super().__init__()
        self.reschedule_date = reschedule_date


class TaskDeferred(BaseException):
    """Raised by `BaseOperator.defer`: the task waits for a trigger.  A BaseException, so that `except Exception` in an
    operator cannot swallow it.  `timeout` is a timedelta or seconds."""

    def __init__(
        self,
        *,
        trigger: object,
        method_name: str,
        kwargs: dict[str, object] | None = None,
        timeout: timedelta | float | None = None,
    ) -> None:
        super().__init__()
        self.trigger = trigger
        self.method_name = method_name
        self.kwargs = kwargs
        if isinstance(timeout, int | float) and not isinstance(timeout, bool):
            timeout = timedelta(seconds=timeout)
        if timeout is not None and not isinstance(timeout, timedelta):
            raise ValueError(f"the timeout of a deferral must be a timedelta or a number of seconds, not {timeout!r}")
        self.timeout = timeout

    def __repr__(self) -> str:
        return f"<TaskDeferred trigger={self.trigger!r} method={self.method_name!r}>"


class TaskDeferralError(AirflowException):
    """The trigger that a task waited for failed."""


class TaskDeferralTimeout(AirflowException):
    """A task waited longer for its trigger than the deferral's timeout."""


class AirflowTaskTimeout(BaseException):
    """The execution timeout of the task passed.  A BaseException, so that `except Exception` cannot hide it."""


class AirflowTaskTerminated(BaseException):
    """The task is being stopped from outside."""


class AirflowSensorTimeout(AirflowException):
    """A sensor waited longer than its timeout."""


class AirflowInternalRuntimeError(BaseException):
    """An error inside the engine that user code must not catch."""


class UnmappableXComTypePushed(AirflowException):
    """A task returned something that the tasks that map over its result cannot map over."""

    def __init__(self, value: object, *, about: str = "") -> None:
        super().__init__(value)
        self.value, self.about = value, about

    def __str__(self) -> str:
        of = f" for {self.about}" if self.about else ""
        if self.value is None and self.about:
            return (
                f"there is no result{of} to map over: the task that gives it did not run here, or returned None; "
                "`tasks test` and `tasks render` know no results of other tasks, `dags test` runs them too"
            )
        return (
            f"unmappable return type {type(self.value).__qualname__!r}{of}: tasks are mapped over this result; "
            "return a list or a dict"
        )


class UnmappableXComLengthPushed(AirflowException):
    """A task returned more elements than a mapped task may have instances."""

    def __init__(self, length: int, most: int) -> None:
        super().__init__(
            f"unmappable return value length: {length} > {most}; return fewer elements, or raise "
            "AIRFLOW__CORE__MAX_MAP_LENGTH"
        )
        self.length, self.most = length, most


class XComForMappingNotPushed(AirflowException):
    """A task returned nothing although other tasks map over its result."""

    def __str__(self) -> str:
        return "did not push XCom for task mapping: other tasks are mapped over its result; return a list or a dict"


class XComNotFound(AirflowException):
    """An XCom that an argument refers to was never pushed."""

    def __init__(self, dag_id: str, task_id: str, key: str) -> None:
        super().__init__()
        self.dag_id, self.task_id, self.key = dag_id, task_id, key

    def __str__(self) -> str:
        return (
            f"no XCom with key {self.key!r} was pushed by task {self.task_id!r} of DAG {self.dag_id!r}; "
            "return a value from that task or push it with ti.xcom_push()"
        )


class DagAuthoringError(AirflowException):
    """A DAG file says something that cannot be a DAG.  `fix` is the sentence shown after the message."""

    def __init__(self, message: str, *, fix: str | None = None) -> None:
        super().__init__(f"{message}\n  fix: {fix}" if fix else message)
        self.message, self.fix = message, fix


class DuplicateTaskIdFound(DagAuthoringError):  # noqa: N818 - Airflow's public name
    """Two tasks of one DAG have the same id."""


class AirflowDagCycleException(DagAuthoringError):  # noqa: N818 - Airflow's public name
    """The dependencies of a DAG form a cycle."""


class AirflowTimetableInvalid(DagAuthoringError):  # noqa: N818 - Airflow's public name
    """The schedule of a DAG cannot be understood."""


class UnknownExecutorException(DagAuthoringError):  # noqa: N818 - Airflow's public name
    """A task names an executor that is not there."""


class ParamValidationError(AirflowException):
    """A param does not match its JSON schema."""


class TaskNotFound(AirflowNotFoundException):
    """A task id that the DAG does not have."""


class DagNotFound(AirflowNotFoundException):
    """A DAG id that is not known."""


class DagRunNotFound(AirflowNotFoundException):
    """A run that is not known."""


class TaskInstanceNotFound(AirflowNotFoundException):
    """A task instance that is not known."""


class PoolNotFound(AirflowNotFoundException):
    """A pool that is not known."""


class TaskAlreadyInTaskGroup(AirflowException):
    """A task was added to a second task group."""


class AirflowDagInconsistent(AirflowException):
    """A DAG whose parts contradict each other."""


class AirflowOptionalProviderFeatureException(AirflowException):
    """A part of a provider package that needs another package was used without it."""


class AirflowExternalTaskSensorException(AirflowException):
    """A sensor cannot wait, or does not need to wait any more, for another DAG."""


class ExternalDagDeletedError(AirflowExternalTaskSensorException):
    """A DAG that a sensor waits for was deleted meanwhile."""


class ExternalDagFailedError(AirflowExternalTaskSensorException):
    """A run that a sensor waited for failed."""


class DuplicateStateError(AirflowExternalTaskSensorException):
    """A state is named as one that ends the wait well and as one that does not."""


class ExternalDagNotFoundError(AirflowExternalTaskSensorException):
    """A DAG that a sensor waits for does not exist."""


class ExternalTaskNotFoundError(AirflowExternalTaskSensorException):
    """A task that a sensor waits for does not exist."""


class ExternalTaskGroupNotFoundError(AirflowExternalTaskSensorException):
    """A task group that a sensor waits for does not exist."""


class ExternalTaskFailedError(AirflowExternalTaskSensorException):
    """A run or task that a sensor waited for failed."""


class ExternalTaskGroupFailedError(AirflowExternalTaskSensorException):
    """A task group that a sensor waited for failed."""


class DagRunAlreadyExists(AirflowBadRequest):
    """A run with this id or logical date exists already."""


class DagRunTriggerException(AirflowException):
    """Raised by an operator to have a run of another DAG made, in place of a result: what `TriggerDagRunOperator` takes
    as arguments, by Airflow's names.  `logical_date` None is a run without one."""

    def __init__(
        self,
        *,
        trigger_dag_id: str,
        dag_run_id: str | None = None,
        conf: dict[str, object] | None = None,
        logical_date: object = None,
        reset_dag_run: bool = False,
        skip_when_already_exists: bool = False,
        wait_for_completion: bool = False,
        allowed_states: list[str] | None = None,
        failed_states: list[str] | None = None,
        poke_interval: float = 60,
        deferrable: bool = False,
        note: str | None = None,
        run_after: object = None,
    ) -> None:
        super().__init__(f"a run of DAG {trigger_dag_id!r} is to be made")
        self.trigger_dag_id, self.dag_run_id, self.conf, self.note = trigger_dag_id, dag_run_id, conf, note
        self.logical_date, self.run_after = logical_date, run_after
        self.reset_dag_run, self.skip_when_already_exists = reset_dag_run, skip_when_already_exists
        self.wait_for_completion, self.poke_interval = wait_for_completion, poke_interval
        self.allowed_states, self.failed_states, self.deferrable = allowed_states, failed_states, deferrable


class DownstreamTasksSkipped(AirflowException):
    """Raised by an operator that succeeded, to have tasks after it skipped: ids, or pairs of an id and a map index."""

    def __init__(self, *, tasks: Sequence[str | tuple[str, int]]) -> None:
        super().__init__(f"tasks after this one are to be skipped: {', '.join(map(str, tasks))}")
        self.tasks = tasks


class DagIsPaused(AirflowException):
    """A DAG that is paused was to be run."""

    def __init__(self, dag_id: str) -> None:
        # what comes back from the supervisor is the whole text
        super().__init__(dag_id if " " in dag_id else f"DAG {dag_id!r} is paused")
        self.dag_id = dag_id


class TaskAwaitingInput(BaseException):
    """Raised by an operator to wait for an answer of people: the task goes on in `method_name`, with the answer as
    `event`, or after `timeout` without one.  A BaseException, so that `except Exception` cannot hide it."""

    def __init__(self, *, method_name: str, kwargs: dict[str, object] | None = None, timeout: object = None) -> None:
        super().__init__()
        self.method_name, self.kwargs, self.timeout = method_name, kwargs, timeout


class HITLTriggerEventError(Exception):
    """The answer of people cannot be used."""


class HITLTimeoutError(HITLTriggerEventError):
    """Nobody answered in time, and there is no default."""


class HITLRejectException(AirflowException):
    """The answer was a rejection, and `fail_on_reject` is set."""
