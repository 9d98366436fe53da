"""What the templates show, made from rows.  Used by `server.pages.routes`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tradewind.core import words
from tradewind.server.api.monitoring import version
from tradewind.server.models.task_instances import operator_name

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
NO_STATUS = "no status"


def moment(at: datetime | None) -> str:
    """A time for people, in UTC."""
    return f"{at:%Y-%m-%d %H:%M:%S}" if at else "–"


def span(seconds: float | None) -> str:
    """A duration for people."""
    return words.span(seconds) if seconds is not None else "–"


def segment(text: str) -> str:
    """An id as one segment of a path."""
    return quote(text, safe="")


def dag_path(dag_id: str) -> str:
    """Path of a DAG's page."""
    return f"/dags/{segment(dag_id)}"


def run_path(dag_id: str, run_id: str) -> str:
    """Path of a run's page."""
    return f"{dag_path(dag_id)}/runs/{segment(run_id)}"


def task_path(dag_id: str, run_id: str, task_id: str, map_index: int = -1) -> str:
    """Path of the page of a task instance."""
    index = f"?map_index={map_index}" if map_index >= 0 else ""
    return f"{run_path(dag_id, run_id)}/tasks/{segment(task_id)}{index}"


def state_class(state: str | None) -> str:
    """CSS class of a state."""
    return "s-" + (state or "none").replace("_", "-")


def worst(states: Mapping[str | None, int]) -> str | None:
    """The state that stands for a mapped task: what needs attention first."""
    order = (
        "failed",
        "upstream_failed",
        "up_for_retry",
        "running",
        "restarting",
        "queued",
        "scheduled",
        "up_for_reschedule",
        "deferred",
        "awaiting_input",
        None,
        "success",
        "skipped",
        "removed",
    )
    return next((state for state in order if states.get(state)), None)


@cache
def _environment() -> Environment:
    # start-up time: only the first page pays for the library
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(moment=moment, operator_name=operator_name, span=span, state_class=state_class)
    environment.globals.update(
        dag_path=dag_path, run_path=run_path, task_path=task_path, version=version(), no_status=NO_STATUS
    )
    return environment


def render(template: str, **values: Any) -> str:
    """The HTML of a template; every value is escaped."""
    return _environment().get_template(template).render(**values)
