"""`BaseOperator`: what every task is.

Airflow: `BaseOperator` of `airflow.models`, `airflow.models.baseoperator`, `airflow.sdk`.

A worker calls `prepare_for_execution()` (a copy, because the DAG stays loaded), `render_template_fields(context)`,
`pre_execute`, `execute`, `post_execute`; to stop a task, `on_kill`.  An operator that skips downstream tasks calls
`context["ti"].skip_downstream(task_ids)` with the ids of all tasks to skip, direct or not.
"""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import logging
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from typing import Any, ClassVar, NoReturn

from tradewind.authoring import defaults, operator_args, scope
from tradewind.authoring.deferral import Deferrable
from tradewind.authoring.node import TaskNode
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operator_meta import OperatorMeta, merged_defaults
from tradewind.authoring.params import ParamsDict
from tradewind.authoring.problems import (
    ArgumentTypeError,
    Note,
    Place,
    check_key,
    located,
    place_of_caller,
    unknown_argument,
)
from tradewind.authoring.retry_policy import check_policy
from tradewind.authoring.setup_scope import InSetupScope, note_task
from tradewind.authoring.taskgroup import TaskGroup
from tradewind.authoring.templates import Templater
from tradewind.authoring.timezone import aware_from_user, convert_to_utc
from tradewind.authoring.weights import PriorityWeightStrategy, rule_of
from tradewind.authoring.xcom_arg import XComArg, iter_references
from tradewind.errors import DagAuthoringError
from tradewind.spec.ids import DEFAULT_POOL, DEFAULT_QUEUE
from tradewind.spec.states import TriggerRule, WeightRule

DEFAULT_OWNER = "airflow"
DEFAULT_POOL_SLOTS = 1
DEFAULT_PRIORITY_WEIGHT = 1
CALLBACKS = (
    "on_execute_callback", "on_failure_callback", "on_success_callback", "on_retry_callback", "on_skipped_callback",
)  # fmt: skip


