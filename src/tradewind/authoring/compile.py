"""A DAG object -> `DagSpec`, the plain value that all other rooms work with.  Called by parse processes and the CLI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from tradewind.authoring import compile_assets, defaults, operator_args
from tradewind.authoring.access import access_of
from tradewind.authoring.custom_timetables import spec_of
from tradewind.authoring.dag import DAG
from tradewind.authoring.dag_args import ARGUMENTS
from tradewind.authoring.deadlines import alerts, deadline_of, specs_of_task
from tradewind.authoring.lengths import length_of
from tradewind.authoring.mappable import mapped_group_of
from tradewind.authoring.mapped import MappedOperator
from tradewind.authoring.module_loading import qualname
from tradewind.authoring.operator import CALLBACKS, BaseOperator
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.params import Param, ParamsDict, check_schema
from tradewind.authoring.plugins import links_of
from tradewind.authoring.problems import Note, Place, located, nearest
from tradewind.authoring.schedules import AssetTriggeredTimetable
from tradewind.authoring.start_triggers import start_trigger
from tradewind.authoring.timezone import convert_to_utc
from tradewind.authoring.weights import weights_of
from tradewind.core.markers import readable
from tradewind.errors import AirflowTimetableInvalid, DagAuthoringError
from tradewind.spec.dag import DagSpec, DagWarning, GroupSpec, MarkerSpec, TaskSpec, TimetableSpec
from tradewind.spec.deadlines import DeadlineSpec
from tradewind.spec.states import TriggerRule

_ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
_OPERATOR_ARGUMENTS = BaseOperator.argument_names() | {"poke_interval", "timeout", "mode", "provide_context"}


def compile_dag(dag: DAG, *, fileloc: str, relative_fileloc: str) -> DagSpec:
    """The spec of a DAG.

    Raises a `DagAuthoringError` naming what is wrong and the fix: a cycle, a bad cron expression, a param without a
    value in a scheduled DAG, ...
    """
    dag.link_arguments()
    order = dag.topological_sort()
    timetable = _timetable(dag)
    trouble = _schedule_arguments(dag)
    _check_fail_fast(dag)
    _check_dates(dag)
    _check_params(dag, timetable)
    _check_mapping(order)
    return DagSpec(
        dag_id=dag.dag_id,
        dag_display_name=dag.dag_display_name,
        description=dag.description,
        doc_md=_doc(dag.doc_md),
        fileloc=fileloc,
        relative_fileloc=relative_fileloc,
        timetable=timetable,
        start_date=_utc(dag.start_date),
        end_date=_utc(dag.end_date),
        catchup=bool(dag.catchup),
        **trouble,
        max_active_runs=dag.max_active_runs,
        max_active_tasks=dag.max_active_tasks,
        max_consecutive_failed_dag_runs=dag.max_consecutive_failed_dag_runs,
        dagrun_timeout=dag.dagrun_timeout.total_seconds() if dag.dagrun_timeout is not None else None,
        deadlines=_deadlines(dag),
        fail_fast=dag.fail_fast,
        is_paused_upon_creation=dag.is_paused_upon_creation,
        tags=tuple(sorted(dag.tags)),
        access=access_of(dag.access_control),
        owners=tuple(sorted({task.owner for task in order})),
        owner_links={str(key): str(value) for key, value in dag.owner_links.items()},
        params=_params(f"DAG {dag.dag_id!r}", dag.params, dag.place),
        callbacks=tuple(name for name in ("on_success_callback", "on_failure_callback") if dag.callbacks(name)),
        default_args={str(name): _shown(value) for name, value in dag.default_args.items()},
        render_template_as_native_obj=dag.render_template_as_native_obj,
        tasks=tuple(_task(dag, task) for task in order),
        groups=_groups(dag),
        edge_labels=_labels(dag),
        assets=compile_assets.assets_of(dag),
        aliases=compile_assets.aliases_of(dag),
        asset_schedule=compile_assets.schedule_of(dag),
        warnings=tuple(_warnings(dag)),
    )


_PAST = (
    "depends_on_past", "ignore_first_depends_on_past", "wait_for_past_depends_before_skipping", "wait_for_downstream",
)  # fmt: skip


def _deadlines(dag: DAG) -> tuple[DeadlineSpec, ...]:
    where = f"DAG {dag.dag_id!r}"
    try:
        return tuple(deadline_of(where, alert) for alert in alerts(where, dag.deadline))
    except DagAuthoringError as error:
        raise located(error, dag.place) from None


def _previous(where: str, dag: DAG, task: BaseOperator) -> tuple[str, ...]:
    given = task.depends_on_previous_task_ids or ()
    named = tuple(dict.fromkeys([given] if isinstance(given, str) else given))
    for task_id in named:
        if not dag.has_task(task_id):
            raise located(
                DagAuthoringError(
                    f"{where}: depends_on_previous_task_ids names {task_id!r}, which is no task of the DAG",
                    fix="write full task ids, with the ids of their groups in front: group.task",
                ),
                task.place,
            )
    return named


def _task(dag: DAG, task: BaseOperator) -> TaskSpec:
    where = f"task {task.task_id!r} of DAG {dag.dag_id!r}"
    group = task.task_group.group_id if task.task_group is not None else None
    return TaskSpec(
        task_id=task.task_id,
        operator=task.task_type,
        operator_name=task.operator_name if task.operator_name != task.task_type else "",
        operator_module=task.operator_class.__module__,
        task_display_name=task.task_display_name if task.task_display_name != task.task_id else "",
        owner=task.owner,
        upstream=tuple(sorted(task.upstream_task_ids)),
        downstream=tuple(sorted(task.downstream_task_ids)),
        group=group,
        trigger_rule=task.trigger_rule,
        retries=task.retries,
        retry_delay=task.retry_delay.total_seconds(),
        retry_exponential_backoff=task.retry_exponential_backoff,
        max_retry_delay=task.max_retry_delay.total_seconds() if task.max_retry_delay is not None else None,
        longest_retry_delay=defaults.longest_retry_delay(),
        execution_timeout=task.execution_timeout.total_seconds() if task.execution_timeout is not None else None,
        start_date=_utc(task.start_date),
        end_date=_utc(task.end_date),
        pool=task.pool,
        pool_slots=task.pool_slots,
        priority_weight=task.priority_weight,
        weight_rule=task.weight_rule,
        weight_strategy=_strategy_name(task),
        weights=weights_of(task),
        queue=task.queue,
        executor=task.executor,
        **{name: bool(getattr(task, name)) for name in _PAST},
        depends_on_previous=_previous(where, dag, task),
        max_active_tis_per_dag=task.max_active_tis_per_dag,
        max_active_tis_per_dagrun=task.max_active_tis_per_dagrun,
        does_nothing=_does_nothing(task),
        is_setup=task.is_setup,
        is_teardown=task.is_teardown,
        on_failure_fail_dagrun=task.on_failure_fail_dagrun,
        start_trigger=start_trigger(where, task),
        marker=_marker(task),
        is_sensor=task.operator_class.is_sensor,
        reschedule=bool(getattr(task, "reschedule", False)) and task.operator_class.is_sensor,
        mapped=task.is_mapped,
        expand=length_of(task.expand_input) if isinstance(task, MappedOperator) else None,
        multiple_outputs=task.multiple_outputs,
        do_xcom_push=task.do_xcom_push,
        callbacks=tuple(name for name in CALLBACKS if task.callbacks(name)),
        deadlines=specs_of_task(where, task),
        email=operator_args.emails(task.email),
        email_on_failure=task.email_on_failure,
        email_on_retry=task.email_on_retry,
        template_fields=tuple(task.template_fields),
        extra_links=tuple((str(link.name), str(link.xcom_key)) for link in links_of(task)),
        params=_params(where, _own_params(dag, task), task.place),
        ui_color=task.ui_color,
        ui_fgcolor=task.ui_fgcolor,
        doc_md=_doc(task.doc_md),
        inlets=compile_assets.uses(task.inlets),
        outlets=compile_assets.uses(task.outlets),
    )


def _own_params(dag: DAG, task: BaseOperator) -> dict[str, Param]:
    return {
        name: param
        for name, param in task.params.items()
        if name not in dag.params or dag.params.get_param(name) != param
    }


def _strategy_name(task: BaseOperator) -> str:
    return qualname(type(task.weight_strategy)) if task.weight_strategy is not None else ""


def _does_nothing(task: BaseOperator) -> bool:
    cls = task.operator_class
    marker = _marker(task)
    if marker is not None and not readable(marker):
        return False  # a clear has to know what it stands for: a worker renders it
    plain = (cls.execute, cls.pre_execute, cls.post_execute) == (
        EmptyOperator.execute,
        BaseOperator.pre_execute,
        BaseOperator.post_execute,
    )
    hooks = task._pre_execute_hook or task._post_execute_hook or task.outlets
    return plain and not hooks and not any(task.callbacks(name) for name in CALLBACKS)


def _marker(task: BaseOperator) -> MarkerSpec | None:
    """Of an `ExternalTaskMarker`: what it stands for, with its templates."""
    if not task.operator_class.is_marker:
        return None
    shared = task.partial_kwargs if isinstance(task, MappedOperator) else vars(task)

    def text(name: str) -> str | None:
        value = shared.get(name)
        return value if isinstance(value, str) else None  # mapped, or the result of a task

    return MarkerSpec(
        dag_id=text("external_dag_id"),
        task_id=text("external_task_id"),
        logical_date=text("logical_date"),
        recursion_depth=shared.get("recursion_depth", MarkerSpec().recursion_depth),
    )


def _timetable(dag: DAG) -> TimetableSpec:
    try:
        return spec_of(dag.timetable)
    except DagAuthoringError as error:
        text = str(error.args[0]).split("\n")[0]
        raise located(AirflowTimetableInvalid(f"DAG {dag.dag_id!r}: {text}", fix=error.fix), dag.place) from None


def _schedule_arguments(dag: DAG) -> dict[str, Any]:
    """Checked again: a file may have set them on the DAG object."""
    try:
        return dag.check_schedule_arguments()
    except DagAuthoringError as error:
        raise located(error, dag.place) from None


def _check_fail_fast(dag: DAG) -> None:
    for task in dag.tasks if dag.fail_fast else ():
        if task.trigger_rule is not TriggerRule.ALL_SUCCESS and not task.is_teardown:
            raise located(
                DagAuthoringError(
                    f"DAG {dag.dag_id!r} has fail_fast, which allows only the trigger rule all_success, but task "
                    f"{task.task_id!r} has {task.trigger_rule.value}",
                    fix="remove fail_fast or the trigger rule",
                ),
                task.place,
            )


def _check_mapping(tasks: Iterable[BaseOperator]) -> None:
    for task in tasks:
        if isinstance(task, MappedOperator):
            task.check()
        group = mapped_group_of(task) if task.trigger_rule is TriggerRule.ALWAYS else None
        if group is not None:
            raise located(
                DagAuthoringError(
                    f"task {task.task_id!r} is in the mapped task group {group.group_id!r} and has the trigger rule "
                    "always, but it cannot run before the values are there",
                    fix="use the trigger rule all_done",
                ),
                task.place,
            )


def _check_dates(dag: DAG) -> None:
    if dag.start_date is not None and dag.end_date is not None and dag.end_date < dag.start_date:
        raise located(
            DagAuthoringError(
                f"DAG {dag.dag_id!r} ends ({dag.end_date.isoformat()}) before it starts ({dag.start_date.isoformat()})",
                fix="correct end_date or start_date",
            ),
            dag.place,
        )


def _check_params(dag: DAG, timetable: TimetableSpec) -> None:
    """A run made by the timetable is given no values: every param must have a valid one."""
    scheduled = timetable.kind != "none" or isinstance(dag.timetable, AssetTriggeredTimetable)
    for name, param in dag.params.items():
        problem = None
        if param.has_value:
            problem = check_schema(param.value, param.schema)
        elif scheduled:
            problem = "it has no default, and scheduled runs are given no value"
        # Airflow lets an unscheduled DAG keep a default that only a form may replace
        if problem and (scheduled or "cannot be written" in problem or "not a JSON schema" in problem):
            raise located(
                DagAuthoringError(
                    f"DAG {dag.dag_id!r}: param {name!r}: {problem}",
                    fix="give it a default that matches its schema, or schedule=None",
                ),
                dag.place,
            )


def _params(where: str, params: ParamsDict | Mapping[str, Param], place: Place | None) -> dict[str, Any]:
    dumped = {name: param.dump() for name, param in params.items()}
    try:
        return dict(msgspec.json.decode(msgspec.json.encode(_text_keys(dumped))))
    except (TypeError, ValueError, msgspec.MsgspecError) as error:
        raise located(
            DagAuthoringError(
                f"{where}: params cannot be written as JSON: {error}",
                fix="use text, numbers, lists and dicts",
            ),
            place,
        ) from None


def _text_keys(value: Any) -> Any:
    """The value with the keys of its dicts as JSON has them: None, True and False as the texts null, true and false."""
    if isinstance(value, Mapping):
        words = {None: "null", True: "true", False: "false"}
        return {
            words[key] if key is None or isinstance(key, bool) else key: _text_keys(item) for key, item in value.items()
        }
    return [_text_keys(item) for item in value] if isinstance(value, list | tuple) else value


def _groups(dag: DAG) -> tuple[GroupSpec, ...]:
    return tuple(
        GroupSpec(
            group_id=group_id,
            parent=group.parent_group.group_id if group.parent_group is not None else None,
            display_name=group.label or group_id,
            tooltip=group.tooltip,
            expand=length_of(group.expand_input) if group.expand_input is not None else None,
        )
        for group_id, group in dag.task_group_dict.items()
    )


def _labels(dag: DAG) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        sorted(
            (up, down, str(info["label"]))
            for up, ends in dag.edge_info.items()
            for down, info in ends.items()
            if info.get("label")
        )
    )


def _warnings(dag: DAG) -> Iterable[DagWarning]:
    notes = [*dag.notes, *(note for task in dag.tasks for note in task.notes), *_misplaced(dag)]
    return (DagWarning(kind=note.kind, message=note.message, line=note.line) for note in dict.fromkeys(notes))


def _misplaced(dag: DAG) -> Iterable[Note]:
    """Keys of `default_args` that do nothing, which Airflow ignores silently: those of the DAG, and misspelt ones."""
    accepted = set(_OPERATOR_ARGUMENTS).union(*(type(task).argument_names() for task in dag.tasks))
    holders: list[tuple[str, Mapping[str, Any], Place]] = [(f"DAG {dag.dag_id!r}", dag.default_args, dag.place)]
    holders += [
        (f"task group {group.group_id!r} of DAG {dag.dag_id!r}", group.default_args, group.place)
        for group in dag.task_group_dict.values()
    ]
    seen: set[str] = set()
    for where, default_args, place in holders:
        for key in map(str, default_args):
            if key in accepted or key in seen:
                continue
            seen.add(key)
            if key in ARGUMENTS:
                yield Note(
                    "dag_argument_in_default_args",
                    f"{where}: {key!r} in default_args has no effect: default_args are for tasks, and {key} is "
                    f"an argument of the DAG. Write DAG({dag.dag_id!r}, {key}={_shown(default_args[key])}, ...) "
                    "and take it out of default_args.",
                    place.line,
                )
            elif guess := nearest(key, accepted.union(ARGUMENTS), cutoff=0.8):
                yield Note(
                    "unknown_default_arg",
                    f"{where}: {key!r} in default_args has no effect: no task takes it. Did you mean {guess!r}?",
                    place.line,
                )


def _shown(value: Any) -> str:
    """The repr, the same in every process: functions by name, no memory addresses, sets sorted."""
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(_shown, value))) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_shown(key)}: {_shown(item)}" for key, item in value.items()) + "}"
    name = getattr(value, "__qualname__", None)
    if callable(value) and isinstance(name, str):
        return name
    try:
        return _ADDRESS.sub("", repr(value))
    except Exception as error:  # a repr of the user's own may fail; showing the rest matters more
        return f"<{type(value).__name__}, whose repr raised {type(error).__name__}>"


def _utc(value: datetime | None) -> datetime | None:
    """A plain datetime in UTC (pendulum's is a subclass that does not belong into a spec)."""
    if value is None:
        return None
    moment = convert_to_utc(value)
    return datetime(
        moment.year,
        moment.month,
        moment.day,
        moment.hour,
        moment.minute,
        moment.second,
        moment.microsecond,
        tzinfo=UTC,
    )


def _doc(value: Any) -> str | None:
    return None if value is None else str(value)
