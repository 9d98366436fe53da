"""`tradewind tasks`: the tasks of a DAG and their states; `test` and `render` run the DAG file in this
process."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from tradewind.cli.ask import confirm
from tradewind.cli.given import matching, read_object
from tradewind.cli.lookup import find_spec
from tradewind.cli.output import show
from tradewind.cli.parser import (
    BUNDLE,
    DAG_ID,
    MAP_INDEX,
    NOT_DEPENDENTS,
    OUTPUTS,
    RUN,
    SUBDIR,
    TASK_ID,
    YES,
    CommandParser,
    argument,
    output,
)
from tradewind.cli.session import Session, acting_user
from tradewind.cli.times import parse_time
from tradewind.core.words import counted
from tradewind.errors import NotFoundError
from tradewind.spec.dag import DagSpec

_SHOWN = 20
"""Task instances that the question of `clear` lists."""


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    local = argument("-l", "--local", action="store_true", help="read the DAG files instead of the database")
    parser.verb(
        "list",
        list_tasks,
        "list the tasks of a DAG, one id per line",
        DAG_ID,
        argument("-o", "--output", choices=OUTPUTS, help="print operators and dependencies too, in this form"),
        argument("-t", "--tree", action="store_true", help="each task below those it depends on"),
        BUNDLE,
        SUBDIR,
        local,
    )
    _add_test_and_render(parser)
    parser.instead = {
        "run": "tradewind tasks test <dag_id> <task_id> <run_id> runs a task here; a run of it is made by "
        "tradewind dags trigger, again by tradewind tasks clear"
    }
    parser.verb("state", state, "print the state of a task", DAG_ID, TASK_ID, RUN, MAP_INDEX, BUNDLE, SUBDIR)
    parser.verb("states-for-dag-run", states, "list the states of all tasks of a run", DAG_ID, RUN, SUBDIR, output())
    parser.verb(
        "failed-deps",
        failed_deps,
        "say why a task does not run",
        DAG_ID,
        TASK_ID,
        RUN,
        MAP_INDEX,
        BUNDLE,
        SUBDIR,
    )
    parser.verb(
        "clear",
        clear,
        "let tasks run again",
        argument("dag_id", help="id of the DAG"),
        argument("-t", "--task-regex", metavar="REGEX", help="only tasks whose id fits"),
        argument("--run-id", metavar="ID", help="only in this run"),
        argument("-s", "--start-date", metavar="TIME", help="only in runs with a logical date from here on"),
        argument("-e", "--end-date", metavar="TIME", help="only in runs with a logical date until here"),
        argument("-u", "--upstream", action="store_true", help="and what these tasks depend on"),
        argument("-d", "--downstream", action="store_true", help="and what depends on them"),
        argument("-f", "--only-failed", action="store_true", help="only those that failed"),
        argument("-r", "--only-running", action="store_true", help="only those that run"),
        argument("-R", "--dag-regex", action="store_true", help="all DAGs whose id fits dag_id"),
        NOT_DEPENDENTS,
        argument("-X", "--exclude-parentdag", action="store_true", help=argparse.SUPPRESS),
        YES,
        BUNDLE,
        SUBDIR,
    )


def _add_test_and_render(parser: CommandParser) -> None:
    run = argument(
        "logical_date_or_run_id", nargs="?", metavar="logical_date|run_id", help="for which run (default: now)"
    )
    parser.verb(
        "test",
        test,
        "run one task now in this terminal, recording nothing",
        DAG_ID,
        TASK_ID,
        run,
        argument("-t", "--task-params", metavar="JSON", help="params of the run, a JSON object"),
        argument("--env-vars", metavar="JSON", help="environment variables of the task, a JSON object"),
        argument("-n", "--dry-run", action="store_true", help="only render the templates"),
        argument("-m", "--post-mortem", action="store_true", help="open the debugger when the task fails"),
        MAP_INDEX,
        BUNDLE,
        SUBDIR,
    )
    parser.verb("render", render, "print a task's rendered templates", DAG_ID, TASK_ID, run, MAP_INDEX, BUNDLE, SUBDIR)


def list_tasks(args: argparse.Namespace, session: Session) -> None:
    """Ids in alphabetical order, as Airflow prints them."""
    spec = find_spec(session, args.dag_id, args)
    if args.tree:
        _print_tree(spec)
    elif args.output:
        rows = [
            {
                "task_id": task.task_id,
                "operator": task.operator,
                "trigger_rule": task.trigger_rule.value,
                "upstream": list(task.upstream),
                "downstream": list(task.downstream),
                "pool": task.pool,
                "retries": task.retries,
            }
            for task in sorted(spec.tasks, key=lambda task: task.task_id)
        ]
        show(rows, args.output)
    else:
        for task_id in sorted(task.task_id for task in spec.tasks):
            print(task_id)


def _print_tree(spec: DagSpec) -> None:
    """Each task below its upstream tasks; one that hangs below several is written out once."""
    downstream = {task.task_id: task.downstream for task in spec.tasks}
    done: set[str] = set()
    waiting = [(task.task_id, 0) for task in reversed(spec.tasks) if not task.upstream]
    while waiting:
        task_id, depth = waiting.pop()
        again = task_id in done and bool(downstream[task_id])
        print("    " * depth + task_id + (" (as above)" if again else ""))
        if not again:
            done.add(task_id)
            waiting += [(other, depth + 1) for other in reversed(downstream[task_id])]


def test(args: argparse.Namespace, session: Session) -> int:
    """Run one task here."""
    from tradewind.cli.inline import test_task  # imported here: loads the authoring layer and the runtime

    return test_task(session, args, read_object("--task-params", args.task_params))


def render(args: argparse.Namespace, session: Session) -> int:
    """Render one task's templates here."""
    from tradewind.cli.inline import render_task  # as above

    return render_task(session, args)