class BaseOperator(Templater, Deferrable, InSetupScope, TaskNode, metaclass=OperatorMeta):
    """One task of a DAG.  Subclasses implement `execute(context)` and name their `template_fields`."""

    template_fields: Collection[str] = ()
    template_ext: Sequence[str] = ()
    template_fields_renderers: ClassVar[dict[str, str]] = {}
    ui_color: str = "#fff"
    ui_fgcolor: str = "#000"
    operator_extra_links: Collection[Any] = ()
    shallow_copy_attrs: Sequence[str] = ()
    is_mapped: ClassVar[bool] = False
    is_sensor: ClassVar[bool] = False
    is_marker: ClassVar[bool] = False
    """Whether it stands for a task of another DAG, as an `ExternalTaskMarker` does."""
    is_setup: bool = False
    is_teardown: bool = False
    on_failure_fail_dagrun: bool = False
    _place: Place | None = None
    _results: Set[int] = frozenset()
    """Ids of values that came from other tasks into a mapped one."""

    def __init__(
        self,
        *,
        task_id: str,
        owner: str = DEFAULT_OWNER,
        email: str | Sequence[str] | None = None,
        email_on_retry: bool = True,
        email_on_failure: bool = True,
        retries: int | None = NOTSET,  # type: ignore[assignment]
        retry_delay: Any = NOTSET,
        retry_exponential_backoff: bool | float = False,
        max_retry_delay: dt.timedelta | float | None = None,
        start_date: dt.datetime | str | None = None,
        end_date: dt.datetime | str | None = None,
        depends_on_past: bool = False,
        ignore_first_depends_on_past: bool = True,
        wait_for_past_depends_before_skipping: bool = False,
        wait_for_downstream: bool = False,
        depends_on_previous_task_ids: str | Sequence[str] | None = None,
        dag: Any = None,
        params: Mapping[str, Any] | None = None,
        default_args: Mapping[str, Any] | None = None,
        priority_weight: int = DEFAULT_PRIORITY_WEIGHT,
        weight_rule: WeightRule | str | PriorityWeightStrategy | type[PriorityWeightStrategy] = WeightRule.DOWNSTREAM,
        queue: str | None = DEFAULT_QUEUE,
        pool: str | None = None,
        pool_slots: int = DEFAULT_POOL_SLOTS,
        sla: dt.timedelta | None = None,
        deadline: Any = None,
        execution_timeout: Any = NOTSET,
        on_execute_callback: Any = None,
        on_failure_callback: Any = None,
        on_success_callback: Any = None,
        on_retry_callback: Any = None,
        on_skipped_callback: Any = None,
        pre_execute: Callable[[Any], None] | None = None,
        post_execute: Callable[[Any, Any], None] | None = None,
        trigger_rule: TriggerRule | str = TriggerRule.ALL_SUCCESS,
        resources: Mapping[str, Any] | None = None,
        run_as_user: str | None = None,
        task_concurrency: int | None = None,
        map_index_template: str | None = None,
        max_active_tis_per_dag: int | None = None,
        max_active_tis_per_dagrun: int | None = None,
        executor: str | None = None,
        executor_config: Mapping[str, Any] | None = None,
        do_xcom_push: bool = True,
        multiple_outputs: bool = False,
        inlets: Any = None,
        outlets: Any = None,
        task_group: TaskGroup | None = None,
        doc: str | None = None,
        doc_md: str | None = None,
        doc_json: str | None = None,
        doc_yaml: str | None = None,
        doc_rst: str | None = None,
        task_display_name: str | None = None,
        logger_name: str | None = None,
        allow_nested_operators: bool = True,
        retry_policy: Any = None,
        render_template_as_native_obj: bool | None = None,
        **kwargs: Any,
    ) -> None:
        self._dag: Any = None
        self.notes: list[Note] = []
        self.upstream_task_ids: set[str] = set()
        self.downstream_task_ids: set[str] = set()
        dag, group = self._name_task(task_id, dag, task_group)
        where = self._where(dag)
        for name in kwargs:
            raise located(unknown_argument(where, name, type(self).argument_names()), self._place)
        self.owner = owner
        self.email = email
        self.email_on_retry, self.email_on_failure = email_on_retry, email_on_failure
        self.depends_on_past = bool(depends_on_past or wait_for_downstream or depends_on_previous_task_ids)
        self.depends_on_previous_task_ids = depends_on_previous_task_ids
        self.ignore_first_depends_on_past = ignore_first_depends_on_past
        self.wait_for_past_depends_before_skipping = wait_for_past_depends_before_skipping
        self.wait_for_downstream = wait_for_downstream
        self.queue = queue or DEFAULT_QUEUE
        self.pool = pool or DEFAULT_POOL
        self.sla, self.resources, self.run_as_user = sla, resources, run_as_user
        self.deadline = deadline
        self.map_index_template = map_index_template
        self.executor_config = dict(executor_config or {})
        self.do_xcom_push, self.multiple_outputs = do_xcom_push, multiple_outputs
        self.inlets, self.outlets = operator_args.asset_list(inlets), operator_args.asset_list(outlets)
        self.doc, self.doc_md, self.doc_json, self.doc_yaml, self.doc_rst = (
            doc,
            doc_md,
            doc_json,
            doc_yaml,
            doc_rst,
        )
        self.task_display_name = task_display_name or self.task_id
        self.logger_name = logger_name
        self.allow_nested_operators = allow_nested_operators
        self.render_template_as_native_obj = render_template_as_native_obj
        self._pre_execute_hook, self._post_execute_hook = pre_execute, post_execute
        try:
            self.retries = operator_args.retries(where, retries, defaults.task_retries)
            self.retry_delay = (
                defaults.task_retry_delay()
                if retry_delay is NOTSET or retry_delay is None
                else operator_args.duration(where, "retry_delay", retry_delay)
            )
            self.retry_exponential_backoff = operator_args.exponential_backoff(where, retry_exponential_backoff)
            self.retry_policy = check_policy(where, retry_policy)
            self.max_retry_delay = operator_args.optional_duration(where, "max_retry_delay", max_retry_delay)
            self.execution_timeout = operator_args.execution_timeout(
                where, defaults.task_execution_timeout() if execution_timeout is NOTSET else execution_timeout
            )
            self.start_date = convert_to_utc(aware_from_user(where, "start_date", start_date))
            self.end_date = convert_to_utc(aware_from_user(where, "end_date", end_date))
            self.priority_weight = operator_args.whole(where, "priority_weight", priority_weight)
            self.weight_rule, self.weight_strategy = rule_of(where, weight_rule)
            self.executor = operator_args.executor(where, executor)
            self.trigger_rule = operator_args.trigger_rule(where, trigger_rule)
            self.pool_slots = operator_args.whole(where, "pool_slots", pool_slots, 1)
            self.max_active_tis_per_dag = operator_args.optional_whole(
                where, "max_active_tis_per_dag", max_active_tis_per_dag or task_concurrency
            )
            self.max_active_tis_per_dagrun = operator_args.optional_whole(
                where, "max_active_tis_per_dagrun", max_active_tis_per_dagrun
            )
            for name, value in zip(
                CALLBACKS,
                (
                    on_execute_callback,
                    on_failure_callback,
                    on_success_callback,
                    on_retry_callback,
                    on_skipped_callback,
                ),
                strict=True,
            ):
                setattr(self, name, operator_args.callback(where, name, value))
        except DagAuthoringError as error:
            raise located(error, self._place) from None
        self._note_what_is_ignored(where)
        self._merge_params(dag, group, params, default_args)
        if dag is not None:
            dag.add_task(self, group=group)
        note_task(self)

    # --- construction -----------------------------------------------------------------------------------------

    def _name_task(self, task_id: Any, dag: Any, group: TaskGroup | None) -> tuple[Any, TaskGroup | None]:
        dag = dag or (group.dag if group is not None else None) or scope.current_dag()
        group = group or scope.current_group(dag)
        if dag is None and group is not None:
            dag = group.dag
        try:
            check_key("task_id", task_id)
            self._label: str = task_id
            self.task_id = group.child_id(task_id) if group is not None else task_id
            check_key("task_id", self.task_id)
        except DagAuthoringError as error:
            raise located(error, self._place) from None
        self.task_group: TaskGroup | None = group
        return dag, group

    def _where(self, dag: Any) -> str:
        of = f" of DAG {dag.dag_id!r}" if dag is not None else ""
        return f"task {self.task_id!r} ({type(self).__name__}){of}"

    def _note_what_is_ignored(self, where: str) -> None:
        for name, advice in (
            ("run_as_user", "run the worker as that user"),
            ("resources", "set the resources on the executor"),
        ):
            if getattr(self, name) is not None:
                self.note("argument_ignored", f"{where}: {name} is accepted but has no effect; {advice}.")

    def _merge_params(self, dag: Any, group: Any, params: Any, own: Mapping[str, Any] | None) -> None:
        given = merged_defaults(dag, group, own or self.__dict__.get("_own_default_args")).get("params")
        base = ParamsDict(dag.params) if dag is not None else ParamsDict()
        self.params = base.deep_merge(ParamsDict(given) if given else None).deep_merge(
            params if isinstance(params, ParamsDict) else ParamsDict(params)
        )

    def after_init(self) -> None:
        """Called once the operator is made: link it with the tasks whose results its template fields hold."""
        self.link_arguments()

    def link_arguments(self) -> None:
        """Make the tasks whose results the template fields hold upstream tasks."""
        for name in self.template_fields:
            for operator, _key in iter_references(getattr(self, name, None)):
                if operator is not self and operator.task_id not in self.upstream_task_ids:
                    self.set_upstream(operator)

    def note(self, kind: str, message: str) -> None:
        """Tell the author something that does not stop the DAG."""
        self.notes.append(Note(kind, message, self._place.line if self._place else None))

    # --- the task in its DAG ----------------------------------------------------------------------------------

    @property
    def dag(self) -> Any:
        """The DAG.  Raises `DagAuthoringError` when the task has none."""
        if self._dag is None:
            raise DagAuthoringError(
                f"task {self.task_id!r} belongs to no DAG yet",
                fix="make it inside `with DAG(...):` or pass dag=dag",
            )
        return self._dag

    @dag.setter
    def dag(self, dag: Any) -> None:
        if dag is None:
            self._dag = None
        else:
            dag.add_task(self)

    @property
    def label(self) -> str:
        """The task id without the group's prefix."""
        return self._label

    @property
    def place(self) -> Place | None:
        """Where user code made the operator."""
        return self._place

    @property
    def task_type(self) -> str:
        """Class name."""
        return type(self).__name__

    @property
    def operator_class(self) -> type[BaseOperator]:
        """The class."""
        return type(self)

    @property
    def operator_name(self) -> str:
        """Name to show: the decorator's, or the class name."""
        return getattr(self, "custom_operator_name", None) or type(self).__name__

    @property
    def inherits_from_empty_operator(self) -> bool:
        """Whether it is an EmptyOperator."""
        return bool(getattr(self, "_is_empty", False))

    @property
    def output(self) -> XComArg:
        """The return value, to be given to other tasks."""
        return XComArg(self)

    def callbacks(self, kind: str) -> tuple[Callable[[Any], Any], ...]:
        """The callbacks of a kind (`on_failure_callback`, ...), one or many, as a tuple."""
        value = getattr(self, kind, None)
        return tuple(value) if isinstance(value, list | tuple) else (value,) if value is not None else ()

    def as_setup(self) -> BaseOperator:
        """Make it a setup task."""
        self.is_setup = True
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: Any = NOTSET) -> BaseOperator:
        """Make it a teardown task: it runs when its setups succeeded, whatever became of the work between."""
        self.is_teardown = True
        if self.trigger_rule is TriggerRule.ALL_SUCCESS:
            self.trigger_rule = TriggerRule.ALL_DONE_SETUP_SUCCESS
        if on_failure_fail_dagrun is not NOTSET:
            self.on_failure_fail_dagrun = bool(on_failure_fail_dagrun)
        for setup in setups if isinstance(setups, list | tuple | set) else [] if setups is None else [setups]:
            task = setup.operator if isinstance(setup, XComArg) else setup
            if not isinstance(task, BaseOperator):
                raise located(
                    ArgumentTypeError(
                        f"task {self.task_id!r}: as_teardown() got {setup!r} of type {type(setup).__name__} as a setup",
                        fix="give the setup tasks: as_teardown(setups=[create_cluster])",
                    ),
                    place_of_caller(),
                )
            task.as_setup()
            self.set_upstream(task)
        return self

    @classmethod
    def partial(cls, **kwargs: Any) -> Any:
        """The arguments that all instances of a mapped task share; go on with `.expand(...)`."""
        # a mapped task is an operator, too: its module builds on this one, and is found by its name
        return importlib.import_module("tradewind.authoring.mapped").OperatorPartial(cls, kwargs)

    @classmethod
    def expand(cls, **kwargs: Any) -> NoReturn:
        """Raises `DagAuthoringError`: `partial` comes first, because a task needs an id."""
        raise DagAuthoringError(
            f"{cls.__name__}.expand() needs a task_id first",
            fix=f"write {cls.__name__}.partial(task_id=...).expand(...)",
        )

    # --- running ----------------------------------------------------------------------------------------------

    def prepare_for_execution(self) -> BaseOperator:
        """A copy for one attempt: rendering and running change its attributes, never those of the loaded DAG."""
        return copy.copy(self)

    def execute(self, context: Any) -> Any:
        """Do the work; what it returns is the task's XCom `return_value`.  Subclasses implement it."""
        raise NotImplementedError(f"{type(self).__name__} does not implement execute(self, context)")

    def pre_execute(self, context: Any) -> None:
        """Called right before `execute`: runs the `pre_execute=` function."""
        if self._pre_execute_hook is not None:
            self._pre_execute_hook(context)

    def post_execute(self, context: Any, result: Any = None) -> None:
        """Called right after `execute` succeeded: runs the `post_execute=` function."""
        if self._post_execute_hook is not None:
            self._post_execute_hook(context, result)

    def on_kill(self) -> None:
        """Called when the task is stopped from outside: end what would survive the process."""

    def render_template_fields(self, context: Any, jinja_env: Any = None) -> None:
        """Render the template fields in place; results of tasks that were mapped over stay as they are.

        Operators of provider packages override it with these arguments.  Raises what a template raises, and names
        the field.
        """
        env = jinja_env
        if env is None and self._dag is not None:
            env = self._dag.get_template_env(native=self.render_template_as_native_obj)
        elif env is None:
            env = self.get_template_env()
        self.prepare_template()
        self.render_fields(self, self.template_fields, context, env, set(self._results))

    @property
    def log(self) -> logging.Logger:
        """The task's logger; what it logs is in the attempt's log."""
        name = self.logger_name or f"{type(self).__module__}.{type(self).__qualname__}"
        return logging.getLogger(f"airflow.task.operators.{name}")

    @property
    def logger(self) -> logging.Logger:
        """The same as `log`."""
        return self.log

    def xcom_push(self, context: Any, key: str, value: Any) -> None:
        """Push an XCom of this attempt."""
        context["ti"].xcom_push(key=key, value=value)

    @staticmethod
    def xcom_pull(context: Any, **kwargs: Any) -> Any:
        """Pull XComs: see `ti.xcom_pull`."""
        return context["ti"].xcom_pull(**kwargs)

    def __repr__(self) -> str:
        return f"<Task({type(self).__name__}): {self.task_id}>"

    def __lt__(self, other: BaseOperator) -> bool:
        return self.task_id < other.task_id
