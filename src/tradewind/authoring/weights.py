"""Weight strategies: priority weights that are computed by code of the user's own.

Airflow: `PriorityWeightStrategy` of `airflow.task.priority_strategy`.  The scheduler runs no code of users, so a
strategy is asked when the DAG file is loaded, once for each try that a task can have; the answers are part of the DAG.
Used by `operator` (what `weight_rule=` takes) and `compile` (the weights).
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from typing import Any

from tradewind.authoring import operator_args
from tradewind.authoring.module_loading import import_string, qualname
from tradewind.authoring.plugins import plugins
from tradewind.authoring.problems import ArgumentValueError, located
from tradewind.errors import AirflowException, DagAuthoringError
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.states import WeightRule

MOST_TRIES = 100
"""Later tries have the weight of this one."""
MAX_WEIGHT, MIN_WEIGHT = 2**31 - 1, -(2**31)


class PriorityWeightStrategy(ABC):
    """Base of strategies; give one, its class or its dotted path as `weight_rule`."""

    @abstractmethod
    def get_weight(self, ti: Any) -> int:
        """The effective weight of a try.  `ti` has what is known when the DAG file is loaded: see `WeighedTry`."""

    @classmethod
    def deserialize(cls, data: dict[str, Any]) -> PriorityWeightStrategy:
        """From what `serialize` returned."""
        return cls(**data)

    def serialize(self) -> dict[str, Any]:
        """The arguments of the strategy."""
        return {}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.serialize() == other.serialize()

    def __hash__(self) -> int:
        return hash((type(self), repr(sorted(self.serialize().items()))))


class WeighedTry:
    """What a strategy is given as `ti`: a try of a task in no run.

    Everything that only a run has (`run_id`, `logical_date`, `dag_run`, `state`, ...) raises an `AttributeError` that
    says so.
    """

    def __init__(self, task: Any, try_number: int) -> None:
        self.task = task
        self.dag = task.dag
        self.task_id, self.dag_id = task.task_id, task.dag.dag_id
        self.try_number = try_number
        self.max_tries = task.retries
        self.map_index = NOT_MAPPED
        self.pool, self.pool_slots, self.queue = task.pool, task.pool_slots, task.queue
        self.priority_weight = task.priority_weight
        self.executor, self.executor_config = task.executor, task.executor_config
        self.operator = task.operator_name

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(
            f"ti.{name} is not known to a weight strategy: weights are computed when the DAG file is loaded, and no "
            "run exists then; ti has task, dag, task_id, dag_id, try_number, max_tries, map_index, priority_weight, "
            "pool, pool_slots, queue, executor, executor_config, operator"
        )


def rule_of(where: str, value: Any) -> tuple[WeightRule, PriorityWeightStrategy | None]:
    """What `weight_rule=` says: a rule, or a strategy in place of one (the rule is then `absolute`).

    Raises `ArgumentTypeError` or `ArgumentValueError`.
    """
    if isinstance(value, str) and not isinstance(value, WeightRule) and "." in value:
        value = _by_path(where, value)
    if inspect.isclass(value) and issubclass(value, PriorityWeightStrategy):
        try:
            value = value()
        except TypeError as error:
            raise ArgumentValueError(
                f"{where}: weight_rule={value.__name__} cannot be made without arguments: {error}",
                fix=f"give an object, weight_rule={value.__name__}(...)",
            ) from None
    if isinstance(value, PriorityWeightStrategy):
        return WeightRule.ABSOLUTE, value
    return operator_args.weight_rule(where, value), None


def weights_of(task: Any) -> tuple[int, ...]:
    """The weights of the tries of a task with a strategy; empty for any other.

    Raises `DagAuthoringError` with the line of the task when the strategy fails, or does not always say the same.
    """
    strategy = task.weight_strategy
    if strategy is None:
        return ()
    name = type(strategy).__name__
    where = f"task {task.task_id!r} of DAG {task.dag.dag_id!r}"
    tries = range(1, min(task.retries + 1, MOST_TRIES) + 1)
    found = tuple(_ask(strategy, task, number, where) for number in tries)
    if found != tuple(_ask(strategy, task, number, where) for number in tries):
        raise located(
            DagAuthoringError(
                f"{where}: {name}.get_weight() does not say the same each time; weights are part of the DAG, and each "
                "load of the file would make a new version of it",
                fix="use only the task and the number of its try",
            ),
            task.place,
        )
    while len(found) > 1 and found[-1] == found[-2]:
        found = found[:-1]
    return found


def _ask(strategy: PriorityWeightStrategy, task: Any, number: int, where: str) -> int:
    name = type(strategy).__name__
    try:
        weight: object = strategy.get_weight(WeighedTry(task, number))
    except Exception as error:
        raise located(
            DagAuthoringError(
                f"{where}: {name}.get_weight() failed for try {number}: {type(error).__name__}: {error}",
                fix="use only what is known when the DAG file is loaded",
            ),
            task.place,
        ) from error
    if isinstance(weight, bool) or not isinstance(weight, int | float) or weight != weight:
        raise located(
            DagAuthoringError(
                f"{where}: {name}.get_weight() returned {weight!r} for try {number}", fix="return a whole number"
            ),
            task.place,
        )
    return int(max(MIN_WEIGHT, min(MAX_WEIGHT, weight)))


def strategies() -> dict[str, type[PriorityWeightStrategy]]:
    """Dotted path -> class, of those that plugins register as `priority_weight_strategies`."""
    return {qualname(cls): cls for plugin in plugins() for cls in plugin.priority_weight_strategies}


def validate_and_load_priority_weight_strategy(value: Any) -> PriorityWeightStrategy:
    """The strategy that a value of `weight_rule=` stands for.  Raises `AirflowException`."""
    rule, strategy = rule_of("weight_rule", value if value is not None else WeightRule.ABSOLUTE)
    return strategy if strategy is not None else _BUILT_IN[rule]()


def _by_path(where: str, path: str) -> Any:
    known = strategies()
    if path in known:
        return known[path]
    try:
        found = import_string(path)
    except Exception as error:  # a module of the user's may raise anything while it is imported
        more = f"; plugins register {', '.join(sorted(known))}" if known else ""
        raise ArgumentValueError(
            f"{where}: weight_rule={path!r} cannot be found: {type(error).__name__}: {error}{more}",
            fix="write the path of a PriorityWeightStrategy, as package.module.Class",
        ) from None
    if not (inspect.isclass(found) and issubclass(found, PriorityWeightStrategy)):
        raise ArgumentValueError(
            f"{where}: weight_rule={path!r} is no PriorityWeightStrategy", fix="write the path of a subclass of it"
        )
    return found


class _Relatives(PriorityWeightStrategy):
    """A rule as a strategy, for strategies of users that build on it."""

    upstream: bool | None = None

    def get_weight(self, ti: Any) -> int:
        if ti.task is None:
            raise AirflowException("a weight needs the task of its task instance")
        weight: int = ti.task.priority_weight
        if self.upstream is not None:
            relatives = ti.task.get_flat_relative_ids(upstream=self.upstream)
            weight += sum(ti.task.dag.get_task(task_id).priority_weight for task_id in relatives)
        return max(MIN_WEIGHT, min(MAX_WEIGHT, weight))


class _AbsolutePriorityWeightStrategy(_Relatives):
    """The task's own weight."""


class _DownstreamPriorityWeightStrategy(_Relatives):
    """Its own, and those of all tasks below it."""

    upstream = False


class _UpstreamPriorityWeightStrategy(_Relatives):
    """Its own, and those of all tasks above it."""

    upstream = True


_BUILT_IN: dict[WeightRule, type[PriorityWeightStrategy]] = {
    WeightRule.ABSOLUTE: _AbsolutePriorityWeightStrategy,
    WeightRule.DOWNSTREAM: _DownstreamPriorityWeightStrategy,
    WeightRule.UPSTREAM: _UpstreamPriorityWeightStrategy,
}
