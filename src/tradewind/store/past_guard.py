"""What the guard of past runs reads and writes.  Implements `ports.backfills.PastRunStore`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, insert, select, update

from tradewind.core.backfill import PICKS, Reprocess, Span
from tradewind.ports.backfills import Held, PastState
from tradewind.spec.forecast import Stretch, decode_slots, encode_stretch
from tradewind.spec.states import DagRunType
from tradewind.store import steps, tables
from tradewind.store.actions_common import transact
from tradewind.store.backfills import Wanted, insert_backfill
from tradewind.store.calendar import last_columns, next_columns
from tradewind.store.engine import read
from tradewind.store.reads.versions import VersionReads
from tradewind.store.signals import emit

_dag, _run, _backfill, _slots = tables.dag, tables.dag_run, tables.backfill, tables.backfill_slots


class SqlPastRunStore:
    """Implements `ports.backfills.PastRunStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions = VersionReads(engine)

    def past(self, dag_id: str) -> PastState:
        """What is known of a DAG."""
        newest = (
            select(_run.c.version_id)
            .where(_run.c.dag_id == dag_id, _run.c.run_type == DagRunType.SCHEDULED.value)
            .order_by(_run.c.run_after.desc())
            .limit(1)
        )
        with read(self._engine) as connection:
            row = connection.execute(
                select(_dag.c.past_since, _dag.c.past_made, _dag.c.past_confirmed).where(_dag.c.dag_id == dag_id)
            ).one_or_none()
            version = connection.scalar(newest)
            spec = None if version is None else self._versions.specs([version], connection).get(version)
        if row is None:
            return PastState(None, 0, None, spec)
        return PastState(row.past_since, row.past_made or 0, row.past_confirmed, spec)

    def note_past(self, fence: str, dag_id: str, since: datetime, made: int) -> None:
        """So many runs were made late in the hour that began at `since`."""
        statement = update(_dag).where(_dag.c.dag_id == dag_id).values(past_since=since, past_made=made)

        def work(connection: Connection) -> None:
            steps.check_fence(connection, fence)
            connection.execute(statement)

        transact(self._engine, work)

    def hold(self, fence: str, held: Held, now: datetime) -> int:
        """Write a paused backfill for these runs and let the schedule go on after them; its number.

        Runs of a custom timetable that follow those of such a backfill are added to it.
        """
        wanted = Wanted(
            dag_id=held.dag_id,
            max_active_runs=held.max_active_runs,
            paused=True,
            origin="guard",
            reason=held.reason,
        )

        def work(connection: Connection) -> int:
            steps.check_fence(connection, fence)
            # the backfill is locked before the DAG, as everywhere
            open_one = None if held.start is None else _open_stretch(connection, held.dag_id)
            stood = connection.execute(
                select(_dag.c.last_automated_start, _dag.c.last_automated_end, _dag.c.last_automated_run_after).where(
                    _dag.c.dag_id == held.dag_id
                )
            ).one_or_none()
            connection.execute(
                update(_dag)
                .where(_dag.c.dag_id == held.dag_id)
                .values(next_columns(held.following) | last_columns(held.passed))
            )
            if held.start is not None and stood is not None and open_one is not None:
                row, stretch = open_one
                if stretch.end == stood.last_automated_end:
                    _lengthen(connection, row, stretch, held, now)
                    return int(row.id)
            number = insert_backfill(
                connection,
                wanted,
                Span(held.from_date, held.to_date),
                PICKS[Reprocess.NONE],
                conf=None,
                tasks=None,
                expected=held.count,
                user=None,
                now=now,
            )
            if held.start is not None and stood is not None:
                last = None
                if stood.last_automated_start is not None and stood.last_automated_end is not None:
                    last = (stood.last_automated_start, stood.last_automated_end)
                stretch = Stretch(
                    end=held.passed.covered.end,
                    last=last,
                    last_run_after=stood.last_automated_run_after,
                    start=held.start,
                )
                connection.execute(insert(_slots), {"backfill_id": number, "body": encode_stretch(stretch)})
            return number

        return transact(self._engine, work)


def _open_stretch(connection: Connection, dag_id: str) -> tuple[Row[Any], Stretch] | None:
    """The newest backfill of the guard that is not over and whose runs are listed piece by piece, locked."""
    row = connection.execute(
        select(_backfill)
        .where(_backfill.c.dag_id == dag_id, _backfill.c.completed_at.is_(None), _backfill.c.origin == "guard")
        .order_by(_backfill.c.id.desc())
        .limit(1)
        .with_for_update(key_share=True)
    ).one_or_none()
    if row is None or row.exhausted:
        return None
    body = connection.scalar(select(_slots.c.body).where(_slots.c.backfill_id == row.id))
    known = None if body is None else decode_slots(body)
    return (row, known) if isinstance(known, Stretch) else None


def _lengthen(connection: Connection, row: Row[Any], stretch: Stretch, held: Held, now: datetime) -> None:
    """The runs follow those of a backfill that holds the ones before them."""
    connection.execute(
        update(_backfill)
        .where(_backfill.c.id == row.id)
        .values(to_date=held.to_date, expected=(row.expected or 0) + held.count, updated_at=now)
    )
    body = encode_stretch(msgspec.structs.replace(stretch, end=held.passed.covered.end, more=True))
    connection.execute(update(_slots).where(_slots.c.backfill_id == row.id).values(body=body))
    emit(connection, "backfill", held.dag_id)
