"""What running tasks do to the rest of the world: they trigger DAGs and ask people.  Called by `services.task_api`.

Both are idempotent: a request that is sent again, because its answer got lost, finds what it made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from tradewind.errors import ConflictError, DagIsPaused, DagRunAlreadyExists, InvalidError, NotFoundError
from tradewind.spec import wire
from tradewind.spec.ids import run_id_for
from tradewind.spec.states import DagRunType
from tradewind.store import actions_trigger, tables
from tradewind.store.actions_clear import Clearing, clear_tasks
from tradewind.store.actions_common import find_dag, transact
from tradewind.store.reads.versions import VersionReads

_run, _ti, _question = tables.dag_run, tables.task_instance, tables.hitl_detail
_TICK = timedelta(microseconds=1)
_MOST_TRIES = 1000


class TaskActions:
    """One part of `store.Store`; thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads) -> None:
        self._engine = engine
        self._versions = versions

    # --- triggering -------------------------------------------------------------------------------------------

    def trigger(self, asked: wire.TriggerRun, now: datetime) -> dict[str, Any]:
        """Make, or reset, the run of another DAG; `run_id`, `logical_date` and whether it was made now.

        Raises DagRunAlreadyExists when there is one that may not be reset, DagIsPaused, NotFoundError for the DAG and
        InvalidError for params that do not match, a bad run id or date.
        """
        return transact(self._engine, lambda connection: self._trigger(connection, asked, now))

    def _trigger(self, connection: Connection, asked: wire.TriggerRun, now: datetime) -> dict[str, Any]:
        if find_dag(connection, asked.dag_id).paused and asked.fail_when_paused:
            raise DagIsPaused(asked.dag_id)
        made = connection.execute(
            select(_run).where(
                _run.c.dag_id == asked.dag_id, _run.c.made_by == asked.attempt_id, _run.c.made_as == asked.number
            )
        ).one_or_none()
        if made is not None:
            return _answer(made, made=made.clear_number == 0)
        existing = self._existing(connection, asked)
        if existing is None:
            return self._make(connection, asked, now)
        if not asked.reset:
            raise DagRunAlreadyExists(
                f"DAG {asked.dag_id!r} has a run {existing.run_id!r} already; give another trigger_run_id or "
                "logical_date, or set reset_dag_run or skip_when_already_exists"
            )
        what = Clearing(dag_id=asked.dag_id, run_id=existing.run_id, dependents=False, event="reset_dag_run")
        clear_tasks(connection, self._versions, what, None, now)
        self._mark(connection, existing.id, asked)
        return _answer(existing, made=False)

    def _existing(self, connection: Connection, asked: wire.TriggerRun) -> Row[Any] | None:
        """The run that has the id or the logical date already."""
        if not asked.auto:
            found = connection.execute(
                select(_run).where(_run.c.dag_id == asked.dag_id, _run.c.run_id == asked.run_id)
            ).one_or_none()
            if found is not None:
                return found
        if asked.logical_date is None or asked.auto:
            return None
        return connection.execute(
            select(_run).where(_run.c.dag_id == asked.dag_id, _run.c.logical_date == asked.logical_date)
        ).one_or_none()

    def _make(self, connection: Connection, asked: wire.TriggerRun, now: datetime) -> dict[str, Any]:
        at = asked.logical_date
        for _ in range(_MOST_TRIES):
            try:
                run = actions_trigger.trigger(
                    connection,
                    self._versions,
                    asked.dag_id,
                    actions_trigger.WantedRun(
                        run_id=run_id_for(DagRunType.MANUAL, at or asked.run_after or now)
                        if asked.auto
                        else asked.run_id,
                        logical_date=at,
                        run_after=asked.run_after,
                        conf=asked.conf,
                        note=asked.note,
                        triggered_by="operator",
                    ),
                    now,
                )
                break
            except ConflictError as error:
                if not asked.auto or at is None:
                    raise DagRunAlreadyExists(str(error)) from error
                at += _TICK  # another task triggered the DAG in the very same microsecond
        else:
            raise DagRunAlreadyExists(f"DAG {asked.dag_id!r} has a run for every microsecond around {at}")
        self._mark(connection, run.id, asked)
        return {"run_id": run.run_id, "logical_date": run.logical_date, "made": True}

    def _mark(self, connection: Connection, run_pk: int, asked: wire.TriggerRun) -> None:
        connection.execute(
            update(_run).where(_run.c.id == run_pk).values(made_by=asked.attempt_id, made_as=asked.number)
        )

    def run_state(self, dag_id: str, run_id: str) -> str | None:
        """The state of a run; None when there is none."""
        with self._engine.connect() as connection:
            return connection.scalar(select(_run.c.state).where(_run.c.dag_id == dag_id, _run.c.run_id == run_id))

    # --- asking people ----------------------------------------------------------------------------------------

    def ask(self, asked: wire.AskPeople, now: datetime) -> None:
        """Write what a task instance asks in its present try; asking again replaces an unanswered question.

        Raises NotFoundError for a task instance that is gone, InvalidError for a question nobody could answer.
        """
        if not asked.options:
            raise InvalidError("a question has no options", fix="give options=[...]")
        values = {
            "options": list(asked.options),
            "subject": asked.subject,
            "body": asked.body,
            "defaults": None if asked.defaults is None else list(asked.defaults),
            "multiple": asked.multiple,
            "params": asked.params,
            "assigned_users": [dict(user) for user in asked.assigned_users],
            "created_at": now,
        }

        def work(connection: Connection) -> None:
            number = connection.scalar(select(_ti.c.try_number).where(_ti.c.id == asked.ti_id))
            if number is None:
                raise NotFoundError(f"task instance {asked.ti_id} is gone")
            key = (_question.c.ti_id == asked.ti_id) & (_question.c.try_number == number)
            if connection.scalar(select(_question.c.ti_id).where(key)) is None:
                connection.execute(
                    insert(_question).values(ti_id=asked.ti_id, try_number=number, params_input={}, **values)
                )
            else:
                connection.execute(update(_question).where(key, _question.c.responded_at.is_(None)).values(**values))

        transact(self._engine, work)

    def answer_of(self, ti_id: str, now: datetime) -> dict[str, Any]:
        """The event with which the task goes on: the answer; when there is none, the defaults, which count as the
        answer from now on; without those an error of the type `timeout`."""

        def work(connection: Connection) -> dict[str, Any]:
            row = connection.execute(
                select(_question)
                .join(_ti, (_ti.c.id == _question.c.ti_id) & (_ti.c.try_number == _question.c.try_number))
                .where(_question.c.ti_id == ti_id)
                .with_for_update(of=_question)
            ).one_or_none()
            if row is None:
                return {"error": "the task asked nothing", "error_type": "unknown"}
            if row.responded_at is not None:
                return _event(dict(row._mapping), timed_out=row.responded_by_id is None)
            if row.defaults is None:
                return {"error": "nobody answered within the response timeout", "error_type": "timeout"}
            filled = {"chosen_options": row.defaults, "params_input": _default_params(row.params), "responded_at": now}
            connection.execute(
                update(_question)
                .where(_question.c.ti_id == ti_id, _question.c.try_number == row.try_number)
                .values(**filled)
            )
            return _event({**row._mapping, **filled}, timed_out=True)

        return transact(self._engine, work)


def _default_params(params: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: param.get("value") if isinstance(param, dict) and "value" in param else param
        for name, param in params.items()
    }


def _event(row: Mapping[str, Any], *, timed_out: bool) -> dict[str, Any]:
    by = row["responded_by_id"]
    return {
        "chosen_options": row["chosen_options"] or [],
        "params_input": row["params_input"] or {},
        "responded_at": row["responded_at"].astimezone(UTC),
        "responded_by_user": None if by is None else {"id": by, "name": row["responded_by_name"]},
        "timedout": timed_out,
    }


def _answer(row: Row[Any], *, made: bool) -> dict[str, Any]:
    return {"run_id": row.run_id, "logical_date": row.logical_date, "made": made}
