"""Messages between a task's process and its supervisor: one set, over a pipe (local) or HTTP (remote).

Sent by `runtime` (and by parse processes, which may read Variables and Connections); answered by
`services.task_api` through an executor.  Frames are a 4-byte big-endian length and a MessagePack body; see
`encode` and `decode`.  Every message of an attempt carries `attempt_id`: a message of a dead attempt changes nothing.
Values of XComs and Variables travel as JSON text, so that the supervisor never runs user code to read them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from tradewind.spec.external import ExternalWait
from tradewind.spec.wire_actions import AskPeople as AskPeople
from tradewind.spec.wire_actions import GetAnswer as GetAnswer
from tradewind.spec.wire_actions import GetRunState as GetRunState
from tradewind.spec.wire_actions import TriggerRun as TriggerRun
from tradewind.spec.wire_values import DeleteState as DeleteState
from tradewind.spec.wire_values import FindBlob as FindBlob
from tradewind.spec.wire_values import GetState as GetState
from tradewind.spec.wire_values import GetXCom as GetXCom
from tradewind.spec.wire_values import GetXComElement as GetXComElement
from tradewind.spec.wire_values import GetXComItems as GetXComItems
from tradewind.spec.wire_values import KeepSecrets as KeepSecrets
from tradewind.spec.wire_values import ListXComs as ListXComs
from tradewind.spec.wire_values import ReserveBlob as ReserveBlob
from tradewind.spec.wire_values import SetState as SetState
from tradewind.spec.wire_values import SetXCom as SetXCom


class RunInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a task may know of its DAG run."""

    dag_id: str
    run_id: str
    run_type: str
    run_after: datetime
    state: str = "running"
    logical_date: datetime | None = None
    data_interval_start: datetime | None = None
    data_interval_end: datetime | None = None
    queued_at: datetime | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    conf: dict[str, Any] = {}
    clear_number: int = 0
    note: str | None = None
    triggering_user_name: str | None = None
    partition_key: str | None = None
    partition_date: datetime | None = None


class DagSource(msgspec.Struct, frozen=True, kw_only=True):
    """Where the worker finds the DAG's code."""

    bundle_path: str
    """Absolute folder of the bundle, put on `sys.path`."""
    relative_fileloc: str
    digest: str
    """Of the file and the bundle modules it imports; a worker that holds another digest loads afresh."""


# --- Work: supervisor -> worker -------------------------------------------------------------------------------


class TaskWork(msgspec.Struct, frozen=True, kw_only=True, tag="task", omit_defaults=True):
    """Run one attempt of one task instance."""

    attempt_id: str
    ti_id: str
    dag_id: str
    task_id: str
    map_index: int
    try_number: int
    max_tries: int
    """Number of tries allowed in all, as Airflow's `max_tries` (retries) - a retry is left while
    `try_number <= max_tries`."""
    run: RunInfo
    source: DagSource
    log_path: str
    """Absolute path of the attempt's log file; parents exist."""
    expanded_ti_count: int | None = None
    """Number of instances of a mapped task."""
    callback_limit: float = 300.0
    """Seconds that the callbacks of one kind may take."""
    first_start: datetime | None = None
    """When the first try since the last clear started; the timeout of a sensor in reschedule mode counts from there."""
    reschedules: int = 0
    """How often this try was rescheduled."""
    linked: bool = False
    """The task has links to other systems, which are to be found when it ends."""
    started: datetime | None = None
    """When this try started, if it comes back from a wait."""
    next_method: str | None = None
    """Where the operator goes on after a deferral, with arguments (JSON text of a dict); None: `execute`."""
    next_kwargs: str | None = None
    """Arguments for it, as JSON text of a dict (see `tradewind.spec.serde`)."""
    answered: bool = False
    """It goes on after people were asked: `GetAnswer` gives the event."""
    trigger_event: str | None = None
    """What the trigger brought, as JSON text; None when it brought nothing: it failed, or timed out."""


class CallbackWork(msgspec.Struct, frozen=True, kw_only=True, tag="callback", omit_defaults=True):
    """Run callbacks outside a task's own process: those of a run, or of an attempt that was lost."""

    attempt_id: str
    """Identity of this piece of work, unique as an attempt's."""
    dag_id: str
    run: RunInfo
    source: DagSource
    log_path: str
    kind: Literal[
        "on_success_callback",
        "on_failure_callback",
        "on_retry_callback",
        "email_on_failure",
        "email_on_retry",
        "deadline",
    ]
    time_limit: float = 300.0
    """Seconds that it may take."""
    data: dict[str, Any] = {}
    """Of the event, by kind: `to` of an email, `number` of a deadline."""
    ti_state: str = ""
    start_date: datetime | None = None
    end_date: datetime | None = None
    of_task: bool = False
    """Whether they are the callbacks of the task, not of the DAG."""
    task_id: str | None = None
    """The task instance that the context shows; of a run, the one that decided how it ended."""
    map_index: int = -1
    try_number: int = 0
    max_tries: int = 0
    ti_id: str = ""
    reason: str = ""


