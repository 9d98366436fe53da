"""What people do to assets: tell of an update, make the data anew, forget what waits.  Called by `server` and `cli`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, select

from tradewind.errors import InvalidError, NotFoundError
from tradewind.ports.store import RunRecord
from tradewind.spec.states import DagRunType
from tradewind.store import actions_trigger
from tradewind.store.access import may_run
from tradewind.store.actions_common import find_dag, given, may_change_asset, record, transact
from tradewind.store.asset_events import append, lock_log
from tradewind.store.asset_log import raise_revision
from tradewind.store.asset_tables import asset, asset_event, asset_queue, asset_use
from tradewind.store.reads.versions import VersionReads
from tradewind.store.signals import emit
from tradewind.store.tables import dag
from tradewind.store.uuid7 import uuid7

_MAX_KEY = 250


class AssetActions:
    """One part of `store.Store`; thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    def create_event(
        self,
        asset_id: int,
        now: datetime,
        *,
        extra: Mapping[str, Any] | None = None,
        partition_key: str | None = None,
        user: str | None = None,
        emission: str | None = None,
    ) -> int:
        """Append an event from outside; its id.  With `emission`, which names where it comes from, a second call with
        the same name changes nothing and gives the id of the first.

        Raises NotFoundError for an unknown asset, InvalidError for a bad partition key.
        """
        key = partition_key
        if key is not None and (not key.strip() or len(key) > _MAX_KEY or "\x00" in key):
            raise InvalidError(
                f"the partition key {key[:80]!r} is not valid", fix=f"use 1 to {_MAX_KEY} characters, no NUL"
            )

        def work(connection: Connection) -> int:
            lock_log(connection)
            row = connection.execute(select(asset).where(asset.c.id == asset_id)).first()
            if row is None:
                raise NotFoundError(f"no asset has the id {asset_id}")
            may_change_asset(connection, row.name)
            if emission is not None:
                known = select(asset_event.c.id).where(
                    asset_event.c.emission == emission, asset_event.c.asset_id == asset_id
                )
                if (before := connection.execute(known).scalar()) is not None:
                    return int(before)
            event_id = append(
                connection,
                asset_id,
                now,
                {**(extra or {}), **({} if emission else {"from_rest_api": True})},
                emission=emission or uuid7(),
                partition_key=partition_key,
            )
            emit(connection, "assets")
            after = given(event_id=event_id, extra=dict(extra or {}), partition_key=partition_key)
            told = {"asset": row.name, "uri": row.uri}
            record(connection, "create_asset_event", now, user, extra=told, after=after)
            return event_id

        return transact(self._engine, work)

    def materialize(
        self, asset_id: int, now: datetime, *, user: str | None = None, triggered_by: str = "rest_api", **given: Any
    ) -> RunRecord:
        """Trigger the one DAG that makes the asset; `given` as in `Actions.trigger_run`.

        Raises NotFoundError for an unknown asset and one that no DAG makes, InvalidError when several do.
        """

        def work(connection: Connection) -> RunRecord:
            row = connection.execute(select(asset).where(asset.c.id == asset_id)).first()
            if row is None:
                raise NotFoundError(f"no asset has the id {asset_id}")
            makers = (
                select(asset_use.c.dag_id)
                .join(dag, dag.c.dag_id == asset_use.c.dag_id)
                .where(
                    asset_use.c.role == "outlet",
                    (asset_use.c.asset_id == asset_id)
                    | (asset_use.c.ref_name == row.name)
                    | (asset_use.c.ref_uri == row.uri),
                    dag.c.stale.is_(False),
                )
                .distinct()
                .order_by(asset_use.c.dag_id)
                .limit(3)
            )
            dag_ids = connection.execute(makers).scalars().all()
            if not dag_ids:
                raise NotFoundError(
                    f"no DAG makes the asset {row.name!r}", fix="name it in the outlets of a task, or use @asset"
                )
            if len(dag_ids) > 1:
                raise InvalidError(
                    f"several DAGs make the asset {row.name!r}: {', '.join(dag_ids)}", fix="trigger one of them"
                )
            return actions_trigger.trigger(
                connection,
                self._versions,
                dag_ids[0],
                actions_trigger.WantedRun(
                    user=user, triggered_by=triggered_by, run_type=DagRunType.ASSET_MATERIALIZATION, **given
                ),
                now,
            )

        return transact(self._engine, work)

    def forget_queued(
        self,
        *,
        dag_id: str | None = None,
        asset_id: int | None = None,
        before: datetime | None = None,
        now: datetime,
        user: str | None = None,
    ) -> int:
        """Let consumers forget what they have seen since their last run; how many entries went.

        Raises NotFoundError when there was none, or the DAG or asset does not exist.
        """

        def work(connection: Connection) -> int:
            if dag_id is not None:
                find_dag(connection, dag_id)
            if asset_id is not None and not connection.execute(select(exists().where(asset.c.id == asset_id))).scalar():
                raise NotFoundError(f"no asset has the id {asset_id}")
            statement = delete(asset_queue)
            for column, value in ((asset_queue.c.dag_id, dag_id), (asset_queue.c.asset_id, asset_id)):
                if value is not None:
                    statement = statement.where(column == value)
            if before is not None:
                statement = statement.where(asset_queue.c.created_at < before)
            if (mine := may_run()) is not None:
                statement = statement.where(asset_queue.c.dag_id.in_(mine))
            lock_log(connection)
            # a turn of the leader that is under way was decided with what goes now; first of all, as a turn locks the
            # cursor before the queues
            raise_revision(connection)
            gone = connection.execute(statement).rowcount
            if not gone:
                raise NotFoundError("no queued asset events match")
            told = given(asset_id=asset_id, before=before)
            record(
                connection, "delete_queued_asset_events", now, user, dag_id=dag_id, extra=told, before={"queued": gone}
            )
            return gone

        return transact(self._engine, work)
