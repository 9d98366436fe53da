"""The serialised DAG: all that the scheduler, the server and the CLI know of a DAG file.

Made by `authoring.compile` in a parse process, stored as JSON by `store`, read by `core`, `services` and `server`.
Callables, operators' arguments and templates stay in the DAG file; only the worker sees them.  Times are UTC;
durations are seconds.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, Literal

import msgspec

from tradewind.spec.assets import AliasSpec, AssetSchedule, AssetSpec, AssetUse
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.ids import DEFAULT_POOL, DEFAULT_QUEUE
from tradewind.spec.states import DagRunType, TriggerRule, WeightRule

TimetableKind = Literal[
    "none",  # never by itself: schedule=None
    "once",
    "continuous",
    "cron_interval",  # cron, a run covers previous tick -> tick (Airflow: CronDataIntervalTimetable)
    "cron_trigger",  # cron, a run fires at the tick (Airflow: CronTriggerTimetable)
    "delta_interval",  # fixed delta, with a data interval
    "delta_trigger",
    "events",
    "cron_partition",  # cron, a run for a partition at each tick, without data interval (CronPartitionTimetable)
    "custom",  # code of the user's own: its runs are computed in a child process and arrive as forecasts
]


class TimetableSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A schedule as data; `core.timetables.build` makes the object that computes with it."""

    kind: TimetableKind = "none"
    crons: tuple[str, ...] = ()
    """Five-field cron expressions, presets already expanded."""
    timezone: str = "UTC"
    """IANA name, or a fixed offset such as `+09:00`."""
    delta: float = 0.0
    """Seconds between runs (delta kinds)."""
    months: int = 0
    """Calendar months between runs (`relativedelta` schedules); added to `delta`."""
    interval: float = 0.0
    """Length in seconds of the data interval of trigger kinds."""
    interval_months: int = 0
    """Calendar months to add to `interval`."""
    events: tuple[datetime, ...] = ()
    restrict_to_events: bool = False
    """Manual runs take the time of the newest event (kind `events`)."""
    run_immediately: bool | float = False
    run_offset: int = 0
    """Fire times between a run and its partition; negative: the partition lies before the run (`cron_partition`)."""
    key_format: str = ""
    """`strftime` format of partition keys, in the time zone of the cron."""
    type_name: str = ""
    """Airflow's full name of the class, e.g. `airflow.timetables.interval.CronDataIntervalTimetable`."""
    data: str = ""
    """What `serialize` of a custom timetable gave, as JSON."""
    active_runs_limit: int | None = None
    """Of a custom timetable."""
    periodic: bool = True
    """Of a custom timetable."""
    partitioned: bool = False
    """Runs are made for partition keys."""
    summary: str = ""
    """What the author wrote: `0 2 * * *`, `@daily`, `1 day, 0:00:00`, or empty."""
    description: str = ""


class LengthSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How many instances a mapped task or group will have: known from the DAG file, or when upstream tasks have run.

    `literal`: `length`; `task`: what `task_id` returned (of a mapped task: how many of its instances returned
    something); `shortest`, `longest` (zip), `sum` (concat) and `product` (several arguments) are made of `parts`.
    """

    kind: Literal["literal", "task", "shortest", "longest", "sum", "product"]
    length: int = 0
    task_id: str = ""
    parts: tuple[LengthSpec, ...] = ()

    def task_ids(self) -> tuple[str, ...]:
        """The tasks whose results decide it, each once."""
        if self.kind == "task":
            return (self.task_id,)
        return tuple(dict.fromkeys(task_id for part in self.parts for task_id in part.task_ids()))


class CatchupPolicy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What becomes of fire times that passed while nobody made their runs."""

    kind: Literal["none", "latest", "all", "window", "runs"]
    """`latest` is Airflow's catchup=False, `all` its catchup=True."""
    seconds: float = 0.0
    """`window`: fire times older than this are left out."""
    runs: int = 0
    """`runs`: so many of the newest are made."""


Overlap = Literal["queue", "skip", "cancel_running"]
"""What happens when a fire time comes and `max_active_runs` leaves no place for its run."""


