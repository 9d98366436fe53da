"""How the arguments of a DAG are checked and coerced; every error names the DAG, the argument and the value.

Called by `dag`.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tradewind.authoring import operator_args
from tradewind.authoring.defaults import get_int
from tradewind.authoring.dialect import may_be_airflow_2
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, unknown_argument
from tradewind.authoring.schedules import NullTimetable, timetable_of
from tradewind.authoring.timetable import Timetable
from tradewind.authoring.timezone import aware_from_user, default_timezone
from tradewind.errors import DagAuthoringError

callback = operator_args.callback

_ARGUMENTS = """
    dag_id description schedule schedule_interval timetable start_date end_date full_filepath template_searchpath
    template_undefined user_defined_macros user_defined_filters default_args concurrency max_active_tasks
    max_active_runs max_consecutive_failed_dag_runs dagrun_timeout sla_miss_callback default_view orientation
    catchup on_success_callback on_failure_callback doc_md params access_control is_paused_upon_creation
    jinja_environment_kwargs render_template_as_native_obj tags owner_links auto_register fail_stop
    dag_display_name fail_fast deadline allowed_run_types disable_bundle_versioning rerun_with_latest_version
    schedule_jitter overlap
"""
ARGUMENTS: tuple[str, ...] = tuple(_ARGUMENTS.split())
"""Every argument of `DAG()`: of Airflow 2.11 and 3.3, and the last line of ours."""

RUNNER = "tradewind.runtime.dag_test"
"""Module whose `install()` calls `install_runner`."""
_runners: tuple[Callable[..., Any], Callable[..., Any]] | None = None


def install_runner(test: Callable[..., Any], cli: Callable[..., Any]) -> None:
    """What `dag.test()` and `dag.cli()` call, with the DAG first.  Installed by the runtime."""
    global _runners
    _runners = (test, cli)


def runners() -> tuple[Callable[..., Any], Callable[..., Any]]:
    """What was installed.

    `python my_dag.py` imports only the authoring layer, and the runner is in one above: it is found by its name, once.
    """
    if _runners is None:
        importlib.import_module(RUNNER).install()
    assert _runners is not None
    return _runners


def refuse_unknown(where: str, unknown: Mapping[str, Any]) -> None:
    """Raises `ArgumentTypeError` for the first argument that no DAG takes."""
    for name in unknown:
        raise unknown_argument(where, name, ARGUMENTS)


def default_args(where: str, value: Any) -> dict[str, Any]:
    """A copy of the dict."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ArgumentTypeError(
            f"{where}: default_args must be a dict, not {type(value).__name__}: {value!r}",
            fix='write default_args={"retries": 2}',
        )
    return dict(value)


def timezone_of(where: str, start_date: Any) -> dt.tzinfo:
    """The zone of the start date, in which a cron schedule is read."""
    value = aware_from_user(where, "start_date", start_date)
    return (value.tzinfo if value is not None else None) or default_timezone()


def schedule(dag: Any, where: str, schedule: Any, schedule_interval: Any, timetable: Any) -> tuple[Any, Timetable]:
    """What was given as schedule, and its timetable.  Raises `DagAuthoringError` when it was given twice."""
    given = {
        name: value
        for name, value in (("schedule", schedule), ("schedule_interval", schedule_interval))
        if value is not NOTSET
    }
    if timetable is not None:
        given["timetable"] = timetable
    if len(given) > 1:
        raise ArgumentValueError(
            f"{where} has {' and '.join(f'{name}={value!r}' for name, value in given.items())}",
            fix="give schedule only",
        )
    if not given:
        if may_be_airflow_2(dag.place.file):
            dag.note(
                "no_schedule",
                f"{where} says nothing of a schedule, so it runs only when it is triggered; Airflow 2 ran it daily. "
                'Write schedule="@daily" for that, or schedule=None to keep it so.',
            )
        return None, NullTimetable()
    [value] = given.values()
    try:
        found = timetable_of(value, dag.timezone)
    except DagAuthoringError as error:
        raise type(error)(f"{where}: {str(error.args[0]).split(chr(10))[0]}", fix=error.fix) from None
    return value, found


def limit(where: str, name: str, value: Any, minimum: int, default: int = 0) -> int:
    """A whole number, at least `minimum`; None is the default."""
    return default if value is None else operator_args.whole(where, name, value, minimum)


def max_active_tasks(where: str, value: Any, concurrency: Any) -> int:
    """`max_active_tasks`, or `concurrency`, its old name, or the configured default."""
    default = get_int("core", "max_active_tasks_per_dag", 16)
    return limit(where, "max_active_tasks", concurrency if value is None else value, 1, default)


def max_active_runs(where: str, value: Any, timetable: Timetable) -> int:
    """`max_active_runs`; a timetable may allow fewer than the author asks for, which is an error."""
    default = get_int("core", "max_active_runs_per_dag", 16)
    most = timetable.active_runs_limit
    if value is None:
        return default if most is None else min(default, most)
    number = operator_args.whole(where, "max_active_runs", value, 1)
    if most is not None and number > most:
        raise ArgumentValueError(
            f"{where}: max_active_runs={number}, but the schedule {timetable.summary!r} allows {most}",
            fix=f"write max_active_runs={most}",
        )
    return number


def dagrun_timeout(where: str, value: Any) -> dt.timedelta | None:
    """A timedelta or None."""
    if value is None or isinstance(value, dt.timedelta):
        return value
    raise ArgumentTypeError(
        f"{where}: dagrun_timeout must be a timedelta, not {value!r}",
        fix="write dagrun_timeout=timedelta(hours=1)",
    )


def tags(where: str, value: Any) -> set[str]:
    """The tags; one text is one tag's mistake, not a list of letters."""
    if value is None:
        return set()
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise ArgumentTypeError(f"{where}: tags must be a list, not {value!r}", fix=f"write tags=[{value!r}]")
    found = set(value)
    for tag in found:
        if not isinstance(tag, str):
            raise ArgumentTypeError(f"{where}: the tag {tag!r} is not a text", fix=f'write tags=["{tag}"]')
        if len(tag) > 100:
            raise ArgumentValueError(
                f"{where}: the tag {tag[:40]!r}... is longer than 100 characters", fix="shorten it"
            )
    return found


def searchpath(where: str, value: Any) -> list[str]:
    """Folders of template files."""
    if value is None:
        return []
    if isinstance(value, str | os.PathLike):
        return [os.fspath(value)]
    if not isinstance(value, Iterable):
        raise ArgumentTypeError(
            f"{where}: template_searchpath must be a path or a list of paths, not {value!r}",
            fix='write template_searchpath=["/path/to/templates"]',
        )
    return [os.fspath(item) for item in value]


def note_sla(dag: Any, where: str, sla_miss_callback: Any) -> None:
    """Say what becomes of Airflow 2's SLAs, which Airflow 3 ignores."""
    if sla_miss_callback is not None:
        dag.note(
            "sla_is_a_deadline",
            f"{where}: sla_miss_callback is called when a task with sla= has not ended so long after the end of the "
            "data interval; Airflow 3 ignores it. Write deadline=DeadlineAlert(...) instead.",
        )
