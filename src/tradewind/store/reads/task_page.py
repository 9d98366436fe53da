"""What the page of a task instance shows of it, in one transaction.  Called by `server.drawing.tasks`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine, and_, func, or_, select

from tradewind.errors import DagRunNotFound
from tradewind.spec.dag import DagSpec
from tradewind.store import tables
from tradewind.store.engine import read
from tradewind.store.reads.changes import position
from tradewind.store.reads.query import Row
from tradewind.store.reads.runs import select_runs
from tradewind.store.reads.versions import VersionReads

_run, _ti, _attempt = tables.dag_run.c, tables.task_instance.c, tables.attempt.c
MOST_ATTEMPTS = 200
LOOKED_AT = 1000


@dataclass(frozen=True, slots=True)
class OtherRun:
    """A task in the run before or after."""

    run_id: str
    run_after: datetime
    state: str | None


@dataclass(frozen=True, slots=True)
class TaskPage:
    """A task in a run."""

    position: int
    run: Row
    """As `reads.runs` gives it."""
    dag_display_name: str
    spec: DagSpec
    """Of the version that the run has."""
    instance: Row | None
    """All columns; None when there is none with this map index."""
    attempts: list[Row]
    """All columns of the newest `MOST_ATTEMPTS`, oldest first."""
    counts: dict[str | None, int]
    """State -> how many instances of the task."""
    previous: OtherRun | None
    following: OtherRun | None


class TaskPageReads:
    """Reads one task in one run.  Thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def get(self, dag_id: str, run_id: str, task_id: str, map_index: int) -> TaskPage:
        """A task in a run.  Raises DagRunNotFound."""
        with read(self._engine) as connection:
            at = position(connection)
            found = connection.execute(select_runs().where(_run.dag_id == dag_id, _run.run_id == run_id)).mappings()
            run = found.first()
            if run is None:
                raise DagRunNotFound(f"DAG {dag_id!r} has no run {run_id!r}")
            spec = self._versions.specs([run["version_id"]], connection)[run["version_id"]]
            of_task = (_ti.dag_run_id == run["id"], _ti.task_id == task_id)
            query = select(tables.task_instance).where(*of_task, _ti.map_index == map_index)
            instance = connection.execute(query).mappings().first()
            counted = select(_ti.state, func.count()).where(*of_task).group_by(_ti.state)
            counts: dict[str | None, int] = {}
            for state, count in connection.execute(counted):
                counts[state] = count
            attempts: list[Row] = []
            if instance is not None:
                newest = (
                    select(tables.attempt)
                    .where(_attempt.ti_id == instance["id"])
                    .order_by(_attempt.try_number.desc(), _attempt.id.desc())
                    .limit(MOST_ATTEMPTS)
                )
                attempts = [dict(row) for row in connection.execute(newest).mappings()][::-1]
            return TaskPage(
                at,
                dict(run),
                run["dag_display_name"] or dag_id,
                spec,
                None if instance is None else dict(instance),
                attempts,
                counts,
                _beside(connection, dict(run), task_id, map_index, later=False),
                _beside(connection, dict(run), task_id, map_index, later=True),
            )


def _beside(connection: Connection, run: Row, task_id: str, map_index: int, *, later: bool) -> OtherRun | None:
    """The nearest run that has the task, among the next `LOOKED_AT` ones."""
    after, key = _run.run_after, _run.id
    if later:
        beyond = or_(after > run["run_after"], and_(after == run["run_after"], key > run["id"]))
        near, order = after >= run["run_after"], (after.asc(), key.asc())
    else:
        beyond = or_(after < run["run_after"], and_(after == run["run_after"], key < run["id"]))
        near, order = after <= run["run_after"], (after.desc(), key.desc())
    runs = select(key, _run.run_id, after).where(_run.dag_id == run["dag_id"], near, beyond).order_by(*order)
    # the next run has the task almost always; only where a long stretch of runs lacks it, that stretch is looked at
    for count in (1, LOOKED_AT):
        looked_at = runs.limit(count).subquery()
        of_task = and_(_ti.dag_run_id == looked_at.c.id, _ti.task_id == task_id, _ti.map_index == map_index)
        by = (looked_at.c.run_after, looked_at.c.id)
        query = (
            select(looked_at.c.run_id, looked_at.c.run_after, _ti.state)
            .join(tables.task_instance, of_task)
            .order_by(*(column.asc() if later else column.desc() for column in by))
            .limit(1)
        )
        row = connection.execute(query).first()
        if row is not None:
            return OtherRun(*row)
    return None