class StartTrigger(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The trigger that a task starts with, before any worker is needed."""

    trigger_class: str
    """Import path."""
    trigger_kwargs: str = "{}"
    """JSON text of a dict (see `tradewind.spec.serde`)."""
    next_method: str = "execute_complete"
    next_kwargs: str = "{}"
    timeout: float | None = None
    """Seconds that the task waits at most."""


class MarkerSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Of an `ExternalTaskMarker`: the task of another DAG that is cleared with it.  Texts may be templates."""

    dag_id: str | None = None
    """None, here and below: only code knows."""
    task_id: str | None = None
    logical_date: str | None = None
    """Of the run there."""
    recursion_depth: int = 10
    """Over so many DAGs, one after another, a clear goes on from here."""


DEFAULT_LONGEST_RETRY_DELAY = 24 * 60 * 60.0


class TaskSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One task, without its code."""

    task_id: str
    operator: str = "BaseOperator"
    """Class name of the operator."""
    operator_name: str = ""
    """What people call it, where that is not its class name: `@task`."""
    operator_module: str = ""
    task_display_name: str = ""
    owner: str = "airflow"
    upstream: tuple[str, ...] = ()
    """Ids of the direct upstream tasks, sorted."""
    downstream: tuple[str, ...] = ()
    group: str | None = None
    """Id of the innermost task group."""
    trigger_rule: TriggerRule = TriggerRule.ALL_SUCCESS
    retries: int = 0
    retry_delay: float = 300.0
    retry_exponential_backoff: float = 0.0
    """0: constant delay; otherwise the multiplier (Airflow's True is 2.0)."""
    max_retry_delay: float | None = None
    longest_retry_delay: float = DEFAULT_LONGEST_RETRY_DELAY
    """Seconds that no exponential delay exceeds: the setting `max_task_retry_delay` when the file was loaded."""
    execution_timeout: float | None = None
    start_date: datetime | None = None
    end_date: datetime | None = None
    pool: str = DEFAULT_POOL
    pool_slots: int = 1
    priority_weight: int = 1
    weight_rule: WeightRule = WeightRule.DOWNSTREAM
    weight_strategy: str = ""
    """Dotted name of the class that computed `weights` instead of the rule."""
    weights: tuple[int, ...] = ()
    """Effective weight of the first try, the second, ...; the last one holds for all later tries."""
    queue: str = DEFAULT_QUEUE
    executor: str | None = None
    depends_on_past: bool = False
    ignore_first_depends_on_past: bool = True
    wait_for_past_depends_before_skipping: bool = False
    """A skip by the trigger rule, too, waits for `depends_on_past`."""
    wait_for_downstream: bool = False
    depends_on_previous: tuple[str, ...] = ()
    """With `depends_on_past`: the tasks of the previous run that must have succeeded, in place of the task itself."""
    max_active_tis_per_dag: int | None = None
    max_active_tis_per_dagrun: int | None = None
    does_nothing: bool = False
    """An EmptyOperator without callbacks or outlets: the scheduler ends it without a worker, as Airflow does."""
    is_setup: bool = False
    is_teardown: bool = False
    on_failure_fail_dagrun: bool = False
    is_sensor: bool = False
    reschedule: bool = False
    """A sensor in reschedule mode."""
    start_trigger: StartTrigger | None = None
    marker: MarkerSpec | None = None
    """Of an `ExternalTaskMarker`."""
    mapped: bool = False
    """Made by `expand` or `expand_kwargs`; a task in a mapped group is not."""
    expand: LengthSpec | None = None
    """How many instances a mapped task has."""
    multiple_outputs: bool = False
    do_xcom_push: bool = True
    callbacks: tuple[str, ...] = ()
    """Names of the callbacks that are set, e.g. `on_failure_callback`."""
    deadlines: tuple[DeadlineSpec, ...] = ()
    email: tuple[str, ...] = ()
    email_on_failure: bool = True
    email_on_retry: bool = True
    template_fields: tuple[str, ...] = ()
    extra_links: tuple[tuple[str, str], ...] = ()
    """(name, XCom key) of the links to other systems that its instances have."""
    params: dict[str, Any] = {}
    ui_color: str = "#fff"
    ui_fgcolor: str = "#000"
    doc_md: str | None = None
    inlets: tuple[AssetUse, ...] = ()
    outlets: tuple[AssetUse, ...] = ()


class GroupSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task group: a box in the graph and a prefix of its tasks' ids."""

    group_id: str
    parent: str | None = None
    display_name: str = ""
    tooltip: str = ""
    expand: LengthSpec | None = None
    """How many times a mapped group exists."""


class DagWarning(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something the author should know that does not stop the DAG."""

    kind: str
    """Short machine word, e.g. `dag_argument_in_default_args`."""
    message: str
    """What is wrong and the fix, in one or two sentences."""
    line: int | None = None


class DagSpec(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One DAG, complete enough to schedule and to show it.  Defaults are Airflow's."""

    dag_id: str
    dag_display_name: str = ""
    description: str | None = None
    doc_md: str | None = None
    fileloc: str = ""
    """Absolute path of the DAG file where it was parsed."""
    relative_fileloc: str = ""
    """Path of the DAG file inside its bundle, with forward slashes."""
    timetable: TimetableSpec = TimetableSpec()
    start_date: datetime | None = None
    end_date: datetime | None = None
    catchup: bool = False
    catchup_policy: CatchupPolicy | None = None
    """Finer than `catchup`, and wins over it."""
    schedule_jitter: float = 0.0
    """Seconds: a run starts up to this much after its fire time, by an amount that its id decides."""
    overlap: Overlap = "queue"
    allowed_run_types: tuple[DagRunType, ...] | None = None
    """None: all."""
    max_active_runs: int = 16
    max_active_tasks: int = 16
    max_consecutive_failed_dag_runs: int = 0
    dagrun_timeout: float | None = None
    deadlines: tuple[DeadlineSpec, ...] = ()
    fail_fast: bool = False
    is_paused_upon_creation: bool | None = None
    tags: tuple[str, ...] = ()
    access: dict[str, str] = {}
    """Role -> `read` or `run`: who is limited to some DAGs and has this role deals with this one (`access_control`)."""
    owners: tuple[str, ...] = ()
    owner_links: dict[str, str] = {}
    params: dict[str, Any] = {}
    """name -> {"value": default, "schema": JSON schema, "description": text or null}."""
    callbacks: tuple[str, ...] = ()
    default_args: dict[str, str] = {}
    """For display only: the repr of each value."""
    render_template_as_native_obj: bool = False
    tasks: tuple[TaskSpec, ...] = ()
    """In topological order, ties broken by the order of definition."""
    groups: tuple[GroupSpec, ...] = ()
    edge_labels: tuple[tuple[str, str, str], ...] = ()
    """(upstream id, downstream id, label)."""
    assets: tuple[AssetSpec, ...] = ()
    """Every asset that the DAG names: in its schedule, in inlets and outlets."""
    aliases: tuple[AliasSpec, ...] = ()
    asset_schedule: AssetSchedule | None = None
    """Set when the DAG runs on assets, besides what `timetable` says."""
    warnings: tuple[DagWarning, ...] = ()

    def meaning(self) -> str:
        """SHA-256 (hex) of all that matters; where the file lies does not.  Equal hash, same DAG version."""
        bare = msgspec.structs.replace(self, fileloc="", relative_fileloc="", warnings=())
        return hashlib.sha256(msgspec.json.encode(bare, order="sorted")).hexdigest()

    @property
    def maps(self) -> bool:
        """Whether any task or group of it is mapped."""
        return any(task.expand for task in self.tasks) or any(group.expand for group in self.groups)

    def task(self, task_id: str) -> TaskSpec | None:
        """The task with this id, or None."""
        return next((task for task in self.tasks if task.task_id == task_id), None)


class ImportErrorSpec(msgspec.Struct, frozen=True, kw_only=True):
    """Why a DAG file could not be loaded."""

    relative_fileloc: str
    fileloc: str
    line: int | None
    message: str
    """One sentence, with the fix where it is known."""
    traceback: str


class ParsedFile(msgspec.Struct, frozen=True, kw_only=True):
    """What a parse process reports of one DAG file."""

    relative_fileloc: str
    fileloc: str
    digest: str
    """SHA-256 over the file and the modules of its bundle that it imported."""
    imports: tuple[str, ...] = ()
    """Bundle-relative paths of the modules that count into the digest, the file itself excluded."""
    dags: tuple[DagSpec, ...] = ()
    errors: tuple[ImportErrorSpec, ...] = ()
    seconds: float = 0.0
    """Duration of the parse."""


def encode_dag(spec: DagSpec) -> bytes:
    """The spec as JSON, keys in order of definition."""
    return msgspec.json.encode(spec)


_decoder = msgspec.json.Decoder(DagSpec)


def decode_dag(data: bytes | str) -> DagSpec:
    """The spec from JSON.  Raises `msgspec.ValidationError` when the JSON is not a DagSpec."""
    return _decoder.decode(data)
