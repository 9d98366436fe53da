"""Questions to custom timetables, which the scheduler (about the next runs of a DAG, or of a backfill: then the number
of the backfill, below zero, stands in the place of a run), `store.actions_trigger` and `store.range_questions` put, and
their answers.

Called by `services.forecaster`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from tradewind.core.runs import bounds
from tradewind.ports.schedule import Question, RangeQuestion
from tradewind.spec.dag import DagSpec
from tradewind.spec.forecast import (
    Forecast,
    ForeseenRun,
    RunsFound,
    Stretch,
    decode_slots,
    decode_wanted,
    encode_forecast,
    encode_stretch,
)
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState
from tradewind.spec.wire import DagSource
from tradewind.store.backfills_rows import locked
from tradewind.store.changes import note_topic
from tradewind.store.engine import read, write
from tradewind.store.signals import NOTIFY, emit
from tradewind.store.snapshots import SpecCache
from tradewind.store.tables import (
    backfill,
    backfill_slots,
    dag,
    dag_run,
    forecast,
    import_error,
    range_question,
    timetable_question,
)
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
            backfills = _backfills(connection, [-row.dag_run_id for row in rows if row.dag_run_id < 0])
            kept = [row for row in rows if row.known is not None and _is_open(row, backfills)]
            specs = self._specs.load(connection, {row.version_id for row in kept})
        lost = [row for row in rows if row not in kept]
        if lost:
            with write(self._engine) as connection:
                for row in lost:
                    _close(connection, row.dag_id, row.dag_run_id)
        return [_asked(row, specs[row.version_id], backfills.get(-row.dag_run_id)) for row in kept]

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

    def save_piece(
        self, question: Question, runs: tuple[ForeseenRun, ...], more: bool, error: str, now: datetime
    ) -> None:
        """Answer which runs come next in a backfill, and tell the leader; with an error the backfill pauses."""
        with write(self._engine) as connection:
            row = locked(connection, question.backfill_id)
            # the question is closed once: whoever comes second has nothing to say
            if not _close(connection, question.dag_id, -question.backfill_id) or row is None:
                return
            if error:
                values = {"paused": True, "reason": error[:1000], "updated_at": now}
                connection.execute(update(backfill).where(backfill.c.id == row.id).values(values))
            else:
                _save_stretch(connection, row, question.stretch, runs, more)
            emit(connection, "backfill", question.dag_id)

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


def _backfills(connection: Connection, numbers: list[int]) -> dict[int, Any]:
    """Backfills that go on, with what is known of their runs."""
    query = (
        select(backfill, backfill_slots.c.body.label("given"))
        .outerjoin(backfill_slots, backfill_slots.c.backfill_id == backfill.c.id)
        .where(backfill.c.id.in_(numbers), backfill.c.completed_at.is_(None), backfill.c.exhausted.is_(False))
    )
    return {row.id: row for row in connection.execute(query)} if numbers else {}


def _is_open(row: Any, backfills: dict[int, Any]) -> bool:
    if row.dag_run_id < 0:
        return -row.dag_run_id in backfills
    return row.dag_run_id == 0 or row.run_pk is not None


def _asked(row: Any, spec: DagSpec, held: Any) -> Question:
    last = None
    if row.last_automated_start is not None and row.last_automated_end is not None:
        last = Interval(row.last_automated_start, row.last_automated_end)
    question = Question(
        dag_id=row.dag_id,
        run_pk=row.dag_run_id,
        version_id=row.version_id,
        spec=spec,
        source=DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest),
        last=last,
        last_run_after=row.last_automated_run_after,
        run_after=row.logical_date or row.run_after,
    )
    if held is None:
        return question
    stretch = _stretch_of(held, held.given)
    earliest, latest = bounds(spec)
    if stretch.until is not None:
        earliest, latest = held.from_date, stretch.until
    return replace(question, run_pk=0, backfill_id=held.id, stretch=stretch, earliest=earliest, latest=latest)


def _stretch_of(row: Any, given: str | None) -> Stretch:
    """Where a backfill stands; one from before the DAG had a custom timetable is a range of dates."""
    known = None if given is None else decode_slots(given)
    if isinstance(known, Stretch):
        return known
    return Stretch(until=row.to_date, after=row.cursor, place=row.planned)


def _save_stretch(
    connection: Connection, row: Any, asked: Stretch | None, runs: tuple[ForeseenRun, ...], more: bool
) -> None:
    """The next piece, with the place from which the one after it goes on."""
    given = connection.scalar(select(backfill_slots.c.body).where(backfill_slots.c.backfill_id == row.id))
    known = _stretch_of(row, given)
    values: dict[str, Any] = {"runs": runs, "place": row.planned}
    # it may have become longer while the code was asked
    values["more"] = more or asked is None or known.end != asked.end
    if runs:
        newest = runs[-1].as_next().covered
        values |= {"last": (newest.start, newest.end), "last_run_after": runs[-1].run_after, "after": None}
    body = encode_stretch(msgspec.structs.replace(known, **values))
    statement = insert_or_update(connection.dialect.name, backfill_slots, ("body",))
    connection.execute(statement, {"backfill_id": row.id, "body": body})


def _close(connection: Connection, dag_id: str, run_pk: int) -> bool:
    """Whether the question stood."""
    statement = delete(timetable_question).where(_question.dag_id == dag_id, _question.dag_run_id == run_pk)
    return bool(connection.execute(statement).rowcount)


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