class Grant(msgspec.Struct, frozen=True, tag="grant"):
    """Answer to `Claim`: run it, or (granted false) drop it silently."""

    attempt_id: str
    granted: bool


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """End the running attempt (SIGTERM semantics: `on_kill`, then exit)."""

    attempt_id: str


class Reply(msgspec.Struct, frozen=True, tag="reply", omit_defaults=True):
    """Answer to a request with this id.  `error` is a class name of `tradewind.errors` and a text."""

    request_id: int
    value: Any = None
    error: tuple[str, str] | None = None
    hide: tuple[str, ...] = ()
    """Known secrets that are in the value: whoever gets it does not show them."""


class Given(msgspec.Struct, frozen=True):
    """What a request is answered with where known secrets are in it; no message."""

    value: Any
    hide: tuple[str, ...]


def reply_to(request_id: int, found: Any) -> Reply:
    """The reply with a value, or with what was `Given`."""
    if isinstance(found, Given):
        return Reply(request_id, found.value, hide=found.hide)
    return Reply(request_id, found)


# --- Facts: worker -> supervisor ------------------------------------------------------------------------------


class Hello(msgspec.Struct, frozen=True, tag="hello"):
    """First message of a worker process."""

    worker: int
    pid: int


class Claim(msgspec.Struct, frozen=True, tag="claim"):
    """The worker has the code loaded and asks to start: queued -> running, once.  Waits for `Grant`."""

    attempt_id: str
    at: datetime
    pid: int


