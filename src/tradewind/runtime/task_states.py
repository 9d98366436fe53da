"""`get_task_states` and `get_ti_count` of a task instance: states of task instances, also of other runs and DAGs.

Triggers of provider packages call them on the class, where no task instance is: the process's channel is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from tradewind.authoring import comms
from tradewind.errors import AirflowException
from tradewind.spec import wire
from tradewind.spec.ids import NOT_MAPPED


class OfClassToo:
    """A method that may also be called on the class; its first argument is None then."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        self.__doc__ = function.__doc__

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return partial(self._function, instance)


def get_task_states(
    ti: Any,
    dag_id: str,
    map_index: int | None = None,
    task_ids: Sequence[str] | None = None,
    task_group_id: str | None = None,
    logical_dates: Sequence[datetime] | None = None,
    run_ids: Sequence[str] | None = None,
) -> dict[str, dict[str, str | None]]:
    """{run_id: {task_id, or task_id_index of a mapped one: state}}, as Airflow names them; without `run_ids` of the
    task instance's own run.  A `map_index` of -1 leaves out mapped ones.

    Raises AirflowException for selections that it cannot make.
    """
    if task_group_id is not None or logical_dates is not None or (run_ids is None and ti is None):
        raise AirflowException("get_task_states() can select by run_ids and task_ids only")
    runs = tuple(run_ids) if run_ids is not None else (ti.run_id,)
    ask = comms.request if ti is None else ti.ask
    answer = ask(
        wire.GetTaskStates(dag_id=dag_id, run_ids=runs, task_ids=None if task_ids is None else tuple(task_ids))
    )
    found: dict[str, dict[str, str | None]] = {}
    for run, states in answer.items():
        found[run] = {}
        for name, state in states.items():
            task_id, _, index = name.removesuffix("]").partition("[")
            number = int(index) if index else NOT_MAPPED
            if map_index in (None, number):
                found[run][f"{task_id}_{number}" if index else task_id] = state
    return found


def get_ti_count(
    ti: Any,
    dag_id: str,
    map_index: int | None = None,
    task_ids: Sequence[str] | None = None,
    task_group_id: str | None = None,
    logical_dates: Sequence[datetime] | None = None,
    run_ids: Sequence[str] | None = None,
    states: Sequence[str | None] | None = None,
) -> int:
    """How many task instances there are, in `states` if given; the rest as in `get_task_states`."""
    found = get_task_states(ti, dag_id, map_index, task_ids, task_group_id, logical_dates, run_ids)
    all_states = [state for run in found.values() for state in run.values()]
    return len(all_states) if states is None else sum(state in states for state in all_states)
