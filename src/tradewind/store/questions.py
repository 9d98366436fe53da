"""What tasks ask people: the lists for people, and the answering.  Called by the server and by the CLI.

An answer is written together with what follows from it: a task instance that waits for it becomes scheduled in the
same transaction.  One that is still on its way to waiting finds the answer when it gets there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from tradewind.authoring.params import check_schema
from tradewind.core.flow import TaskDecision
from tradewind.core.machine import Fact, step
from tradewind.core.phrases import say
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import TaskInstanceState
from tradewind.store import tables
from tradewind.store.actions_common import change_run, record, run_pk, transact
from tradewind.store.actions_views import load_views, write_decisions
from tradewind.store.changes import note_topic
from tradewind.store.engine import read
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Range, Row, Rows, Sort, Where
from tradewind.store.reads.task_instances import TaskInstanceReads
from tradewind.store.reads.versions import VersionReads
from tradewind.store.residual import gathered, residual

_ask, _ti, _run = tables.hitl_detail.c, tables.task_instance.c, tables.dag_run.c

LISTING = Listing(
    {
        "ti_id": Sort(_ask.ti_id),
        "subject": Sort(_ask.subject),
        "responded_at": Sort(_ask.responded_at, nullable=True),
        "created_at": Sort(_ask.created_at),
        "due_at": Sort(_ti.next_at, nullable=True),
        "responded_by_user_id": Sort(_ask.responded_by_id, nullable=True),
        "responded_by_user_name": Sort(_ask.responded_by_name, nullable=True),
        "dag_id": Sort(_ti.dag_id),
        "run_id": Sort(_ti.run_id),
        "task_id": Sort(_ti.task_id),
        "task_display_name": Sort(_ti.task_id),
        "run_after": Sort(_run.run_after),
        "rendered_map_index": Sort(_ti.map_index),
        "task_instance_operator": Sort(_ti.operator, nullable=True),
        "task_instance_state": Sort(_ti.state, nullable=True),
    },
    ("created_at",),
    "ti_id",
)


class NotAskedError(PermissionError):
    """Somebody answers who was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFilter:
    """Which questions; what is None does not bind."""

    dag_ids: Sequence[str] | None = None
    run_ids: Sequence[str] | None = None
    task_ids: Sequence[str] | None = None
    map_indexes: Sequence[int] | None = None
    states: Sequence[str | None] | None = None
    answered: bool | None = None
    by_ids: Sequence[str] | None = None
    by_names: Sequence[str] | None = None
    subject: str | None = None
    body: str | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix: str | None = None
    created_at: Range | None = None
    waiting: bool = False
    """Only those that wait for an answer now: found by the state of their tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody answered, and who."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    chosen: Sequence[str]
    params: Mapping[str, Any] = field(default_factory=dict)
    user_id: str
    user_name: str
    anybody: bool = False
    """There is no login: whoever is here may answer what others were asked."""


class Questions:
    """One part of `store.Store`; thread-safe."""

    def __init__(self, engine: Engine, versions: VersionReads, instances: TaskInstanceReads) -> None:
        self._engine = engine
        self._versions = versions
        self._instances = instances

    def page(self, which: QuestionFilter, page: Page) -> Rows:
        """Questions of present tries: the columns of `hitl_detail`, `next_at` (when it is too late to answer one that
        waits) and `task_instance`, a row of `reads`."""
        where = Where(self._engine.dialect.name == "sqlite")
        # few tasks ask: unless a run is named, the questions are gone through, and the task of each is looked up
        through = not which.run_ids and not which.waiting
        dag_id, state = (gathered(_ti.dag_id), gathered(_ti.state)) if through else (_ti.dag_id, _ti.state)
        where.one_of(dag_id, which.dag_ids)
        where.one_of(_ti.run_id, which.run_ids)
        where.one_of(_ti.task_id, which.task_ids)
        where.one_of(_ti.map_index, which.map_indexes)
        where.one_of(state, which.states)
        if which.waiting:
            where.add(_ti.state == TaskInstanceState.AWAITING_INPUT.value)
            where.add(_ask.responded_at.is_(None))
        where.one_of(_ask.responded_by_id, which.by_ids)
        where.one_of(_ask.responded_by_name, which.by_names)
        where.within(_ask.created_at, which.created_at)
        for column, text in ((_ask.subject, which.subject), (_ask.body, which.body)):
            where.like(column, text)
        where.like(dag_id, which.dag_id_pattern)
        where.starts(dag_id, which.dag_id_prefix)
        where.like(_ti.task_id, which.task_id_pattern)
        where.starts(_ti.task_id, which.task_id_prefix)
        if which.answered is not None:
            where.add(_ask.responded_at.is_not(None) if which.answered else _ask.responded_at.is_(None))
        asked = residual(_ask.ti_id) if through else _ask.ti_id
        run_pk = gathered(_ti.dag_run_id) if through else _ti.dag_run_id
        present = (_ti.id == asked) & (_ti.try_number == _ask.try_number)
        query = (
            select(tables.hitl_detail, _ti.next_at)
            .join(tables.task_instance, present)
            .join(tables.dag_run, _run.id == run_pk)
            .where(*where.conditions)
        )
        countable = select(_ask.ti_id).join(tables.task_instance, present).where(*where.conditions)
        order = [key.removeprefix("-") for key in page.order_by]
        of_task = any((which.dag_ids, which.dag_id_pattern, which.dag_id_prefix, which.states, which.task_ids))
        sorts = through and (of_task or order[:1] not in ([], ["created_at"]))
        with read(self._engine) as connection:
            rows = fetch(connection, query, LISTING, page, countable, gathered=sorts)
        instances = {row["id"]: row for row in self._instances.of_ids([row["ti_id"] for row in rows.items])}
        for row in rows.items:
            row["task_instance"] = instances.get(row["ti_id"])
        rows.items[:] = [row for row in rows.items if row["task_instance"] is not None]
        return rows

    def of(self, ti_id: str, try_number: int) -> Row | None:
        """What a task instance asked in a try."""
        query = select(tables.hitl_detail).where(_ask.ti_id == ti_id, _ask.try_number == try_number)
        with read(self._engine) as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else dict(row)

    def answer(self, given: Answer, now: datetime) -> Row:
        """Write an answer, once; returns the question with it.

        Raises NotFoundError when nothing was asked, ConflictError when it is answered, NotAskedError when others were
        asked, InvalidError for options or params that do not fit.
        """
        return transact(self._engine, lambda connection: self._answer(connection, given, now))

    def _answer(self, connection: Connection, given: Answer, now: datetime) -> Row:
        ((row, view),) = load_views(
            connection, self._versions, [run_pk(connection, given.dag_id, given.run_id)], lock=True
        )
        task = view.tasks.get(TaskKey(given.task_id, given.map_index))
        if task is None:
            raise NotFoundError(f"run {given.run_id!r} of DAG {given.dag_id!r} has no task instance {given.task_id!r}")
        key = (_ask.ti_id == task.id) & (_ask.try_number == task.try_number)
        found = connection.execute(select(tables.hitl_detail).where(key)).mappings().one_or_none()
        asked = None if found is None else dict(found)
        if asked is None:
            raise NotFoundError(f"task {given.task_id!r} of run {given.run_id!r} asks nothing")
        if asked["responded_at"] is not None:
            raise ConflictError(
                f"what task {given.task_id!r} asked was answered by {asked['responded_by_name'] or 'its defaults'} at "
                f"{asked['responded_at'].isoformat()}"
            )
        _check(asked, given)
        values = {
            "responded_at": now,
            "responded_by_id": given.user_id,
            "responded_by_name": given.user_name,
            "chosen_options": list(given.chosen),
            "params_input": dict(given.params),
        }
        connection.execute(update(tables.hitl_detail).where(key).values(**values))
        note_topic(connection, "hitl")
        if task.state is TaskInstanceState.AWAITING_INPUT:
            answered = step(task, Fact.ANSWERED, now, reason=str(say("recorded.answered_by", who=given.user_name)))
            write_decisions(connection, row, [TaskDecision(answered)], now)
        else:
            # it is on its way to waiting: what the leader decides from before the answer must miss
            change_run(connection, row, now)
        record(
            connection,
            "update_hitl_detail",
            now,
            given.user_name,
            dag_id=given.dag_id,
            run_id=given.run_id,
            task_id=given.task_id,
            map_index=given.map_index,
            extra={"chosen_options": list(given.chosen)},
            after={"chosen_options": list(given.chosen), "params": sorted(given.params)},
        )
        return {**asked, **values}


def _check(asked: Mapping[str, Any], given: Answer) -> None:
    ids = {user["id"] for user in asked["assigned_users"]}
    if ids and given.user_id not in ids and not given.anybody:
        raise NotAskedError(f"{given.user_name} is not among those who were asked: {', '.join(sorted(ids))}")
    unknown = [option for option in given.chosen if option not in asked["options"]]
    if unknown:
        named = ", ".join(map(repr, unknown))
        raise InvalidError(f"not an option: {named}", fix=f"choose among {', '.join(asked['options'])}")
    if not given.chosen:
        raise InvalidError("no option was chosen", fix=f"choose among {', '.join(asked['options'])}")
    if len(given.chosen) > 1 and not asked["multiple"]:
        raise InvalidError(f"only one option can be chosen, not {len(given.chosen)}", fix="choose one")
    if given.params and set(given.params) != set(asked["params"]):
        filled, wanted = (", ".join(sorted(each)) or "nothing" for each in (given.params, asked["params"]))
        raise InvalidError(
            f"filled in: {filled}; asked for: {wanted}",
            fix="give a value for each of them",
        )
    for name, param in asked["params"].items():
        schema = param.get("schema") if isinstance(param, dict) else None
        if name in given.params and (problem := check_schema(given.params[name], schema or {})):
            raise InvalidError(f"param {name!r}: {problem}", fix="give a value that matches its schema")
