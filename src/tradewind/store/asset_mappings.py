"""Questions to partition mappers with code of their own, which the leader puts, and their answers.

Called by `services.key_mapper`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, delete, func, insert, select, update

from tradewind.ports.mappings import KeyAnswer, KeyItem, KeyQuestion
from tradewind.spec.assets import encode_mapped
from tradewind.spec.wire import DagSource
from tradewind.store.asset_needs import FAILED, OPEN, READY
from tradewind.store.asset_tables import (
    asset,
    asset_alias,
    asset_consumer,
    asset_event,
    asset_event_alias,
    asset_mapping,
)
from tradewind.store.engine import read, write
from tradewind.store.signals import emit
from tradewind.store.snapshots import chunks
from tradewind.store.tables import dag, import_error
from tradewind.store.types import AnyRow

MOST_DAGS = 50
"""So many DAGs are looked at in one go."""

_mapping = asset_mapping.c
_ASKED = _mapping.state.in_((OPEN, FAILED))
_DUE = (
    select(_mapping.dag_id, dag.c.bundle_path, dag.c.relative_fileloc, dag.c.digest, asset_consumer.c.schedule)
    .join(dag, dag.c.dag_id == _mapping.dag_id)
    .join(asset_consumer, asset_consumer.c.dag_id == _mapping.dag_id)
    .where(_ASKED, _mapping.due_at <= bindparam("now"), dag.c.stale.is_(False))
    .group_by(_mapping.dag_id, dag.c.bundle_path, dag.c.relative_fileloc, dag.c.digest, asset_consumer.c.schedule)
    .order_by(func.min(_mapping.due_at), _mapping.dag_id)
)
_ITEMS = (
    select(_mapping.id, _mapping.event_id, _mapping.tries, asset.c.name, asset.c.uri, asset_event.c.partition_key)
    .join(asset_event, asset_event.c.id == _mapping.event_id)
    .join(asset, asset.c.id == asset_event.c.asset_id)
    .where(_mapping.dag_id == bindparam("of_dag"), _ASKED, _mapping.due_at <= bindparam("now"))
    .order_by(_mapping.tries, _mapping.event_id)  # what failed does not hold up the rest
)
_ALIASES = (
    select(asset_event_alias.c.event_id, asset_alias.c.name)
    .join(asset_alias, asset_alias.c.id == asset_event_alias.c.alias_id)
    .where(asset_event_alias.c.event_id.in_(bindparam("ids", expanding=True)))
    .order_by(asset_event_alias.c.event_id, asset_alias.c.id)
)


class SqlMappingStore:
    """Implements `ports.mappings.MappingStore`."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def questions(self, now: datetime, busy: Collection[str], most: int) -> list[KeyQuestion]:
        """For each DAG with events to ask about, except the `busy` ones, its oldest, up to `most`."""
        return self._questions(_DUE.where(_mapping.dag_id.not_in(sorted(busy))), now, most)

    def more(self, dag_id: str, now: datetime, most: int) -> KeyQuestion | None:
        """The same of one DAG; None when there is nothing to ask now."""
        return next(iter(self._questions(_DUE.where(_mapping.dag_id == dag_id), now, most)), None)

    def _questions(self, query: Select[*tuple[Any, ...]], now: datetime, most: int) -> list[KeyQuestion]:
        with read(self._engine) as connection:
            return [
                KeyQuestion(
                    row.dag_id,
                    DagSource(bundle_path=row.bundle_path, relative_fileloc=row.relative_fileloc, digest=row.digest),
                    row.schedule,
                    _items(connection, row.dag_id, now, most),
                )
                for row in connection.execute(query.limit(MOST_DAGS), {"now": now}).all()
            ]

    def save(
        self, question: KeyQuestion, answers: Sequence[KeyAnswer], now: datetime, hold: datetime | None = None
    ) -> None:
        """Write answers and tell the leader, unless the DAG has another schedule now."""
        with write(self._engine) as connection:
            locked = select(asset_consumer.c.schedule).where(asset_consumer.c.dag_id == question.dag_id)
            if connection.execute(locked.with_for_update()).scalar() != question.schedule:
                return
            for answer in answers:
                # answered by another process meanwhile: the first one counts
                statement = update(asset_mapping).where(_mapping.id == answer.item.id, _ASKED)
                connection.execute(statement.values(_values(answer)))
            if hold is not None:
                held = update(asset_mapping).where(_mapping.dag_id == question.dag_id, _ASKED, _mapping.due_at < hold)
                connection.execute(held.values(due_at=hold))
            self._report(connection, question, answers, now)
            if any(answer.mapped is not None for answer in answers):
                emit(connection, "assets")

    def _report(
        self, connection: Connection, question: KeyQuestion, answers: Sequence[KeyAnswer], now: datetime
    ) -> None:
        """One import error for all that failed; none when nothing is left of it."""
        failed = select(func.count()).where(_mapping.dag_id == question.dag_id, _mapping.state == FAILED)
        count = connection.scalar(failed) or 0
        errors = [answer.error for answer in answers if answer.error is not None]
        if count and not errors:
            return
        connection.execute(delete(import_error).where(import_error.c.dag_id == question.dag_id))
        row = connection.execute(select(dag).where(dag.c.dag_id == question.dag_id)).first()
        if not count or row is None:
            return
        error = errors[-1]
        what = "an asset event, which waits" if count == 1 else f"{count:,} asset events, which wait"
        values: dict[str, Any] = {
            "bundle_name": row.bundle_name,
            "relative_fileloc": row.relative_fileloc,
            "fileloc": row.fileloc,
            "line": error.line,
            "message": f"a partition mapper of DAG {question.dag_id!r} failed for {what} for it: {error.message}",
            "traceback": error.traceback,
            "at": now,
            "dag_id": question.dag_id,
        }
        connection.execute(insert(import_error).values(values))


def _values(answer: KeyAnswer) -> dict[str, Any]:
    if answer.mapped is not None:
        return {"state": READY, "answer": encode_mapped(answer.mapped), "error": None}
    values: dict[str, Any] = {"state": FAILED, "tries": answer.item.tries + 1, "due_at": answer.due_at}
    return values | {"error": answer.error.message if answer.error is not None else ""}


def _items(connection: Connection, dag_id: str, now: datetime, most: int) -> tuple[KeyItem, ...]:
    rows: Sequence[AnyRow] = connection.execute(_ITEMS.limit(most), {"of_dag": dag_id, "now": now}).all()
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for ids in chunks([row.event_id for row in rows]):
        for event_id, name in connection.execute(_ALIASES, {"ids": ids}):
            aliases[event_id].append(name)
    return tuple(
        KeyItem(row.id, row.name, row.uri, tuple(aliases[row.event_id]), row.partition_key, row.tries) for row in rows
    )
