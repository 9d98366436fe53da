"""Which task instances a list has, and by what way they are found.  Used by `task_instances`.

Theory.  A list of all history can be read in two ways: along an index that has its order, until the page is full, or
by an index that finds few rows, which are read and sorted.  The first is good where many rows pass the filter, the
second where few do, and no database here can be trusted to tell which: SQLite keeps no statistics, and PostgreSQL
takes conditions for independent.  So it is counted first, up to `FEW`, by one condition after the other, each from an
index alone.  What a task instance has from its task has no index: `task_shape` tells which tasks there are with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    and_,
    cast,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
    union_all,
)

from tradewind.spec.states import TaskInstanceState
from tradewind.store import tables
from tradewind.store.durations import seconds_between
from tradewind.store.reads.paging import count
from tradewind.store.reads.query import Range, Where
from tradewind.store.tables_lists import task_shape

_ti, _run, _version, _shape = tables.task_instance.c, tables.dag_run.c, tables.dag_version.c, task_shape.c
FEW = 15_000
"""Task instances that may be read and sorted for a page: some 40 ms."""
FEW_IDS = 120_000
"""Ids that may be sorted for a page, from an index alone: as long."""
FEW_SPREAD = 50_000
"""The same of tasks that many DAGs have: those are met soon along any order."""
MANY_DAGS = 50
VERY_FEW = 500
DURATION = seconds_between(_ti.start_date, _ti.end_date)
IS_MAPPED = _ti.map_index >= literal_column("0")
IS_WEIGHED = _ti.priority_weight != literal_column("1")
IS_RETRIED = and_(_ti.end_date.is_not(None), _ti.try_number != literal_column("1"))
"""In the words of the partial indexes, without parameters."""
NAME = func.coalesce(_ti.rendered_map_index, cast(_ti.map_index, String(20)))
"""How an instance of a mapped task is called."""


@dataclass(frozen=True, slots=True)
class TaskInstanceFilter:
    """Which task instances; what is None does not bind."""

    dag_ids: Sequence[str] | None = None
    run_ids: Sequence[str] | None = None
    task_ids: Sequence[str] | None = None
    map_indexes: Sequence[int] | None = None
    mapped_only: bool = False
    rendered_map_index_pattern: str | None = None
    """`%` and `_` as in SQL LIKE; without a rendered name the map index is looked at."""
    rendered_map_index_prefix: str | None = None
    states: Sequence[str | None] | None = None
    """None among them: no status."""
    pools: Sequence[str] | None = None
    queues: Sequence[str] | None = None
    executors: Sequence[str] | None = None
    operators: Sequence[str | None] | None = None
    try_numbers: Sequence[int] | None = None
    priority_weights: Sequence[int] | None = None
    rendered_map_indexes: Sequence[str | None] | None = None
    version_numbers: Sequence[int] | None = None
    run_after: Range | None = None
    logical_date: Range | None = None
    start_date: Range | None = None
    end_date: Range | None = None
    updated_at: Range | None = None
    duration: Range | None = None
    task_name_pattern: str | None = None
    task_name_prefix: str | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix: str | None = None
    pool_pattern: str | None = None
    pool_prefix: str | None = None
    queue_pattern: str | None = None
    queue_prefix: str | None = None
    operator_pattern: str | None = None
    operator_prefix: str | None = None


_OF_DAG = frozenset({"dag_ids", "dag_id_pattern", "dag_id_prefix"})
_NAMED = frozenset({"task_ids", "task_name_pattern", "task_name_prefix"})
_CHANGEABLE = frozenset(
    {"operators", "pools", "queues", "executors"}
    | {f"{name}_{how}" for name in ("operator", "pool", "queue") for how in ("pattern", "prefix")}
)
"""What a task may have had otherwise in an earlier version of its DAG."""
_COVERED = _OF_DAG | _NAMED | {"start_date", "end_date", "updated_at"}
"""What indexes have together with the id."""
_OF_RUN = frozenset({"run_ids", "run_id_pattern", "run_id_prefix", "version_numbers", "run_after", "logical_date"})


Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Way:
    """How the rows of a filter are found."""

    which: TaskInstanceFilter
    """Without what all task instances have."""
    few: Conditions | None = None
    """Of the few that are looked at, by an index; None: rows are met along the order of the list."""
    alone: bool = False
    """`few` says all that the filter says."""
    total: int | None = None
    """How many there are, where that has been counted."""
    at_least: int = 0
    """How many there are at any rate."""
    staged: Conditions | None = None
    """Among the rows of these, which an index has with their ids, are those of the filter, most of them."""
    far: bool = True
    """What is asked for is in one index, which can be counted far."""
    nothing: bool = False
    """No task instance has it."""


def way(conn: Connection, which: TaskInstanceFilter, by_id: bool, *, piece: bool = False) -> Way:
    """Choose how to find the rows; `by_id`: the list comes by id alone; `piece`: of a list that was chosen for."""
    if which.run_ids and which.dag_ids:
        return Way(which)  # the tasks of a run: the index of runs has them together
    sqlite = conn.dialect.name == "sqlite"
    if conn.dialect.name == "postgresql" and not piece:
        # it reckons that a scan of all meets the first thousands soon, and does not know when there are none
        conn.execute(text("SET LOCAL enable_seqscan = off"))
    which, nothing = (which, False) if piece else _without_what_all_have(conn, which, sqlite)
    if nothing:
        return Way(which, nothing=True)
    asked = {field.name for field in fields(which) if _binds(getattr(which, field.name))}
    best: tuple[int, Conditions, bool] | None = None
    covered, at_least, staged = not asked, 0, None
    for names, few, exact, counted in _ways(which, asked, sqlite):
        alone = exact and asked <= names
        in_index = exact and bool(names & _COVERED)
        covered = covered or (alone and in_index)
        stages = piece and by_id and in_index
        most = FEW
        if by_id and (covered or stages):
            most = FEW_SPREAD if asked == {"task_ids"} else FEW_IDS
        ids = select(_ti.id).where(*few) if counted is None else counted
        found = count(conn, ids, most)
        if found == most == FEW_SPREAD and not _in_many_dags(conn, which, sqlite):
            found = count(conn, ids, most := FEW_IDS)
        if found == 0:
            return Way(which, nothing=True)
        if stages and not alone and FEW <= found < most:
            staged = few
        elif found < most and (best is None or found < best[0]):
            best = (found, few, alone)
        if alone:
            at_least = found
        if found < VERY_FEW:
            break
    if best is None:
        return Way(which, far=covered, at_least=at_least, staged=staged)
    return Way(which, best[1], best[2], best[0] if best[2] else None)


def _in_many_dags(conn: Connection, which: TaskInstanceFilter, sqlite: bool) -> bool:
    dags = select(_shape.dag_id).where(*of_shape(which, sqlite).conditions).distinct()
    return count(conn, dags, MANY_DAGS) == MANY_DAGS


def _binds(value: object) -> bool:
    return bool(value) or value == ""


def _without_what_all_have(
    conn: Connection, which: TaskInstanceFilter, sqlite: bool
) -> tuple[TaskInstanceFilter, bool]:
    """The filter without conditions on tasks that all tasks meet (of the DAGs that are asked for), and whether none
    does.
    """
    asked = {name for name in _CHANGEABLE | _NAMED if _binds(getattr(which, name))}
    if not asked:
        return which, False
    dags, met = Where(sqlite), of_shape(which, sqlite)
    dags.one_of(_shape.dag_id, which.dag_ids)
    dags.dags_like(_shape.dag_id, which.dag_id_pattern, which.dag_id_prefix)
    shapes = select(_shape.id).where(*dags.conditions)
    if conn.execute(shapes.where(*met.conditions).limit(1)).first() is None:
        return which, True
    nothing_asked: dict[str, Any] = dict.fromkeys(asked)
    if conn.execute(shapes.where(and_(*met.conditions).is_not(true())).limit(1)).first() is None:
        return replace(which, **nothing_asked), False
    return which, False


def of_shape(which: TaskInstanceFilter, sqlite: bool, *, dags: bool = False) -> Where:
    """What the filter says of tasks, as said of `task_shape`; with `dags` what it says of DAGs, too."""
    where = Where(sqlite)
    if dags:
        where.one_of(_shape.dag_id, which.dag_ids)
        where.dags_like(_shape.dag_id, which.dag_id_pattern, which.dag_id_prefix)
    where.one_of(_shape.task_id, which.task_ids)
    where.one_of(_shape.operator, which.operators)
    where.one_of(_shape.pool, which.pools)
    where.one_of(_shape.queue, which.queues)
    where.one_of(_shape.executor, which.executors)
    for column, pattern, prefix in (
        (_shape.task_id, which.task_name_pattern, which.task_name_prefix),
        (_shape.pool, which.pool_pattern, which.pool_prefix),
        (_shape.queue, which.queue_pattern, which.queue_prefix),
        (_shape.operator, which.operator_pattern, which.operator_prefix),
    ):
        where.like(column, pattern)
        where.starts(column, prefix)
    return where


_Said = tuple[frozenset[str], Conditions, bool, Select[Any] | None]
"""What is said (names of fields), in words that an index serves, whether that is all that is said of it, and the ids of
those that have it, where other words are better to count.
"""


def _ways(which: TaskInstanceFilter, asked: set[str], sqlite: bool) -> list[_Said]:
    found: list[_Said] = []
    # first, for most states have few rows or none, and then nothing else is asked
    if which.states and TaskInstanceState.SUCCESS.value not in which.states:
        states = Where(sqlite)
        states.one_of(_ti.state, which.states)
        found.append((frozenset({"states"}), states.conditions, True, None))
    if asked & (_CHANGEABLE | _NAMED):
        named = of_shape(which, sqlite, dags=True)
        pairs = select(_shape.dag_id, _shape.task_id).where(*named.conditions)
        of_task: Conditions = [tuple_(_ti.dag_id, _ti.task_id).in_(pairs)]
        found.append((_OF_DAG | _NAMED, of_task, not asked & _CHANGEABLE, None))
    elif asked & _OF_DAG:
        dags = Where(sqlite)
        dags.one_of(_ti.dag_id, which.dag_ids)
        dags.dags_like(_ti.dag_id, which.dag_id_pattern, which.dag_id_prefix)
        found.append((_OF_DAG, dags.conditions, True, None))
    if asked & _OF_RUN:
        found.append((_OF_RUN, _of_runs(which, sqlite), True, None))
    if which.try_numbers and 1 not in which.try_numbers:
        tried = _of_tries(which.try_numbers)
        found.append((frozenset({"try_numbers"}), [_ti.id.in_(tried)], True, tried))
    if which.mapped_only or (which.map_indexes and -1 not in which.map_indexes):
        mapped = Where(sqlite)
        mapped.one_of(_ti.map_index, which.map_indexes)
        found.append((frozenset({"mapped_only", "map_indexes"}), [IS_MAPPED, *mapped.conditions], True, None))
    for name in ("start_date", "end_date", "updated_at", "duration"):
        if name in asked:
            within = Where(sqlite)
            within.within(DURATION if name == "duration" else _ti[name], getattr(which, name))
            found.append((frozenset({name}), within.conditions, True, None))
    pattern, prefix = which.rendered_map_index_pattern, which.rendered_map_index_prefix
    if any(_is_no_number(part) for part in (pattern, prefix)):
        rendered = Where(sqlite)
        rendered.like(_ti.rendered_map_index, pattern)
        rendered.starts(_ti.rendered_map_index, prefix)
        there = _ti.rendered_map_index.is_not(None)
        names = frozenset({"rendered_map_index_pattern", "rendered_map_index_prefix"})
        found.append((names, [there, *rendered.conditions], True, None))
    return found


def _is_no_number(part: str | None) -> bool:
    """Whether the pattern finds no map index: each of its alternatives has a letter."""
    return bool(part) and all(any(letter.isalpha() for letter in each) for each in (part or "").split("|"))


def _of_runs(which: TaskInstanceFilter, sqlite: bool) -> Conditions:
    where = Where(sqlite)
    where.one_of(_run.run_id, which.run_ids)
    where.like(_run.run_id, which.run_id_pattern)
    where.starts(_run.run_id, which.run_id_prefix)
    where.within(_run.run_after, which.run_after)
    where.within(_run.logical_date, which.logical_date)
    if which.version_numbers:
        versions = select(_version.id).where(_version.number.in_(which.version_numbers))
        where.add(_run.version_id.in_(versions))
    return [_ti.dag_run_id.in_(select(_run.id).where(*where.conditions))]


def _of_tries(numbers: Sequence[int]) -> Select[Any]:
    """Those that ended, by their own index; of all others there are few."""
    states = [state.value for state in TaskInstanceState]
    going = and_(or_(_ti.state.in_(states), _ti.state.is_(None)), _ti.end_date.is_(None))
    tried = _ti.try_number.in_(numbers)
    both = union_all(select(_ti.id).where(IS_RETRIED, tried), select(_ti.id).where(going, tried)).subquery("tried")
    return select(both.c.id)
