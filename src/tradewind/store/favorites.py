"""The DAGs that people marked as their favourites.  Called by the server."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select

from tradewind.errors import ConflictError
from tradewind.store.actions_common import find_dag, record, transact
from tradewind.store.engine import read
from tradewind.store.tables import dag_favorite
from tradewind.store.upsert import insert_or_skip

_favorite = dag_favorite.c


class Favorites:
    """All favourites.  Thread-safe.  An unknown DAG raises NotFoundError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, dag_id: str, username: str, now: datetime) -> None:
        """Mark a DAG; one that is marked stays so."""

        def work(connection: Connection) -> None:
            find_dag(connection, dag_id)
            row = {"username": username, "dag_id": dag_id, "created_at": now}
            insert = insert_or_skip(connection.dialect.name, _favorite.dag_id)
            if connection.execute(insert, row).first() is not None:
                record(connection, "favorite_dag", now, username, dag_id=dag_id)

        transact(self._engine, work)

    def remove(self, dag_id: str, username: str, now: datetime) -> None:
        """Take the mark away.  Raises ConflictError when there is none."""

        def work(connection: Connection) -> None:
            find_dag(connection, dag_id)
            of_user = delete(dag_favorite).where(_favorite.username == username, _favorite.dag_id == dag_id)
            if not connection.execute(of_user).rowcount:
                raise ConflictError(f"DAG {dag_id!r} is not a favourite of {username}")
            record(connection, "unfavorite_dag", now, username, dag_id=dag_id)

        transact(self._engine, work)

    def among(self, dag_ids: Collection[str], username: str) -> set[str]:
        """Which of these DAGs are favourites of the user."""
        query = select(_favorite.dag_id).where(_favorite.username == username, _favorite.dag_id.in_(dag_ids))
        with read(self._engine) as connection:
            return set(connection.scalars(query))
