"""Questions to custom timetables, which the scheduler, `store.actions_trigger` and `store.range_questions` put, and
their answers.

Called by `services.forecaster`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from tradewind.ports.schedule import Question, RangeQuestion
from tradewind.spec.forecast import Forecast, RunsFound, decode_wanted, encode_forecast
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState
from tradewind.spec.wire import DagSource
from tradewind.store.changes import note_topic
from tradewind.store.engine import read, write
from tradewind.store.signals import NOTIFY, emit
from tradewind.store.snapshots import SpecCache
from tradewind.store.tables import dag, dag_run, forecast, import_error, range_question, timetable_question
from tradewind.store.upsert import insert_or_update

_question = timetable_question.c
_OPEN = (
    select(
        _question.dag_id, _question.dag_run_id, dag.c.version_id, dag.c.bundle_path, dag.c.relative_fileloc,
        dag.c.digest, dag.c.last_automated_start, dag.c.last_automated_end, dag.c.last_automated_run_after,
        dag_run.c.id.label("run_pk"), dag_run.c.logical_date, dag_run.c.run_after, dag.c.dag_id.label("known"),
    )
    .select_from(
        timetable_question.outerjoin(dag, dag.c.dag_id == _question.dag_id).outerjoin(
            dag_run, dag_run.c.id == _question.dag_run_id
        )
    )
    .order_by(_question.asked_at, _question.dag_id, _question.dag_run_id)
)  # fmt: skip


_RANGES = (
    select(
        range_question.c.id, range_question.c.dag_id, range_question.c.body, dag.c.bundle_path,
        dag.c.relative_fileloc, dag.c.digest,
    )
    .join(dag, dag.c.dag_id == range_question.c.dag_id)
    .where(range_question.c.answer.is_(None), range_question.c.expires_at >= bindparam("now"))
    .order_by(range_question.c.id)
)  # fmt: skip


class SqlForecastStore:
    """Implements `ports.schedule.ForecastStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._specs = SpecCache(64)

    def questions(self, limit: int) -> list[Question]:
        """The oldest open questions; those about DAGs and runs that are gone are dropped."""
        with read(self._engine) as connection:
            rows = connection.execute(_OPEN.limit(limit)).all()
            kept = [row for row in rows if row.known is not None and (row.dag_run_id == 0 or row.run_pk is not None)]
            specs = self._specs.load(connection, {row.version_id for row in kept})
        lost = [row for row in rows if row not in kept]
        if lost:
            with write(self._engine) as connection:
                for row in lost:
                    _close(connection, row.dag_id, row.dag_run_id)
        return [_asked(row, specs[row.version_id]) for row in kept]

    def save(self, question: Question, answer: Forecast) -> None:
        """Answer what comes next, and tell the leader.  A failure becomes an import error of the DAG's file."""
        row = {
            "dag_id": question.dag_id,
            "version_id": question.version_id,
            "computed_at": answer.computed_at,
            "body": encode_forecast(answer),
        }
        with write(self._engine) as connection:
            statement = insert_or_update(connection.dialect.name, forecast, ("version_id", "computed_at", "body"))
            connection.execute(statement, row)
            _close(connection, question.dag_id, 0)
            _replace_error(connection, question.dag_id, answer)
            emit(connection, "dag", dag_id=question.dag_id)

    def save_interval(self, question: Question, interval: Interval | None, error: str, now: datetime) -> None:
        """Answer for a manual run, and tell the leader; with an error the run fails."""
        values: dict[str, Any] = {"awaits_interval": False, "revision": dag_run.c.revision + 1, "updated_at": now}
        if interval is not None:
            values |= {"data_interval_start": interval.start, "data_interval_end": interval.end}
        else:
            values |= {"state": DagRunState.FAILED.value, "start_date": now, "end_date": now, "reason": error[:1000]}
        with write(self._engine) as connection:
            connection.execute(
                update(dag_run).where(dag_run.c.id == question.run_pk, dag_run.c.awaits_interval).values(values)
            )
            _close(connection, question.dag_id, question.run_pk)
            emit(connection, "run", question.dag_id, question.run_pk)

    def ranges(self, now: datetime) -> list[RangeQuestion]:
        """The open questions about ranges, oldest first; those that nobody waits for any more are dropped."""
        with read(self._engine) as connection:
            over = connection.execute(select(range_question.c.id).where(range_question.c.expires_at < now)).all()
            rows = connection.execute(_RANGES, {"now": now}).all()
        if over:
            with write(self._engine) as connection:
                connection.execute(delete(range_question).where(range_question.c.expires_at < now))
        return [
            RangeQuestion(
                row.id,
                row.dag_id,
                DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest),
                decode_wanted(row.body),
            )
            for row in rows
        ]

    def save_runs(self, question: RangeQuestion, answer: RunsFound) -> None:
        """Answer about a range."""
        body = msgspec.json.encode(answer).decode()
        with write(self._engine) as connection:
            connection.execute(update(range_question).where(range_question.c.id == question.id).values(answer=body))
            if connection.dialect.name == "postgresql":
                connection.execute(NOTIFY)


def _asked(row: Any, spec: Any) -> Question:
    last = None
    if row.last_automated_start is not None and row.last_automated_end is not None:
        last = Interval(row.last_automated_start, row.last_automated_end)
    return Question(
        dag_id=row.dag_id,
        run_pk=row.dag_run_id,
        version_id=row.version_id,
        spec=spec,
        source=DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest),
        last=last,
        last_run_after=row.last_automated_run_after,
        run_after=row.logical_date or row.run_after,
    )


def _close(connection: Connection, dag_id: str, run_pk: int) -> None:
    connection.execute(delete(timetable_question).where(_question.dag_id == dag_id, _question.dag_run_id == run_pk))


def _replace_error(connection: Connection, dag_id: str, answer: Forecast) -> None:
    connection.execute(delete(import_error).where(import_error.c.dag_id == dag_id))
    note_topic(connection, "imports")
    row = connection.execute(select(dag).where(dag.c.dag_id == dag_id)).first()
    if answer.error and row is not None:
        connection.execute(
            insert(import_error).values(
                bundle_name=row.bundle_name,
                relative_fileloc=row.relative_fileloc,
                fileloc=row.fileloc,
                line=answer.line,
                message=f"DAG {dag_id!r} makes no runs: {answer.error}",
                traceback=answer.traceback,
                at=answer.computed_at,
                dag_id=dag_id,
            )
        )
