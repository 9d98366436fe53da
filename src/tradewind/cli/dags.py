"""`tradewind dags`: DAGs, and (in `cli.dag_runs`) their runs.

The database is asked where there is one; `dags list`, `show`, `list-import-errors` and `report` read
the DAG files themselves with --local or -S, and when there is no database yet.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tradewind import bootstrap
from tradewind.cli import dag_backfill, dag_clear, dag_runs
from tradewind.cli.ask import UNANSWERED, UNASKED, confirm, confirm_runs
from tradewind.cli.given import matching
from tradewind.cli.lookup import find_spec
from tradewind.cli.output import show, show_one
from tradewind.cli.parser import BUNDLE, DAG_ID, SUBDIR, YES, CommandParser, argument, output
from tradewind.cli.session import Session, acting_user
from tradewind.core.words import counted
from tradewind.errors import InvalidError
from tradewind.spec.dag import DagSpec

if TYPE_CHECKING:
    from tradewind.spec.dag import ParsedFile

LOCAL = argument("-l", "--local", action="store_true", help="read the DAG files instead of the database")
REGEX = argument("--treat-dag-id-as-regex", action="store_true", help="change all DAGs whose id fits")
COLUMNS = ("dag_id", "fileloc", "owners", "is_paused", "bundle_name", "bundle_version")
MORE_COLUMNS = ("description", "schedule", "tags", "is_stale", "has_import_errors", "last_parsed_time", "next_dagrun")


def add(parser: CommandParser) -> None:
    """Put the verbs on the parser."""
    columns = argument("--columns", help=f"which, separated by commas; also: {', '.join(MORE_COLUMNS)}")
    parser.verb("list", list_dags, "list the DAGs", output(), columns, BUNDLE, LOCAL, SUBDIR)
    parser.verb("details", details, "show everything about a DAG", DAG_ID, output())
    parser.verb("pause", pause, "stop making runs of a DAG", DAG_ID, REGEX, YES, SUBDIR, output())
    parser.verb("unpause", unpause, "make runs of a DAG again", DAG_ID, REGEX, YES, SUBDIR, output())
    parser.verb("delete", delete, "delete a DAG with its runs; its file stays", DAG_ID, YES)
    imgcat = argument("--imgcat", action="store_true", help=argparse.SUPPRESS)
    save = argument("-s", "--save", metavar="FILE", help="write the graph to FILE.dot")
    parser.verb("show", show_dag, "print a DAG as a graph in the DOT language", DAG_ID, save, imgcat, SUBDIR, LOCAL)
    parser.verb(
        "list-import-errors", import_errors, "list the files that could not be loaded", output(), BUNDLE, LOCAL, SUBDIR
    )
    parser.verb("report", report, "read all DAG files and say how long each took", output(), BUNDLE, SUBDIR)
    parser.verb(
        "reserialize",
        reserialize,
        "read all DAG files into the database now",
        BUNDLE,
        SUBDIR,
        argument("--clear-only", action="store_true", help=argparse.SUPPRESS),
    )
    parser.verb(
        "list-jobs",
        list_jobs,
        "list the processes of Tradewind, newest first",
        argument("-d", "--dag-id", metavar="ID", help=argparse.SUPPRESS),
        argument("--state", choices=("running", "success", "failed"), help="only those in this state"),
        argument("--limit", type=int, default=100, metavar="N", help="at most (default: 100)"),
        output(),
    )
    parser.instead = {
        "show-dependencies": "tradewind assets details --name NAME says who makes and who uses an asset; the page of a "
        "DAG shows what it waits for"
    }
    dag_clear.add(parser)
    dag_runs.add(parser)
    dag_backfill.add(parser)


def list_jobs(args: argparse.Namespace, session: Session) -> None:
    """Schedulers, triggerers, DAG processors."""
    from tradewind.cli.jobs import rows  # only this verb needs it

    if args.dag_id is not None:
        raise InvalidError("a process of Tradewind serves all DAGs alike", fix="leave out --dag-id")
    found = rows(session, state=args.state, limit=args.limit)
    names = ("dag_id", "state", "job_type", "start_date", "end_date")
    shown = [
        {
            **dict.fromkeys(names),
            "start_date": row["started_at"],
            "end_date": row["ended_at"],
            "state": row["state"],
            "job_type": row["job_type"],
            "hostname": row["hostname"],
        }
        for row in found
    ]
    show(shown, args.output, columns=(*names, "hostname"))


# --- Lists --------------------------------------------------------------------------------------------


def list_dags(args: argparse.Namespace, session: Session) -> int:
    """All DAGs that have a file."""
    _check_bundle(args)
    columns = _columns(args.columns)
    if _reads_files(args, session):
        files = _parse(session, args.subdir)
        rows = [{**_row_of_spec(spec), "is_paused": _is_paused(session, spec)} for file in files for spec in file.dags]
        failed = sum(bool(file.errors) for file in files)
    else:
        store = session.store
        rows = [_row_of_record(record) for record in _all_dags(store)]
        failed = len(_stored_errors(store))
    rows.sort(key=lambda row: str(row["dag_id"]))
    show([{name: row[name] for name in columns} for row in rows], args.output)
    if failed:
        print(f"{counted(failed, 'file')} could not be loaded: see tradewind dags list-import-errors", file=sys.stderr)
    return 0


def import_errors(args: argparse.Namespace, session: Session) -> int:
    """Files with errors, each with its line and message; exit status 1 when there are any, as in
    Airflow."""
    _check_bundle(args)
    if _reads_files(args, session):
        rows = [
            {"bundle_name": bootstrap.BUNDLE, "filepath": error.fileloc, "line": error.line, "error": error.message}
            for file in _parse(session, args.subdir)
            for error in file.errors
        ]
    else:
        rows = [
            {
                "bundle_name": row["bundle_name"],
                "filepath": row["fileloc"],
                "line": row["line"],
                "error": row["message"],
            }
            for row in _stored_errors(session.store)
        ]
    show(rows, args.output)
    return 1 if rows else 0


def report(args: argparse.Namespace, session: Session) -> None:
    """One line per file: time, number of DAGs and tasks."""
    _check_bundle(args)
    rows = [
        {
            "file": file.relative_fileloc,
            "duration": f"{file.seconds:.3f}",
            "dag_num": len(file.dags),
            "task_num": sum(len(spec.tasks) for spec in file.dags),
            "dags": [spec.dag_id for spec in file.dags],
            "warning_num": sum(len(spec.warnings) for spec in file.dags),
            "error_num": len(file.errors),
        }
        for file in _parse(session, args.subdir)
    ]
    rows.sort(key=lambda row: -float(str(row["duration"])))
    show(rows, args.output)


def reserialize(args: argparse.Namespace, session: Session) -> int:
    """One pass of the DAG processor, in this process."""
    if args.clear_only or args.subdir:
        raise InvalidError(
            "DAG versions cannot be removed, nor the files of one folder read alone",
            fix="leave out --clear-only and --subdir",
        )
    _check_bundle(args)
    store = session.store
    with bootstrap.make_parser(session.settings, bootstrap.make_task_api(session.settings, store)) as parser:
        count = bootstrap.make_dag_processor(session.settings, store, parser).run_once(force=True)
    errors = len(_stored_errors(store))
    print(f"{count} files read, {errors} with errors")
    return 1 if errors else 0


# --- One DAG ------------------------------------------------------------------------------------------


def details(args: argparse.Namespace, session: Session) -> None:
    """What the database knows of a DAG."""
    record = session.store.reads.dags.details(args.dag_id)
    if record is None:
        raise session.unknown_dag(args.dag_id)
    spec: DagSpec = record["spec"]
    shown = {
        **_row_of_record(record),
        "dag_display_name": spec.dag_display_name or spec.dag_id,
        "start_date": spec.start_date,
        "end_date": spec.end_date,
        "catchup": spec.catchup,
        "max_active_runs": spec.max_active_runs,
        "max_active_tasks": spec.max_active_tasks,
        "dagrun_timeout": spec.dagrun_timeout,
        "timetable_description": spec.timetable.description,
        "timezone": spec.timetable.timezone,
        "task_count": len(spec.tasks),
        "default_args": spec.default_args,
        "doc_md": spec.doc_md,
        "warnings": [warning.message for warning in spec.warnings],
    }
    show_one(shown, args.output)


def pause(args: argparse.Namespace, session: Session) -> int:
    """Pause one DAG, or all whose id fits."""
    return _set_paused(args, session, True)


def unpause(args: argparse.Namespace, session: Session) -> int:
    """Unpause one DAG, or all whose id fits."""
    return _set_paused(args, session, False)


def _set_paused(args: argparse.Namespace, session: Session, paused: bool) -> int:
    store, now = session.store, datetime.now(UTC)
    dag_ids = [args.dag_id]
    if args.treat_dag_id_as_regex:
        dag_ids = matching(args.dag_id, session.dag_ids())
        verb = "Pause" if paused else "Unpause"
        if not confirm(f"{verb} {len(dag_ids)} DAGs ({', '.join(dag_ids)})?", args.yes):
            return 1
    for dag_id in dag_ids:
        confirmed = False
        if not paused and store.reads.dags.exists(dag_id):
            preview = store.previews.unpause(dag_id, now)
            count = preview.runs.count if preview.runs is not None else 0
            if count > 1 or preview.runs is None:
                print(preview.sentence, file=sys.stderr)
            if preview.runs is None and sys.stdin.isatty() and not confirm("Go on?", args.yes):
                return 1
            if not confirm_runs("Go on?", count, args.yes):
                return 1
            # what somebody agreed to is not held back by the guard of past runs
            confirmed = args.yes or count > UNANSWERED or (count > UNASKED and sys.stdin.isatty())
        store.actions.set_paused(dag_id, paused, confirm_past=confirmed, user=acting_user(), now=now)
    show([{"dag_id": dag_id, "is_paused": paused} for dag_id in dag_ids], args.output)
    return 0


def delete(args: argparse.Namespace, session: Session) -> int:
    """Everything the database holds of a DAG."""
    if not session.store.reads.dags.exists(args.dag_id):
        raise session.unknown_dag(args.dag_id)
    sentence = session.store.previews.delete(args.dag_id).sentence
    if not confirm(f"Delete all that is recorded of the DAG {args.dag_id}?  {sentence}", args.yes):
        return 1
    count = session.store.actions.delete_dag(args.dag_id, user=acting_user(), now=datetime.now(UTC))
    print(f"{args.dag_id} deleted ({count} runs); it comes back within a minute when its file is still there")
    return 0


def show_dag(args: argparse.Namespace, session: Session) -> None:
    """Tasks and dependencies in the DOT language of Graphviz."""
    if args.imgcat:
        raise InvalidError("pictures in the terminal are not drawn", fix="pipe the output into: dot -Tpng -o dag.png")
    text = dot(find_spec(session, args.dag_id, args))
    if args.save is None:
        print(text, end="")
        return
    path = Path(args.save)
    if path.suffix not in ("", ".dot", ".gv"):
        raise InvalidError(
            f"{path} cannot be drawn here: only the graph's text is written",
            fix=f"save it as {path.with_suffix('.dot')} and run: dot -T{path.suffix[1:]} -O {path.with_suffix('.dot')}",
        )
    path = path if path.suffix else path.with_suffix(".dot")
    path.write_text(text, encoding="utf-8")
    print(f"{path} written")


def dot(spec: DagSpec) -> str:
    """The DAG as a DOT graph, task groups as clusters."""
    groups = {group.group_id: group for group in spec.groups}
    lines = [f"digraph {_quote(spec.dag_id)} {{", "  rankdir=LR", "  node [shape=box, style=rounded]"]

    def write(parent: str | None, indent: str) -> None:
        for task in spec.tasks:
            if task.group == parent:
                label = task.task_display_name or task.task_id
                lines.append(f"{indent}{_quote(task.task_id)} [label={_quote(label)}]")
        for group_id, group in groups.items():
            if group.parent == parent:
                lines.append(f"{indent}subgraph {_quote('cluster_' + group_id)} {{")
                lines.append(f"{indent}  label={_quote(group.display_name or group_id)}")
                write(group_id, indent + "  ")
                lines.append(f"{indent}}}")

    write(None, "  ")
    labels = {(upstream, downstream): label for upstream, downstream, label in spec.edge_labels}
    for task in spec.tasks:
        for other in task.downstream:
            label = labels.get((task.task_id, other))
            suffix = f" [label={_quote(label)}]" if label else ""
            lines.append(f"  {_quote(task.task_id)} -> {_quote(other)}{suffix}")
    return "\n".join([*lines, "}"]) + "\n"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _is_paused(session: Session, spec: DagSpec) -> bool:
    """What the database says of a DAG read from its file, or what it would be created as."""
    record = session.stored_dag(spec.dag_id)
    if record is not None:
        return bool(record["paused"])
    if spec.is_paused_upon_creation is not None:
        return spec.is_paused_upon_creation
    return session.settings.dags_are_paused_at_creation


# --- Shared -------------------------------------------------------------------------------------------


def _reads_files(args: argparse.Namespace, session: Session) -> bool:
    """Whether a command reads the files: it was told to, or there is no database to ask."""
    return bool(args.local or args.subdir) or session.no_database_yet


def _parse(session: Session, subdir: str | None) -> list[ParsedFile]:
    # imported here: it loads the authoring layer, which commands on the database do not need
    from tradewind.cli.local import parse_files

    return parse_files(session, subdir)


def _check_bundle(args: argparse.Namespace) -> None:
    for name in args.bundle_name or ():
        if name != bootstrap.BUNDLE:
            raise InvalidError(f"there is no bundle {name!r}", fix=f"the DAG folder is the bundle {bootstrap.BUNDLE!r}")


def _columns(text: str | None) -> tuple[str, ...]:
    if text is None:
        return COLUMNS
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in (*COLUMNS, *MORE_COLUMNS)]
    if unknown or not names:
        raise InvalidError(
            f"there is no column {unknown[0]!r}" if unknown else "no column was named",
            fix=f"choose from {', '.join((*COLUMNS, *MORE_COLUMNS))}",
        )
    return names


def _all_dags(store: Any) -> Iterator[Mapping[str, Any]]:
    # imported here: it loads the database libraries
    from tradewind.store.reads import DagFilter, Page

    page = Page(limit=500, cursor="")
    while True:
        rows = store.reads.dags.page(DagFilter(), page)
        yield from rows.items
        if rows.next_cursor is None:
            return
        page = Page(limit=500, cursor=rows.next_cursor)


def _stored_errors(store: Any) -> list[Mapping[str, Any]]:
    from tradewind.store.reads import Page  # as above

    rows: list[Mapping[str, Any]] = store.reads.import_errors.page(Page(limit=100_000)).items
    return rows


def _row_of_record(record: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **_row_of_spec(record["spec"]),
        "fileloc": record["fileloc"],
        "is_paused": record["paused"],
        "bundle_name": record["bundle_name"],
        "is_stale": record["stale"],
        "has_import_errors": record["has_import_errors"],
        "last_parsed_time": record["last_parsed_at"],
        "next_dagrun": record["next_logical_date"],
    }


def _row_of_spec(spec: DagSpec) -> dict[str, Any]:
    return {
        "dag_id": spec.dag_id,
        "fileloc": spec.fileloc,
        "owners": list(spec.owners),
        "is_paused": None,
        "bundle_name": bootstrap.BUNDLE,
        "bundle_version": None,
        "description": spec.description,
        "schedule": spec.timetable.summary or None,
        "tags": list(spec.tags),
        "is_stale": False,
        "has_import_errors": False,
        "last_parsed_time": None,
        "next_dagrun": None,
    }
