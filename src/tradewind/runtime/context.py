"""The context of a task: what templates, callables and callbacks may use.  Airflow 2's and 3's keys side by side.

Called by `task_runner` and `inline`.  Values that cost something (earlier runs, macros) are made at first use.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from tradewind.authoring.context import Context
from tradewind.authoring.params import ParamsDict
from tradewind.errors import ParamValidationError
from tradewind.runtime import neighbours
from tradewind.runtime.accessors import ConnectionAccessor, VariableAccessors
from tradewind.runtime.asset_events import InletEvents, OutletEvents, TriggeringEvents, triggering_events
from tradewind.runtime.dag_run import RuntimeDagRun
from tradewind.runtime.state_stores import assets_of
from tradewind.runtime.task_instance import RuntimeTaskInstance

_DAY = timedelta(days=1)


def resolve_params(task: Any, dag: Any, conf: Mapping[str, Any]) -> dict[str, Any]:
    """The params of the DAG, of the task and of the run's conf, the later winning, checked against their schemas.

    Raises ParamValidationError naming the param.
    """
    # what a task asks people to fill in has no values yet
    asks = hasattr(type(task), "hitl_summary")
    params = ParamsDict(task.params if task is not None and not asks else dag.params)
    for name, value in conf.items():
        params[name] = value
    return params.validate()


def raw_params(task: Any, dag: Any, conf: Mapping[str, Any]) -> dict[str, Any]:
    """As `resolve_params`, unchecked: for callbacks of a task whose params were refused."""
    return {**ParamsDict(task.params if task is not None else dag.params).dump(), **conf}


def build_context(
    *,
    dag: Any,
    task: Any,
    ti: RuntimeTaskInstance,
    run: RuntimeDagRun,
    params: Mapping[str, Any] | None = None,
    test_mode: bool = False,
) -> tuple[Context, ParamValidationError | None]:
    """The context, bound to `ti`; and why the params are not valid, if so (the context then has them unchecked).

    `params`: values that win over those of the run's conf.
    """
    problem: ParamValidationError | None = None
    given = {**run.conf, **(params or {})}
    try:
        values = resolve_params(task, dag, given)
    except ParamValidationError as error:
        problem, values = error, raw_params(task, dag, given)
    context = Context(
        {
            "conn": ConnectionAccessor(),
            "dag": dag,
            "dag_run": run,
            "inlets": list(getattr(task, "inlets", None) or ()),
            "map_index_template": getattr(task, "map_index_template", None),
            "outlets": list(getattr(task, "outlets", None) or ()),
            "params": values,
            "run_id": run.run_id,
            "start_date": ti.start_date,
            "task": task,
            "task_instance": ti,
            "task_instance_key_str": _key(ti, run),
            "templates_dict": getattr(task, "templates_dict", None),
            "test_mode": test_mode,
            "ti": ti,
            "try_number": ti.try_number,
            "task_reschedule_count": ti.reschedules,
            "var": VariableAccessors(),
        }
    )
    _add_assets(context, task, run)
    context.add_lazy("task_state_store", ti.state_store)
    if assets := assets_of(task):
        context.add_lazy("asset_state_store", functools.partial(ti.asset_state_stores, assets))
    context.add_lazy("macros", _macros)
    context.add_lazy("conf", _configuration)
    _add_previous(context, run)
    if run.logical_date is not None:
        _add_dates(context, run)
    ti.bind(context)
    return context, problem


def _add_assets(context: Context, task: Any, run: RuntimeDagRun) -> None:
    """Keys about assets; what must be asked for is asked when it is first used."""
    run.find_events = lambda: triggering_events(run, run.request)
    context["outlet_events"] = OutletEvents(getattr(task, "outlets", None) or ())
    context["inlet_events"] = InletEvents(getattr(task, "inlets", None) or (), run.request)
    context["partition_key"], context["partition_date"] = run.partition_key, run.partition_date
    context.add_lazy("triggering_asset_events", lambda: TriggeringEvents(run.consumed_asset_events))
    context.add_lazy("triggering_dataset_events", lambda: TriggeringEvents(run.consumed_asset_events, by_uri=True))


def _key(ti: RuntimeTaskInstance, run: RuntimeDagRun) -> str:
    when = run.run_id if run.logical_date is None else run.logical_date.strftime("%Y%m%d")
    return f"{ti.dag_id}__{ti.task_id}__{when}"


def _macros() -> Any:
    from tradewind.authoring import macros  # loads random, dateutil, yaml: only for templates that use them
    from tradewind.authoring.plugins import macros_of_plugins

    for name, added in macros_of_plugins().items():
        if not hasattr(macros, name):
            setattr(macros, name, added)
    return macros


def _configuration() -> Any:
    from tradewind.authoring.conf import conf  # only for the few that read the configuration

    return conf


def _add_dates(context: Context, run: RuntimeDagRun) -> None:
    logical = run.logical_date
    assert logical is not None
    ds, ts = logical.strftime("%Y-%m-%d"), logical.isoformat()
    context.update(
        {
            "logical_date": logical,
            "execution_date": logical,
            "ds": ds,
            "ds_nodash": ds.replace("-", ""),
            "ts": ts,
            "ts_nodash": logical.strftime("%Y%m%dT%H%M%S"),
            "ts_nodash_with_tz": ts.replace("-", "").replace(":", ""),
            "data_interval_start": run.data_interval_start,
            "data_interval_end": run.data_interval_end,
        }
    )
    for name, shift in (("yesterday", -_DAY), ("tomorrow", _DAY)):
        day = (logical + shift).strftime("%Y-%m-%d")
        context[f"{name}_ds"] = day
        context[f"{name}_ds_nodash"] = day.replace("-", "")
    for name, later in (("next", True), ("prev", False)):
        _add_neighbour(context, name, functools.partial(neighbours.neighbour, context["dag"], run, later=later))


def _add_neighbour(context: Context, name: str, find: Callable[[], Any]) -> None:
    """`next_ds` and the like: found when one of the three names is first used."""

    def text(pattern: str) -> str | None:
        at = context[f"{name}_execution_date"]
        return None if at is None else at.strftime(pattern)

    context.add_lazy(f"{name}_execution_date", find)
    context.add_lazy(f"{name}_ds", lambda: text("%Y-%m-%d"))
    context.add_lazy(f"{name}_ds_nodash", lambda: text("%Y%m%d"))


def _add_previous(context: Context, run: RuntimeDagRun) -> None:
    """Keys about the newest successful run before this one: one question to the supervisor, when first used."""
    answer: list[RuntimeDagRun | None] = []

    def previous() -> RuntimeDagRun | None:
        if not answer:
            answer.append(run.get_previous_dagrun("success"))
        return answer[0]

    def attribute(name: str) -> Any:
        found = previous()
        return None if found is None else getattr(found, name)

    for name in ("data_interval_start", "data_interval_end", "start_date", "end_date", "execution_date"):
        context.add_lazy(f"prev_{name}_success", functools.partial(attribute, name))
