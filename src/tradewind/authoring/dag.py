"""`DAG` and `@dag`.  Airflow: `airflow.DAG`, `airflow.models.DAG`, `airflow.sdk.DAG`, `airflow.decorators.dag`.

Positional arguments follow Airflow 2; every argument of 2.11 and 3.3 is taken.  A DAG is compiled to a `DagSpec` by
`compile`; files are loaded by `loader`.
"""

from __future__ import annotations

import datetime as dt
import functools
import heapq
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring import dag_args, schedule_args, scope, subset
from tradewind.authoring.decorators import TaskDecorators
from tradewind.authoring.defaults import get_int
from tradewind.authoring.ids import TakenIds
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.params import DagParam, ParamsDict
from tradewind.authoring.problems import Note, check_key, located, nearest, place_of_caller
from tradewind.authoring.run_times import DagRunInfo
from tradewind.authoring.taskgroup import TaskGroup
from tradewind.authoring.templates import make_environment
from tradewind.authoring.timetable import Timetable
from tradewind.authoring.timezone import aware_from_user, convert_to_utc, timezone_name
from tradewind.errors import AirflowDagCycleException, DagAuthoringError, DuplicateTaskIdFound, TaskNotFound

if TYPE_CHECKING:
    import jinja2


class DAG:
    """A pipeline: tasks, their dependencies, and when they run."""

    fixed_edges = False
    """Of a part of a DAG: arguments may refer to tasks that are not in it."""

    def __init__(
        self,
        dag_id: str,
        description: str | None = None,
        schedule: Any = NOTSET,
        schedule_interval: Any = NOTSET,
        timetable: Timetable | None = None,
        start_date: dt.datetime | str | None = None,
        end_date: dt.datetime | str | None = None,
        full_filepath: str | None = None,
        template_searchpath: str | Iterable[str] | None = None,
        template_undefined: Any = None,
        user_defined_macros: dict[str, Any] | None = None,
        user_defined_filters: dict[str, Any] | None = None,
        default_args: Mapping[str, Any] | None = None,
        concurrency: int | None = None,
        max_active_tasks: int | None = None,
        max_active_runs: int | None = None,
        max_consecutive_failed_dag_runs: int | None = None,
        dagrun_timeout: dt.timedelta | None = None,
        sla_miss_callback: Any = None,
        default_view: str | None = None,
        orientation: str | None = None,
        catchup: Any = None,
        on_success_callback: Any = None,
        on_failure_callback: Any = None,
        doc_md: str | None = None,
        params: Mapping[str, Any] | None = None,
        access_control: dict[str, Any] | None = None,
        is_paused_upon_creation: bool | None = None,
        jinja_environment_kwargs: dict[str, Any] | None = None,
        render_template_as_native_obj: bool = False,
        tags: Iterable[str] | None = None,
        owner_links: dict[str, str] | None = None,
        auto_register: bool = True,
        fail_stop: bool = False,
        dag_display_name: str | None = None,
        fail_fast: bool = False,
        deadline: Any = None,
        allowed_run_types: Any = None,
        disable_bundle_versioning: bool | None = None,
        rerun_with_latest_version: bool | None = None,
        schedule_jitter: dt.timedelta | None = None,
        overlap: str | None = None,
        **unknown: Any,
    ) -> None:
        self.place = place_of_caller()
        self.fileloc = self.place.file
        self.notes: list[Note] = []
        try:
            check_key("dag_id", dag_id)
            where = f"DAG {dag_id!r}"
            dag_args.refuse_unknown(where, unknown)
            self.dag_id: str = dag_id
            self.default_args: dict[str, Any] = dag_args.default_args(where, default_args)
            inherited = self.default_args.get
            self.timezone = dag_args.timezone_of(where, start_date or inherited("start_date"))
            start, end = start_date or inherited("start_date"), end_date or inherited("end_date")
            self.start_date = convert_to_utc(aware_from_user(where, "start_date", start, self.timezone))
            self.end_date = convert_to_utc(aware_from_user(where, "end_date", end, self.timezone))
            self.schedule, self.timetable = dag_args.schedule(self, where, schedule, schedule_interval, timetable)
            self.max_active_tasks = dag_args.max_active_tasks(where, max_active_tasks, concurrency)
            self.max_active_runs = dag_args.max_active_runs(where, max_active_runs, self.timetable)
            self.max_consecutive_failed_dag_runs = dag_args.limit(
                where, "max_consecutive_failed_dag_runs", max_consecutive_failed_dag_runs, 0,
                get_int("core", "max_consecutive_failed_dag_runs_per_dag", 0),
            )  # fmt: skip
            self.dagrun_timeout = dag_args.dagrun_timeout(where, dagrun_timeout)
            self.catchup, self.catchup_policy = schedule_args.catchup(catchup)
            self.allowed_run_types = allowed_run_types
            self.schedule_jitter, self.overlap = schedule_jitter, overlap
            self.max_active_runs_given = max_active_runs is not None
            self.check_schedule_arguments()
            self.on_success_callback = dag_args.callback(where, "on_success_callback", on_success_callback)
            self.on_failure_callback = dag_args.callback(where, "on_failure_callback", on_failure_callback)
            self.tags: set[str] = dag_args.tags(where, tags)
            self.params = ParamsDict(inherited("params")).deep_merge(ParamsDict(params))
            self.template_searchpath = dag_args.searchpath(where, template_searchpath)
        except DagAuthoringError as error:
            raise located(error, self.place) from None
        self.description = description
        self.dag_display_name = dag_display_name or dag_id
        self.doc_md = self._read_doc(doc_md)
        self.fail_fast = bool(fail_fast or fail_stop)
        self.is_paused_upon_creation = is_paused_upon_creation
        self.template_undefined = template_undefined
        self.user_defined_macros = user_defined_macros
        self.user_defined_filters = user_defined_filters
        self.jinja_environment_kwargs = jinja_environment_kwargs
        self.render_template_as_native_obj = render_template_as_native_obj
        self.access_control = access_control
        self.owner_links = dict(owner_links or {})
        self.auto_register = auto_register
        self.default_view, self.orientation = default_view or "grid", orientation or "LR"
        self.sla_miss_callback, self.deadline = sla_miss_callback, deadline
        self.disable_bundle_versioning = disable_bundle_versioning
        self.rerun_with_latest_version = rerun_with_latest_version
        self.task_dict: dict[str, BaseOperator] = {}
        self.edge_info: dict[str, dict[str, dict[str, Any]]] = {}
        self.taken = TakenIds()
        self.task_group = TaskGroup(None, dag=self)
        dag_args.note_sla(self, where, sla_miss_callback)

    def check_schedule_arguments(self) -> dict[str, Any]:
        """What the schedule does in trouble, as fields of a `DagSpec`.  Raises `DagAuthoringError`."""
        where = f"DAG {self.dag_id!r}"
        overlap = schedule_args.overlap(where, self.overlap)
        if overlap != "queue" and not self.max_active_runs_given:
            self.max_active_runs = 1
        return {
            "catchup_policy": schedule_args.catchup_policy(where, self.catchup_policy),
            "schedule_jitter": schedule_args.jitter(where, self.schedule_jitter),
            "overlap": overlap,
            "allowed_run_types": schedule_args.run_types(where, self.allowed_run_types),
        }

    def iter_dagrun_infos_between(
        self, earliest: dt.datetime | None, latest: dt.datetime, *, align: bool = True
    ) -> Iterator[DagRunInfo]:
        """The runs that the schedule has between two times (both included), by logical date, past and future.

        For a schedule of partitions by partition date, the times read as wall-clock times of its zone.  `earliest` None
        is the start date.  Raises `ValueError` when there is none.  `align` is Airflow 2's and has no effect.
        """
        from tradewind.authoring.custom_timetables import infos_between  # loads msgspec: only when somebody asks

        starts = [self.start_date, *(task.start_date for task in self.tasks)]
        begin = earliest or min((at for at in starts if at is not None), default=None)
        if begin is None:
            raise ValueError(f"DAG {self.dag_id!r} has no start date: give the earliest time")
        return infos_between(self.timetable, begin, latest)

    # --- tasks ------------------------------------------------------------------------------------------------

    def add_task(self, task: Any, *, group: TaskGroup | None = None) -> None:
        """Take a task in.  Raises `DuplicateTaskIdFound`, or `DagAuthoringError` when it belongs to another DAG."""
        if task._dag is self:
            return
        if task._dag is not None:
            raise DagAuthoringError(
                f"task {task.task_id!r} belongs to DAG {task._dag.dag_id!r} already and cannot join {self.dag_id!r}",
                fix="make one task per DAG",
            )
        if task.task_id in self.taken:
            known = self.task_dict.get(task.task_id)
            line = f" (line {known.place.line})" if known is not None and known.place is not None else ""
            raise located(
                DuplicateTaskIdFound(
                    f"DAG {self.dag_id!r} has a task or task group with the id {task.task_id!r} already{line}",
                    fix=f"give one of them another task_id, for example {task.task_id + '_2'!r}",
                ),
                task.place,
            )
        group = group or task.task_group or self.task_group
        task._dag = self
        task.task_group = group
        self.task_dict[task.task_id] = task
        self.taken.add(task.task_id)
        group.add(task)

    def add_tasks(self, tasks: Iterable[Any]) -> None:
        """Take tasks in."""
        for task in tasks:
            self.add_task(task)

    def get_task(self, task_id: str, include_subdags: bool = False) -> BaseOperator:
        """The task.  Raises `TaskNotFound` with the nearest id."""
        task = self.task_dict.get(task_id)
        if task is None:
            guess = nearest(task_id, self.task_dict, cutoff=0.6)
            hint = f"; did you mean {guess!r}?" if guess else ""
            raise TaskNotFound(f"DAG {self.dag_id!r} has no task {task_id!r}{hint}")
        return task

    def has_task(self, task_id: str) -> bool:
        """Whether there is such a task."""
        return task_id in self.task_dict

    def has_task_group(self, task_group_id: str) -> bool:
        """Whether there is such a task group."""
        return task_group_id in self.task_group_dict

    @property
    def task_group_dict(self) -> dict[str, TaskGroup]:
        """The task groups by id, the root group left out."""
        groups = self.task_group.get_task_group_dict()
        return {group_id: group for group_id, group in groups.items() if group_id is not None}

    @property
    def tasks(self) -> list[BaseOperator]:
        """All tasks, in order of definition."""
        return list(self.task_dict.values())

    @property
    def task_ids(self) -> list[str]:
        """All task ids, in order of definition."""
        return list(self.task_dict)

    @property
    def roots(self) -> list[BaseOperator]:
        """Tasks without an upstream."""
        return [task for task in self.tasks if not task.upstream_task_ids]

    @property
    def leaves(self) -> list[BaseOperator]:
        """Tasks without a downstream."""
        return [task for task in self.tasks if not task.downstream_task_ids]

    def topological_sort(self, include_subdag_tasks: bool = False) -> tuple[BaseOperator, ...]:
        """All tasks, each after its upstream tasks; ties in order of definition.

        Raises `AirflowDagCycleException` with the tasks of a cycle.
        """
        order = {task_id: index for index, task_id in enumerate(self.task_dict)}
        waiting = {task_id: len(task.upstream_task_ids) for task_id, task in self.task_dict.items()}
        ready = [order[task_id] for task_id, count in waiting.items() if not count]
        tasks = self.tasks
        heapq.heapify(ready)
        found: list[BaseOperator] = []
        while ready:
            task = tasks[heapq.heappop(ready)]
            found.append(task)
            for task_id in task.downstream_task_ids:
                waiting[task_id] -= 1
                if not waiting[task_id]:
                    heapq.heappush(ready, order[task_id])
        if len(found) < len(tasks):
            raise self._cycle({task_id for task_id, count in waiting.items() if count})
        return tuple(found)

    def _cycle(self, stuck: set[str]) -> AirflowDagCycleException:
        """The error for a cycle among tasks that never become ready: every one of them has a stuck upstream."""
        task_id = next(task_id for task_id in self.task_dict if task_id in stuck)
        trail: list[str] = []
        while task_id not in trail:
            trail.append(task_id)
            task_id = min(self.task_dict[task_id].upstream_task_ids & stuck, key=list(self.task_dict).index)
        cycle = [task_id, *reversed(trail[trail.index(task_id) :])]
        first = min(range(len(cycle) - 1), key=lambda index: list(self.task_dict).index(cycle[index]))
        ring = cycle[:-1]
        path = [*ring[first:], *ring[:first], ring[first]]
        return located(
            AirflowDagCycleException(
                f"the tasks of DAG {self.dag_id!r} wait for each other in a cycle: {' -> '.join(path)}",
                fix=f"remove one of these dependencies, for example {path[-2]} >> {path[-1]}",
            ),
            self.task_dict[path[0]].place,
        )

    def set_dependency(self, upstream_task_id: str, downstream_task_id: str) -> None:
        """Link two tasks by their ids.  Raises `TaskNotFound`."""
        self.get_task(upstream_task_id).set_downstream(self.get_task(downstream_task_id))

    def get_edge_info(self, upstream_task_id: str, downstream_task_id: str) -> dict[str, Any]:
        """What is known of a link: its label."""
        return self.edge_info.get(upstream_task_id, {}).get(downstream_task_id, {})

    def set_edge_info(self, upstream_task_id: str, downstream_task_id: str, info: dict[str, Any]) -> None:
        """Set what is known of a link."""
        self.edge_info.setdefault(upstream_task_id, {})[downstream_task_id] = info

    @property
    def task(self) -> TaskDecorators:
        """`@dag.task`: as `@task`, for this DAG."""
        return TaskDecorators(dag=self)

    def link_arguments(self) -> None:
        """Link tasks with those whose results were put into their template fields after they were made."""
        for task in self.tasks if not self.fixed_edges else ():
            task.link_arguments()

    def _read_doc(self, text: str | None) -> str | None:
        """A name that ends with `.md` is a file: as it is, or beside the DAG file.  Anything else is the text."""
        if text is None or not text.endswith(".md") or "\n" in text:
            return text
        path = Path(self.place.file).parent / text  # an absolute name stays what it is
        return path.read_text(encoding="utf-8") if path.is_file() else text

    # --- attributes -------------------------------------------------------------------------------------------

    def param(self, name: str, default: Any = NOTSET) -> DagParam:
        """A param of the DAG as an argument for a task."""
        return DagParam(self, name, default)

    def callbacks(self, kind: str) -> tuple[Callable[[Any], Any], ...]:
        """The callbacks of a kind (`on_failure_callback`, ...), one or many, as a tuple."""
        value = getattr(self, kind, None)
        return tuple(value) if isinstance(value, list | tuple) else (value,) if value is not None else ()

    @property
    def owner(self) -> str:
        """The owners of the tasks, with commas between them."""
        return ", ".join(sorted({task.owner for task in self.tasks}))

    @property
    def folder(self) -> str:
        """Folder of the DAG file."""
        return str(Path(self.fileloc).parent)

    @property
    def filepath(self) -> str:
        """Path of the DAG file."""
        return self.fileloc

    @property
    def safe_dag_id(self) -> str:
        """The id without dots."""
        return self.dag_id.replace(".", "__dot__")

    @property
    def schedule_interval(self) -> Any:
        """What was given as schedule."""
        return self.schedule

    @property
    def concurrency(self) -> int:
        """Airflow's old name of `max_active_tasks`."""
        return self.max_active_tasks

    @property
    def fail_stop(self) -> bool:
        """Airflow 2's name of `fail_fast`."""
        return self.fail_fast

    @property
    def timezone_name(self) -> str:
        """IANA name of the zone in which the schedule is read."""
        return timezone_name(self.timezone, self.start_date)

    def note(self, kind: str, message: str) -> None:
        """Tell the author something that does not stop the DAG."""
        self.notes.append(Note(kind, message, self.place.line))

    def get_template_env(self, *, force_sandboxed: bool = False, native: bool | None = None) -> jinja2.Environment:
        """The Jinja environment of this DAG's templates."""
        wanted = self.render_template_as_native_obj if native is None else native
        return make_environment(
            searchpath=[self.folder, *self.template_searchpath],
            native=wanted and not force_sandboxed,
            undefined=self.template_undefined,
            macros=self.user_defined_macros,
            filters=self.user_defined_filters,
            options=self.jinja_environment_kwargs,
        )

    def resolve_template_files(self) -> None:
        """Airflow's hook; template files are read when they are rendered."""

    def test(self, *args: Any, **kwargs: Any) -> Any:
        """Run the whole DAG once, here and now, with nothing recorded: see `runtime.dag_test.dag_test`."""
        return dag_args.runners()[0](self, *args, **kwargs)

    def cli(self) -> Any:
        """A small command line for this DAG, for `python my_dag.py`: see `runtime.dag_test.dag_cli`."""
        return dag_args.runners()[1](self)

    def partial_subset(
        self,
        task_ids: Any = (),
        include_downstream: bool = False,
        include_upstream: bool = True,
        include_direct_upstream: bool = False,
        **renamed: Any,
    ) -> DAG:
        """The chosen tasks, and those around them, as a DAG of their own: see `subset.partial_subset`."""
        found: DAG = subset.partial_subset(
            self,
            renamed.get("task_ids_or_regex", task_ids),
            include_downstream=include_downstream,
            include_upstream=include_upstream,
            include_direct_upstream=include_direct_upstream,
        )
        return found

    def __enter__(self) -> DAG:
        scope.push_dag(self)
        return self

    def __exit__(self, exc_type: object, *_exc: object) -> None:
        scope.pop_dag()
        if exc_type is None and self.auto_register:
            scope.register(self)

    def __repr__(self) -> str:
        return f"<DAG: {self.dag_id}>"

    def __deepcopy__(self, memo: dict[int, Any]) -> DAG:
        """Itself: deep copies of arguments must not copy the DAG behind them."""
        return self


def dag(dag_id: Any = "", *dag_args_: Any, **dag_kwargs: Any) -> Any:
    """Turn a function into a maker of a DAG: calling it makes the DAG from the tasks the function makes.

    The function's parameters become params of the DAG; its docstring is `doc_md` unless one is given.
    """

    def wrapper(function: Callable[..., Any]) -> Callable[..., DAG]:
        @functools.wraps(function)
        def factory(*args: Any, **kwargs: Any) -> DAG:
            bound = inspect.signature(function).bind(*args, **kwargs)
            bound.apply_defaults()
            made = DAG(name or function.__name__, *dag_args_, **dag_kwargs)
            if not made.doc_md and function.__doc__:
                made.doc_md = inspect.cleandoc(function.__doc__)
            with made:
                function(**{key: made.param(key, value) for key, value in bound.arguments.items()})
            return made

        return factory

    if callable(dag_id):
        function, name = cast("Callable[..., Any]", dag_id), ""
        return wrapper(function)
    name = dag_id or ""
    return wrapper