class XComValue(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One XCom to store; `value` is JSON text (see `tradewind.spec.serde`)."""

    key: str
    value: str


class OutletEvent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An event of an asset, emitted by a task that succeeded."""

    name: str
    uri: str
    """Name or URI alone when the task knows the asset by a reference."""
    group: str = "asset"
    asset_extra: dict[str, Any] = {}
    """Of the asset, in case it is new."""
    extra: dict[str, Any] = {}
    aliases: tuple[str, ...] = ()
    """Names of the aliases through which it was emitted."""
    partition_key: str | None = None
    """None: that of the run."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True, tag="outcome", omit_defaults=True):
    """How an attempt ended.  Stored in one transaction with what it releases."""

    attempt_id: str
    state: Literal["success", "failed", "skipped", "rescheduled", "deferred", "awaiting_input", "done"]
    """`done` ends a CallbackWork."""
    at: datetime
    """End time by the worker's clock (UTC)."""
    error_type: str = ""
    error: str = ""
    """One line: the exception's class and text."""
    retry: bool = True
    """False: AirflowFailException, or a retry policy: do not retry."""
    retry_delay: float | None = None
    """Seconds until the next try, when a retry policy decided it; None: the task's own delay."""
    retry_reason: str = ""
    """Why a retry policy decided as it did."""
    reschedule_at: datetime | None = None
    trigger_class: str = ""
    """Import path of the trigger of a deferred task; its arguments as JSON text, and which triggerers may run it."""
    trigger_kwargs: str = "{}"
    trigger_queue: str | None = None
    next_method: str = ""
    """Method of the operator where a deferred task goes on."""
    next_kwargs: str = "{}"
    """Arguments for it, as JSON text."""
    deadline: datetime | None = None
    """Until when a deferred task waits at most (UTC); of a rescheduled one with `awaits`: when it looks again."""
    awaits: ExternalWait | None = None
    """Of a deferred or rescheduled task that waits for other DAGs: the leader resolves it, and nobody looks."""
    xcoms: tuple[XComValue, ...] = ()
    """The return value, and what was pushed and not yet stored."""
    rendered: dict[str, Any] = {}
    """Rendered template fields, as text, masked."""
    map_length: int | None = None
    """For how many instances of the mapped tasks that take it the return value makes: its length; of an instance of a
    mapped task 1.  None when no mapped task takes it, or nothing was returned."""
    rendered_map_index: str | None = None
    """`map_index_template`, rendered after the task's code ran."""
    skip: tuple[str, ...] = ()
    """Ids of downstream tasks, direct or not, that a branch or a short circuit skips."""
    asset_events: tuple[OutletEvent, ...] = ()
    """Committed with the success; of any other state: none."""

    def __post_init__(self) -> None:
        """Refuse times without a zone where they arise, be it in the worker or in a message: ValueError."""
        for at in (self.at, self.reschedule_at, self.deadline):
            if at is not None and at.tzinfo is None:
                raise ValueError(f"the times of an outcome must be aware, not {at!r}")


# --- Requests: worker -> supervisor -> worker -----------------------------------------------------------------


class GetVariable(msgspec.Struct, frozen=True, tag="get_variable"):
    """Reply value: the text, or an error `AirflowNotFoundException`."""

    key: str


class SetVariable(msgspec.Struct, frozen=True, tag="set_variable"):
    """Reply value: None."""

    key: str
    value: str
    description: str | None = None


class DeleteVariable(msgspec.Struct, frozen=True, tag="delete_variable"):
    """Reply value: number of variables deleted."""

    key: str


class ListVariables(msgspec.Struct, frozen=True, tag="list_variables"):
    """Reply value: list of keys."""

    prefix: str = ""


class GetConnection(msgspec.Struct, frozen=True, tag="get_connection"):
    """Reply value: a `ConnectionData` as dict, or an error `AirflowNotFoundException`."""

    conn_id: str


class ConnectionData(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A connection, decrypted."""

    conn_id: str
    conn_type: str = ""
    description: str | None = None
    host: str | None = None
    login: str | None = None
    password: str | None = None
    schema: str | None = None
    port: int | None = None
    extra: str | None = None


class GetPreviousRun(msgspec.Struct, frozen=True, kw_only=True, tag="get_previous_run"):
    """Reply value: a `RunInfo` as dict, or None: the newest run before `logical_date`, in `state` if given."""

    dag_id: str
    logical_date: datetime
    state: str | None = None


class GetTaskStates(msgspec.Struct, frozen=True, kw_only=True, tag="get_task_states"):
    """Reply value: {run_id: {task_id or task_id[map_index]: state}}."""

    dag_id: str
    run_ids: tuple[str, ...]
    task_ids: tuple[str, ...] | None = None


class GetExternal(msgspec.Struct, frozen=True, kw_only=True, tag="get_external"):
    """Reply value: `{"known": bool, "missing": [ids], "runs": [[run_id, state, {task: state}]]}`, a task being its
    id or `task_id[map_index]`."""

    dag_id: str
    dates: tuple[datetime, ...]
    run_ids: tuple[str, ...] = ()
    task_ids: tuple[str, ...] | None = None
    task_group_id: str | None = None


class AssetEventInfo(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An asset event, as tasks see it."""

    id: int
    at: datetime
    name: str
    uri: str
    group: str = "asset"
    extra: dict[str, Any] = {}
    aliases: tuple[str, ...] = ()
    source_dag_id: str | None = None
    source_run_id: str | None = None
    source_task_id: str | None = None
    source_map_index: int | None = None
    partition_key: str | None = None


class GetAsset(msgspec.Struct, frozen=True, kw_only=True, tag="get_asset"):
    """An asset by name or URI.  Reply value: a dict of `name`, `uri`, `group`, `extra`, or an error
    `AirflowNotFoundException`.
    """

    name: str = ""
    uri: str = ""


class GetRun(msgspec.Struct, frozen=True, kw_only=True, tag="get_run"):
    """Reply value: a `RunInfo` as dict, or None."""

    dag_id: str
    run_id: str


class GetAssetEvents(msgspec.Struct, frozen=True, kw_only=True, tag="get_asset_events"):
    """Events of an asset (by name, URI or both) or of an alias.  Reply value: list of `AssetEventInfo` as dicts, by
    time.
    """

    name: str = ""
    uri: str = ""
    alias: str = ""
    after: datetime | None = None
    before: datetime | None = None
    ascending: bool = True
    limit: int | None = None


class GetTriggeringEvents(msgspec.Struct, frozen=True, kw_only=True, tag="get_triggering_events"):
    """The events that a run consumed.  Reply value: list of `AssetEventInfo` as dicts, by time."""

    dag_id: str
    run_id: str


Request = (
    GetVariable
    | SetVariable
    | DeleteVariable
    | ListVariables
    | GetConnection
    | GetXCom
    | GetXComElement
    | GetXComItems
    | SetXCom
    | ListXComs
    | ReserveBlob
    | FindBlob
    | KeepSecrets
    | GetState
    | SetState
    | DeleteState
    | GetPreviousRun
    | GetTaskStates
    | GetExternal
    | GetAsset
    | GetRun
    | GetAssetEvents
    | GetTriggeringEvents
    | TriggerRun
    | GetRunState
    | AskPeople
    | GetAnswer
)


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """Envelope of a request; answered by the `Reply` with the same id."""

    request_id: int
    request: Request


ToWorker = TaskWork | CallbackWork | Grant | Stop | Reply
FromWorker = Hello | Claim | Outcome | Ask
Work = TaskWork | CallbackWork

encode = msgspec.msgpack.Encoder().encode
"""Any message -> MessagePack bytes (without the length)."""
decode_to_worker = msgspec.msgpack.Decoder(ToWorker).decode
decode_from_worker = msgspec.msgpack.Decoder(FromWorker).decode
