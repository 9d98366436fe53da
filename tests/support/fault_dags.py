"""Random DAGs for `support.faults`: all that a DAG may say about its tasks, mixed at random."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import msgspec

from support.engine import DAILY, START, dag
from tradewind.spec.dag import DagSpec, GroupSpec, LengthSpec, StartTrigger
from tradewind.spec.states import TriggerRule, WeightRule

POOLS = ("narrow", "other")
RULES = [*TriggerRule, *[TriggerRule.ALL_SUCCESS] * 12]
START_TRIGGER = StartTrigger(trigger_class="x.Start", next_method="started")


def random_dag(r: Random, dag_id: str) -> DagSpec:
    """A DAG of up to seven tasks."""
    count = r.choice([0, 1, 2, 4, 7])
    names = [f"t{i}" for i in range(count)]
    shape = {n: r.sample(names[:i], r.randint(0, min(i, 3))) for i, n in enumerate(names)}
    past = r.random() < 0.3
    fields: dict[str, dict[str, Any]] = {name: _fields(r, past) for name in names}
    groups: list[GroupSpec] = []
    if names and r.random() < 0.6:
        groups = _map(r, names, shape, fields)
    spec = dag(
        dag_id,
        shape,
        fields=fields,
        groups=tuple(groups),
        timetable=DAILY,
        catchup=r.random() < 0.5,
        end_date=START + timedelta(days=r.randint(2, 5)),
        max_active_runs=r.choice([1, 2, 16]),
        max_active_tasks=r.choice([1, 3, 16]),
        max_consecutive_failed_dag_runs=r.choice([0, 0, 0, 2]),
        overlap=r.choice(["queue", "queue", "queue", "skip", "cancel_running"]),
        fail_fast=r.random() < 0.2,
        dagrun_timeout=r.choice([None, None, None, None, 3600.0, 300.0]),
        callbacks=r.choice([(), ("on_success_callback", "on_failure_callback")]),
    )
    if r.random() < 0.2 and len(names) > 1:
        spec = msgspec.structs.replace(spec, tasks=tuple(_setup(task) for task in spec.tasks))
    return spec


def _fields(r: Random, past: bool) -> dict[str, Any]:
    return {
        "trigger_rule": r.choice(RULES),
        "retries": r.choice([0, 0, 1, 3]),
        "retry_delay": r.choice([0.0, 30.0, 600.0]),
        "retry_exponential_backoff": r.choice([0.0, 0.0, 2.0]),
        "execution_timeout": r.choice([None, None, 1000.0]),
        "pool": r.choice([*POOLS, "default_pool", "default_pool"]),
        "pool_slots": r.choice([1, 1, 2]),
        "priority_weight": r.randint(1, 3),
        "weight_rule": r.choice(list(WeightRule)),
        "depends_on_past": past and r.random() < 0.5,
        "wait_for_downstream": past and r.random() < 0.2,
        "wait_for_past_depends_before_skipping": past and r.random() < 0.3,
        "max_active_tis_per_dag": r.choice([None, None, 1]),
        "max_active_tis_per_dagrun": r.choice([None, None, 1]),
        "does_nothing": r.random() < 0.1,
        "is_teardown": r.random() < 0.05,
        "start_trigger": START_TRIGGER if r.random() < 0.1 else None,
        "callbacks": r.choice([(), ("on_failure_callback", "on_retry_callback", "on_success_callback")]),
    }


def _map(
    r: Random, names: list[str], shape: dict[str, list[str]], fields: dict[str, dict[str, Any]]
) -> list[GroupSpec]:
    """Some tasks are mapped, over literals or results of tasks above, and perhaps there is a mapped group."""
    groups = []
    if r.random() < 0.5:
        first = r.randrange(len(names))
        members = names[first : first + r.randint(1, 3)]
        source = r.choice([None, *names[:first]])
        for name in members:
            fields[name]["group"] = "g"
            fields[name]["start_trigger"] = None  # of what is mapped a worker makes the trigger
            if source is not None and not set(shape[name]) & set(members) and source not in shape[name]:
                shape[name].append(source)
        groups.append(GroupSpec(group_id="g", expand=_length(r, [source] if source else [])))
    for i, name in enumerate(names):
        if "group" in fields[name] or r.random() < 0.6:
            continue
        sources = r.sample(names[:i], min(i, r.randint(0, 2)))
        shape[name] += [source for source in sources if source not in shape[name]]
        fields[name] |= {"mapped": True, "expand": _length(r, sources), "start_trigger": None}
    return groups


def _length(r: Random, sources: list[str]) -> LengthSpec:
    if not sources:
        return LengthSpec(kind="literal", length=r.choice([0, 1, 2, 3]))
    parts = tuple(LengthSpec(kind="task", task_id=source) for source in sources)
    if len(parts) == 1:
        return parts[0]
    return LengthSpec(kind=r.choice(["sum", "product", "shortest", "longest"]), parts=parts)


def _setup(task: Any) -> Any:
    """The first task is a setup."""
    return msgspec.structs.replace(task, is_setup=True) if task.task_id == "t0" else task
