"""`tradewind explain`: why a DAG makes no run, a run does not go on, a task does not start."""

from __future__ import annotations

import argparse
import dataclasses
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tradewind import bootstrap
from tradewind.cli.output import show_one
from tradewind.cli.parser import DAG_ID, MAP_INDEX, OUTPUTS, RUN, TASK_ID, CommandParser, argument
from tradewind.cli.session import Session

if TYPE_CHECKING:
    from tradewind.core.explain.facts import Condition, Explanation, Holder


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    form = argument("-o", "--output", choices=OUTPUTS, help="print all fields, in this form")
    parser.verb("dag", explain_dag, "say why a DAG makes no run, or when the next one comes", DAG_ID, form)
    parser.verb("run", explain_run, "say why a run does not start or go on", DAG_ID, RUN, form)
    parser.verb("task", explain_task, "say why a task does not start", DAG_ID, TASK_ID, RUN, MAP_INDEX, form)


def explain_dag(args: argparse.Namespace, session: Session) -> None:
    """One sentence about a DAG, and what is unmet."""
    if not session.store.reads.dags.exists(args.dag_id):
        raise session.unknown_dag(args.dag_id)
    _print(session.store.reads.explain.dag(args.dag_id, datetime.now(UTC), _alive(session)), args.output)


def explain_run(args: argparse.Namespace, session: Session) -> None:
    """One sentence about a run, and what is unmet."""
    run = session.run(args.dag_id, args.logical_date_or_run_id)
    found = session.store.reads.explain.run(args.dag_id, run["run_id"], datetime.now(UTC), _alive(session))
    _print(found, args.output)


def explain_task(args: argparse.Namespace, session: Session) -> None:
    """One sentence about a task instance, and what is unmet."""
    run = session.run(args.dag_id, args.logical_date_or_run_id)
    _print(explained(session, args.dag_id, run["run_id"], args.task_id, args.map_index), args.output)


def explained(session: Session, dag_id: str, run_id: str, task_id: str, map_index: int) -> Explanation:
    """The explanation of a task instance.  Raises TaskNotFound."""
    from tradewind.spec.ids import TaskKey  # imported here: loads msgspec, which the other commands do not need

    key = TaskKey(task_id, map_index)
    return session.store.reads.explain.task(dag_id, run_id, key, datetime.now(UTC), _alive(session))


def _alive(session: Session) -> float:
    return bootstrap.alive_seconds(session.settings)


def _print(found: Explanation, form: str | None) -> None:
    if form is not None:
        show_one(dataclasses.asdict(found), form)
        return
    print(f"{found.sentence}.")
    for condition in found.unmet:
        print(f"  - {_line(condition)}")
        for holder in condition.holders:
            print(f"      {_holder(holder)}")
        if condition.held_by > len(condition.holders):
            print(f"      ... and {condition.held_by - len(condition.holders)} more")
        if condition.fix:
            print(f"    fix: {condition.fix}")


def _line(condition: Condition) -> str:
    until = f" (until {condition.until.isoformat()})" if condition.until is not None else ""
    return f"{condition.name}: {condition.text}{until}"


def _holder(holder: Holder) -> str:
    task: Any = ""
    if holder.task_id is not None:
        task = f" {holder.task_id}{f'[{holder.map_index}]' if holder.map_index >= 0 else ''}"
    since = f" since {holder.since.isoformat()}" if holder.since is not None else ""
    return f"{holder.dag_id} {holder.run_id}{task}: {holder.state}{since}"
