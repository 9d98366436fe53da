"""Choosing between downstream tasks.  Airflow: `BaseBranchOperator`, `BranchMixIn`, `SkipMixin`.

An operator that skips calls `context["ti"].skip_downstream(task_ids)`; the engine skips those tasks in the
transaction that ends the attempt.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tradewind.authoring.operator import BaseOperator
from tradewind.errors import AirflowException


def downstream_of(task: BaseOperator, *, direct_only: bool) -> list[str]:
    """Ids of the tasks after `task`, in order of definition, without teardowns unless `direct_only`."""
    if direct_only:
        return [other.task_id for other in task.downstream_list]
    return [other.task_id for other in task.get_flat_relatives() if not other.is_teardown]


class SkipMixin:
    """Skipping of downstream tasks."""

    def skip(self, ti: Any, tasks: Iterable[Any]) -> None:
        """Skip these tasks."""
        task_ids = [task.task_id for task in tasks]
        if task_ids:
            ti.skip_downstream(task_ids)

    def skip_all_except(self, ti: Any, branch_task_ids: str | Iterable[str] | None) -> None:
        """Skip the direct downstream tasks that are neither chosen nor reached from a chosen one.

        Raises `AirflowException` when a chosen id does not exist.
        """
        task = ti.task
        dag = task.dag
        chosen = _chosen_tasks(dag, branch_task_ids)
        foreign = sorted(chosen - task.get_flat_relative_ids())
        if foreign:
            task.log.warning(
                "the branch chose %s, which is not downstream of it", ", ".join(map(repr, foreign))
            )  # Airflow lets this pass, and some DAGs return another task's id to skip everything
        kept = set(chosen)
        for task_id in chosen:
            kept |= dag.get_task(task_id).get_flat_relative_ids()
        skipped = [other.task_id for other in task.downstream_list if other.task_id not in kept]
        if skipped:
            ti.skip_downstream(skipped)


def _chosen_tasks(dag: Any, choice: Any) -> set[str]:
    if choice is None:
        return set()
    ids = [choice] if isinstance(choice, str) else list(choice) if isinstance(choice, list | tuple | set) else None
    if ids is None or not all(isinstance(item, str) for item in ids):
        raise AirflowException(f"a branch must return a task id, a list of task ids, or None, not {choice!r}")
    groups = dag.task_group.get_task_group_dict()
    chosen: set[str] = set()
    unknown = []
    for item in ids:
        if item in dag.task_dict:
            chosen.add(item)
        elif item in groups:
            chosen.update(task.task_id for task in groups[item].roots)
        else:
            unknown.append(item)
    if unknown:
        raise AirflowException(
            f"a branch of DAG {dag.dag_id!r} chose {', '.join(map(repr, unknown))}, but there is no such task or task "
            f"group; give the full id, with the prefix of its task group"
        )
    return chosen


class BranchMixIn(SkipMixin):
    """What branch operators do with the choice."""

    def do_branch(self, context: Any, branches_to_execute: Any) -> Any:
        """Skip what was not chosen; returns the choice, which is the task's result."""
        if isinstance(branches_to_execute, tuple | set):
            branches_to_execute = list(branches_to_execute)
        self.skip_all_except(context["ti"], branches_to_execute)
        return branches_to_execute


class BaseBranchOperator(BaseOperator, BranchMixIn):
    """Base of operators that choose: subclasses implement `choose_branch`."""

    def choose_branch(self, context: Any) -> str | Iterable[str] | None:
        """The id, or ids, of the tasks or task groups to go on with; None for none."""
        raise NotImplementedError(f"{type(self).__name__} does not implement choose_branch(self, context)")

    def execute(self, context: Any) -> Any:
        """Choose and skip."""
        return self.do_branch(context, self.choose_branch(context))