def state(args: argparse.Namespace, session: Session) -> None:
    """State of one task instance; None when it has not started."""
    print(_instance(args, session)["state"])


def failed_deps(args: argparse.Namespace, session: Session) -> None:
    """What must be true before the task instance may run and is not, from the rules that decide."""
    found = _instance(args, session)
    # imported here: loads the core, which the other commands do not need
    from tradewind.cli.explain import explained

    why = explained(session, found["dag_id"], found["run_id"], found["task_id"], found["map_index"])
    if not why.unmet:
        print(f"Task instance dependencies are all met: {why.sentence}.")
        return
    print("Task instance dependencies not met:")
    for condition in why.unmet:
        print(f"{condition.name}: {condition.text}")


def states(args: argparse.Namespace, session: Session) -> None:
    """All task instances of a run, in topological order."""
    run = session.run(args.dag_id, args.logical_date_or_run_id)
    rows = _instances(session, args.dag_id, run["run_id"])
    if any(row["map_index"] >= 0 for row in rows):
        columns: tuple[str, ...] = ("dag_id", "logical_date", "task_id", "map_index", "state", "start_date", "end_date")
    else:
        columns = ("dag_id", "logical_date", "task_id", "state", "start_date", "end_date")
    show([{name: row[name] for name in (*columns, "run_id")} for row in rows], args.output, columns=columns)


def clear(args: argparse.Namespace, session: Session) -> int:
    """Clear after a question that says what."""
    dag_ids = matching(args.dag_id, session.dag_ids()) if args.dag_regex else [args.dag_id]
    options: dict[str, Any] = {
        "run_id": args.run_id,
        "start": parse_time(args.start_date) if args.start_date else None,
        "end": parse_time(args.end_date) if args.end_date else None,
        "only_failed": args.only_failed,
        "only_running": args.only_running,
        "upstream": args.upstream,
        "downstream": args.downstream,
        "dependents": not args.exclude_dependents,
        "user": acting_user(),
        "now": datetime.now(UTC),
    }
    plans: list[tuple[str, list[str] | None]] = []
    found: dict[str, Any] = {}
    for dag_id in dag_ids:
        spec = find_spec(session, dag_id, args)
        task_ids = matching(args.task_regex, [task.task_id for task in spec.tasks]) if args.task_regex else None
        plans.append((dag_id, task_ids))
        for row in session.store.actions.clear_tasks(dag_id, task_ids=task_ids, dry_run=True, **options):
            found[row["id"]] = row  # once, though a marker of another DAG leads to it, too
    if not found:
        print("Nothing to clear")
        return 0
    if not args.yes:
        for row in list(found.values())[:_SHOWN]:
            print(f"  {row['dag_id']} {row['run_id']} {row['task_id']} ({row['state']})")
        if len(found) > _SHOWN:
            print(f"  ... and {len(found) - _SHOWN} more")
        tell_dependents(dag_ids, found.values())
    if not confirm(f"Clear these {len(found)} task instances?", args.yes):
        return 1
    count = sum(
        len(session.store.actions.clear_tasks(dag_id, task_ids=task_ids, **options)) for dag_id, task_ids in plans
    )
    print(f"{counted(count, 'task instance')} cleared")
    return 0


def tell_dependents(dag_ids: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Say how many of the task instances to clear are of other DAGs than these."""
    others = {row["id"]: row["dag_id"] for row in rows if row["dag_id"] not in dag_ids}
    for dag_id, number in Counter(others.values()).items():
        print(f"{counted(number, 'task instance')} of {dag_id}, which depends on what is cleared (-x leaves it out)")


def _instance(args: argparse.Namespace, session: Session) -> dict[str, Any]:
    run = session.run(args.dag_id, args.logical_date_or_run_id)
    reads = session.store.reads.task_instances
    found = reads.get(args.dag_id, run["run_id"], args.task_id, args.map_index)
    if found is not None:
        return found
    rows = _instances(session, args.dag_id, run["run_id"])
    if any(row["task_id"] == args.task_id for row in rows):
        indexes = [row["map_index"] for row in rows if row["task_id"] == args.task_id]
        raise NotFoundError(
            f"{args.task_id} has no map index {args.map_index} in run {run['run_id']}",
            fix=f"it has {min(indexes)} to {max(indexes)}: give --map-index",
        )
    spec = session.store.reads.versions.spec(run["version_id"])
    assert spec is not None
    raise session.unknown_task(spec, args.task_id)


def _instances(session: Session, dag_id: str, run_id: str) -> list[dict[str, Any]]:
    from tradewind.store.reads import Page, TaskInstanceFilter  # imported here: loads the database libraries

    which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id])
    rows: list[dict[str, Any]] = session.store.reads.task_instances.page(which, Page(limit=100_000)).items
    order = {task.task_id: index for row in rows[:1] for index, task in enumerate(row["spec"].tasks)}
    return sorted(rows, key=lambda row: (order.get(row["task_id"], len(order)), row["map_index"]))
