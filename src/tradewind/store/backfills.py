"""What people do with backfills: make, look at, change, pause, cancel, retry.  Called by `server` and `cli`; the
leader's side is `store.backfills_leader`, the rules are in `core.backfill`.

Every action is one transaction that wakes the leader and stands in the audit log.  A backfill is only written down
here; its runs are made by the leader, a few at a time.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from tradewind.core import backfill as rules
from tradewind.core.backfill import PICKS, Action, Pick, Planned, Span, decide
from tradewind.core.estimate import Estimate, estimate
from tradewind.core.flow import Decision, RunFact, TaskDecision, step_run
from tradewind.core.graph import Graph
from tradewind.core.machine import Fact, step
from tradewind.core.phrases import say
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.spec.dag import DagSpec
from tradewind.spec.states import FINISHED, DagRunState
from tradewind.store import tables
from tradewind.store.actions_checks import chunks
from tradewind.store.actions_common import record, transact
from tradewind.store.actions_trigger import checked_conf, usable_dag
from tradewind.store.actions_views import load_views, unknown_task, write_decisions
from tradewind.store.backfill_retry import RetryPreview as RetryPreview
from tradewind.store.backfill_retry import failed_runs, preview
from tradewind.store.backfill_spans import Asked, ask, slots_body, span_for
from tradewind.store.backfill_spans import Wanted as Wanted
from tradewind.store.backfills_leader import SqlBackfillStore
from tradewind.store.backfills_rows import existing_runs, key_of, locked, span_of
from tradewind.store.engine import read
from tradewind.store.past_runs import history
from tradewind.store.reads.paging import fetch
from tradewind.store.reads.query import Listing, Page, Rows, Sort
from tradewind.store.reads.runs import TOLERATED
from tradewind.store.reads.versions import VersionReads
from tradewind.store.scheduler import utc_now
from tradewind.store.signals import emit

_backfill, _item, _run, _dag = tables.backfill, tables.backfill_run, tables.dag_run, tables.dag
MOST_RUNS_AT_ONCE = 10_000
LISTING = Listing(
    {
        name: Sort(_backfill.c[name], nullable=name == "completed_at")
        for name in ("id", "dag_id", "from_date", "to_date", "created_at", "updated_at", "completed_at")
    },
    ("id",),
    "id",
)
ITEMS = Listing({"ordinal": Sort(_item.c.ordinal), "id": Sort(_item.c.id)}, ("ordinal",), "id")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a backfill would do."""

    items: list[Planned]
    """In the order of the backfill; the first ones, when there are more."""
    counts: dict[Action, int]
    """Extrapolated when not `exact`."""
    expected: int
    exact: bool
    first: datetime | None
    """The earliest date that would run; None when none would, or when not `exact`."""
    last: datetime | None
    tasks: tuple[str, ...]
    """The tasks that would run."""
    estimate: Estimate
    paused: bool
    """The DAG is paused: the runs would wait."""


class Backfills:
    """All backfills.  Thread-safe.  Unknown ones raise NotFoundError."""

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now
        self._versions = VersionReads(engine)

    @cached_property
    def leader(self) -> SqlBackfillStore:
        """What the leader reads and writes."""
        return SqlBackfillStore(self._engine)

    # --- making -------------------------------------------------------------------------------------------

    def create(self, wanted: Wanted, *, user: str | None = None, now: datetime | None = None) -> int:
        """Save a backfill, which the leader takes up; its id.

        Raises NotFoundError for an unknown DAG, InvalidError for what makes no sense (see `core.backfill.check`) or a
        conf that does not fit the params, ConflictError when another backfill of the DAG that is not over wants some of
        the same dates, UnansweredError when nobody asks the code of the DAG's timetable.
        """
        at = now or self._now()
        asked = ask(self._engine, self._versions, wanted, self._now)
        return transact(self._engine, lambda connection: self._create(connection, wanted, asked, user, at))

    def _create(
        self, connection: Connection, wanted: Wanted, asked: Asked | None, user: str | None, now: datetime
    ) -> int:
        connection.execute(select(_dag.c.dag_id).where(_dag.c.dag_id == wanted.dag_id).with_for_update(key_share=True))
        spec, span, picks = self._checked(connection, wanted, asked, now)
        self._check_others(connection, wanted.dag_id, span)
        tasks = wanted.tasks
        return insert_backfill(
            connection,
            wanted,
            span,
            picks,
            conf=None if wanted.conf is None else checked_conf(spec, wanted.conf),
            tasks=None
            if tasks is None
            else {
                "ids": list(tasks.ids),
                "regex": tasks.regex,
                "upstream": tasks.upstream,
                "downstream": tasks.downstream,
            },
            expected=rules.expected(spec, span)[0],
            user=user,
            now=now,
        )

    def _checked(
        self, connection: Connection, wanted: Wanted, asked: Asked | None, now: datetime
    ) -> tuple[DagSpec, Span, frozenset[Pick]]:
        dag = usable_dag(connection, wanted.dag_id)
        spec = self._versions.specs([dag.version_id], connection)[dag.version_id]
        span = span_for(spec, wanted, asked, now)
        picks = PICKS[wanted.reprocess_behavior] if wanted.only is None else frozenset(wanted.only)
        if not 1 <= wanted.max_active_runs <= MOST_RUNS_AT_ONCE:
            raise InvalidError(f"max_active_runs {wanted.max_active_runs} is out of range", fix="use 1 to 10000")
        if wanted.stop_after is not None and wanted.stop_after < 1:
            raise InvalidError(f"stop_after {wanted.stop_after} is out of range", fix="use 1 or more")
        if wanted.tasks is not None:
            for task_id in wanted.tasks.ids:
                if spec.task(task_id) is None:
                    raise unknown_task(spec.dag_id, task_id, [task.task_id for task in spec.tasks])
        rules.check(spec, span, picks, wanted.tasks, now)
        if span.dates is None and span.runs is None and next(rules.slots(spec, span), None) is None:
            raise InvalidError(
                f"the schedule of DAG {spec.dag_id!r} has no run from {span.from_date.isoformat()} to "
                f"{span.to_date.isoformat()}",
                fix="choose a longer range",
            )
        return spec, span, picks

    def _check_others(self, connection: Connection, dag_id: str, span: Span) -> None:
        query = select(_backfill).where(_backfill.c.dag_id == dag_id, _backfill.c.completed_at.is_(None))
        for other in connection.execute(query.order_by(_backfill.c.id)):
            if rules.overlap(span, span_of(other)):
                raise ConflictError(
                    f"backfill {other.id} of DAG {dag_id!r} has some of the same dates: it goes from "
                    f"{other.from_date.isoformat()} to {other.to_date.isoformat()} and is "
                    f"{'paused' if other.paused else 'running'}",
                    fix=f"wait for it, cancel it (tradewind backfill cancel {other.id}), or choose other dates",
                )

    def plan(self, wanted: Wanted, *, most: int = 1000, now: datetime | None = None) -> Plan:
        """What `create` would do: up to `most` dates one by one, counts and an estimate for all.  Raises as `create`,
        but for other backfills."""
        now = now or self._now()
        asked = ask(self._engine, self._versions, wanted, self._now)
        with read(self._engine) as connection:
            dag = usable_dag(connection, wanted.dag_id)
            spec, span, picks = self._checked(connection, wanted, asked, now)
            items: list[Planned] = []
            counts = dict.fromkeys(Action, 0)
            dates: list[datetime] = []
            ahead = itertools.islice(rules.slots(spec, span), rules.COUNTED)
            while piece := list(itertools.islice(ahead, 500)):
                existing = existing_runs(connection, wanted.dag_id, piece)
                for run in piece:
                    planned = decide(run, existing.get(key_of(run)), picks, now)
                    counts[planned.action] += 1
                    if planned.action is not Action.SKIP:
                        dates.append(rules.date_of(run))
                    if len(items) < most:
                        items.append(planned)
            counted = sum(counts.values())
            expected, exact = (counted, True) if counted < rules.COUNTED else rules.expected(spec, span)
            if not exact:
                counts = {action: round(count * expected / counted) for action, count in counts.items()}
            graph = Graph(spec)
            chosen = None if wanted.tasks is None else rules.choose(graph, wanted.tasks)
            past = history(connection, wanted.dag_id, len(spec.tasks))
        return Plan(
            items=items,
            counts=counts,
            expected=expected,
            exact=exact,
            first=min(dates) if dates and exact else None,
            last=max(dates) if dates and exact else None,
            tasks=tuple(graph.order) if chosen is None else chosen,
            estimate=estimate(
                counts[Action.CREATE] + counts[Action.RERUN],
                wanted.max_active_runs,
                past,
                graph,
                only_tasks=chosen,
                max_active_tasks=spec.max_active_tasks,
            ),
            paused=bool(dag.paused),
        )

    # --- looking ------------------------------------------------------------------------------------------

    def page(self, page: Page, dag_id: str | None = None, *, active: bool | None = None, counted: bool = False) -> Rows:
        """Backfills, of one DAG or all; `active`: only those that are not over, or only those that are; `counted`: with
        `runs` and `skipped`, as `get`."""
        conditions = [] if dag_id is None else [_backfill.c.dag_id == dag_id]
        if active is not None:
            over = _backfill.c.completed_at
            conditions.append(over.is_(None) if active else over.is_not(None))
        with read(self._engine) as connection:
            found = fetch(
                connection, _SHOWN.where(*conditions), LISTING, page, select(_backfill.c.id).where(*conditions)
            )
            if counted:
                counts = _counts(connection, [row["id"] for row in found.items])
                found = replace(found, items=[{**row, **counts[row["id"]]} for row in found.items])
            return found

    def get(self, backfill_id: int) -> dict[str, Any]:
        """One backfill, with `runs` (how many are in each state; `tolerated`: succeeded although a task failed) and
        `skipped`."""
        with read(self._engine) as connection:
            row = connection.execute(_SHOWN.where(_backfill.c.id == backfill_id)).mappings().first()
            if row is None:
                raise _unknown(backfill_id)
            return {**row, **_counts(connection, [backfill_id])[backfill_id]}

    def runs(self, backfill_id: int, page: Page) -> Rows:
        """The logical dates that were decided: action, reason, and the run with its state."""
        query = (
            select(_item, _run.c.run_id, _run.c.state, _run.c.start_date, _run.c.end_date, TOLERATED)
            .select_from(_item.outerjoin(_run, _run.c.id == _item.c.dag_run_id))
            .where(_item.c.backfill_id == backfill_id)
        )
        with read(self._engine) as connection:
            _found(connection, backfill_id)
            return fetch(connection, query, ITEMS, page, select(_item.c.id).where(_item.c.backfill_id == backfill_id))

    # --- changing -----------------------------------------------------------------------------------------

    def pause(self, backfill_id: int, *, user: str | None = None, now: datetime | None = None) -> None:
        """Make and start no more runs of it; those that run go on.  Raises ConflictError when it is over."""
        self._change(
            backfill_id, "pause_backfill", user, now, lambda *_: {"paused": True, "reason": "paused by a user"}
        )

    def unpause(self, backfill_id: int, *, user: str | None = None, now: datetime | None = None) -> None:
        """Let it go on; what failed so far does not count against `stop_after` any more.  Raises ConflictError when it
        is over."""

        def go_on(connection: Connection, row: Row[Any], at: datetime) -> dict[str, Any]:
            failed = select(func.count()).where(_run.c.backfill_id == row.id, _run.c.state == DagRunState.FAILED.value)
            return {"paused": False, "reason": None, "forgiven": connection.scalar(failed) or 0}

        self._change(backfill_id, "unpause_backfill", user, now, go_on)

    def change(
        self,
        backfill_id: int,
        *,
        max_active_runs: int | None = None,
        stop_after: int | None = None,
        user: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Change how many of its runs run at once, or after how many failed ones it stops."""
        values = {"max_active_runs": max_active_runs, "stop_after": stop_after}
        given = {name: value for name, value in values.items() if value is not None}
        for name, value in given.items():
            if not 1 <= value <= MOST_RUNS_AT_ONCE:
                raise InvalidError(f"{name} {value} is out of range", fix="use 1 to 10000")
        self._change(backfill_id, "patch_backfill", user, now, lambda *_: given)

    def cancel(self, backfill_id: int, *, user: str | None = None, now: datetime | None = None) -> None:
        """End it: its queued runs fail, the running ones go on to their end.  Raises ConflictError when it is over."""

        def end(connection: Connection, row: Row[Any], at: datetime) -> dict[str, Any]:
            _fail_queued(connection, self._versions, row.id, at)
            connection.execute(update(_item).where(_item.c.backfill_id == row.id, _item.c.todo).values(todo=False))
            return {"paused": True, "completed_at": at, "reason": "cancelled"}

        self._change(backfill_id, "cancel_backfill", user, now, end)

    def retry(self, backfill_id: int, *, user: str | None = None, now: datetime | None = None) -> int:
        """Let its failed runs run again, also when it is over or had stopped; how many.

        In each of them what failed and everything below it starts anew; all tasks when it was marked failed, timed out
        or failed fast.  Raises ConflictError when another backfill that is not over wants some of the same dates.
        """
        at = now or self._now()
        return transact(self._engine, lambda connection: self._retry(connection, backfill_id, user, at))

    def preview_retry(self, backfill_id: int) -> RetryPreview:
        """What `retry` would let run again.  Raises as `retry`."""
        with read(self._engine) as connection:
            row = connection.execute(select(_backfill).where(_backfill.c.id == backfill_id)).one_or_none()
            if row is None:
                raise _unknown(backfill_id)
            dag = usable_dag(connection, row.dag_id)
            if row.completed_at is not None:
                self._check_others(connection, row.dag_id, span_of(row))
            return preview(connection, self._versions, row, paused=bool(dag.paused))

    def _retry(self, connection: Connection, backfill_id: int, user: str | None, now: datetime) -> int:
        row = locked(connection, backfill_id)
        if row is None:
            raise _unknown(backfill_id)
        usable_dag(connection, row.dag_id)
        if row.completed_at is not None:
            self._check_others(connection, row.dag_id, span_of(row))
        failed = _item.c.dag_run_id.in_(failed_runs(backfill_id))
        count = connection.execute(
            update(_item).where(_item.c.backfill_id == backfill_id, failed).values(todo=True)
        ).rowcount
        if count:
            # a cancelled one does not go on with the dates that it had not come to
            exhausted = row.exhausted or row.completed_at is not None
            connection.execute(
                update(_backfill)
                .where(_backfill.c.id == backfill_id)
                .values(paused=False, reason=None, completed_at=None, forgiven=0, exhausted=exhausted, updated_at=now)
            )
            emit(connection, "backfill", row.dag_id)
        extra = {"backfill": backfill_id, "runs": count}
        before = {"paused": row.paused, "completed": row.completed_at is not None, "reason": row.reason}
        told: dict[str, Any] = {}
        if count:
            told = {"before": before, "after": {"paused": False, "completed": False, "reason": None}}
        record(connection, "retry_backfill", now, user, dag_id=row.dag_id, extra=extra, **told)
        return count

    def _change(
        self,
        backfill_id: int,
        event: str,
        user: str | None,
        now: datetime | None,
        values: Callable[[Connection, Row[Any], datetime], dict[str, Any]],
    ) -> None:
        at = now or self._now()

        def work(connection: Connection) -> None:
            row = locked(connection, backfill_id)
            if row is None:
                raise _unknown(backfill_id)
            if row.completed_at is not None:
                raise ConflictError(
                    f"backfill {backfill_id} is already completed",
                    fix="its failed runs can be retried, or make a new one",
                )
            changed = values(connection, row, at)
            connection.execute(update(_backfill).where(_backfill.c.id == backfill_id).values(updated_at=at, **changed))
            emit(connection, "backfill", row.dag_id)
            before = {name: getattr(row, name) for name in changed}
            extra = {"backfill": backfill_id}
            record(connection, event, at, user, dag_id=row.dag_id, extra=extra, before=before, after=changed)

        transact(self._engine, work)


_SHOWN = select(_backfill, _dag.c.display_name.label("dag_display_name")).join(
    _dag, _dag.c.dag_id == _backfill.c.dag_id, isouter=True
)


def insert_backfill(
    connection: Connection,
    wanted: Wanted,
    span: Span,
    picks: Collection[Pick],
    *,
    conf: dict[str, Any] | None,
    tasks: dict[str, Any] | None,
    expected: int | None,
    user: str | None,
    now: datetime,
) -> int:
    """Write a backfill that was checked; its id.  Also called by the guard, for past runs that it holds."""
    values = {
        "dag_id": wanted.dag_id,
        "origin": wanted.origin,
        "from_date": span.from_date,
        "to_date": span.to_date,
        "dates": None if span.dates is None else [at.isoformat() for at in span.dates],
        "partition_keys": None if span.keys is None else list(span.keys),
        "conf": conf,
        "run_backwards": span.backwards,
        "reprocess_behavior": wanted.reprocess_behavior.value,
        "selection": ",".join(pick.value for pick in Pick if pick in picks),
        "tasks": tasks,
        "max_active_runs": wanted.max_active_runs,
        "stop_after": wanted.stop_after,
        "run_on_latest_version": wanted.run_on_latest_version,
        "paused": wanted.paused,
        "reason": wanted.reason,
        "created_at": now,
        "updated_at": now,
        "created_by": user,
        "expected": expected,
        "planned": 0,
        "exhausted": False,
        "forgiven": 0,
    }
    key = connection.execute(insert(_backfill).values(values)).inserted_primary_key
    assert key is not None
    made = int(key[0])
    given = slots_body(span)
    if given is not None:
        body = msgspec.json.encode(given).decode()
        connection.execute(insert(tables.backfill_slots), {"backfill_id": made, "body": body})
    emit(connection, "backfill", wanted.dag_id)
    extra = {"backfill": made, "from_date": span.from_date, "to_date": span.to_date, "reason": wanted.reason}
    event = "hold_past_runs" if wanted.origin == "guard" else "create_backfill"
    names = ("max_active_runs", "stop_after", "paused", "expected", "selection", "run_backwards")
    after = {name: values[name] for name in names if values[name] is not None}
    record(connection, event, now, user, dag_id=wanted.dag_id, extra=extra, after=after)
    return made


def _fail_queued(connection: Connection, versions: VersionReads, backfill_id: int, now: datetime) -> None:
    queued = connection.scalars(
        select(_run.c.id).where(_run.c.backfill_id == backfill_id, _run.c.state == DagRunState.QUEUED.value)
    ).all()
    reason = str(say("recorded.cancelled_with", number=backfill_id))
    for part in chunks(queued):
        for row, view in load_views(connection, versions, part, lock=True):
            if view.state is not DagRunState.QUEUED:
                continue
            decisions: list[Decision] = []
            for task in view.tasks.values():
                if task.state not in FINISHED:
                    decisions.append(TaskDecision(step(task, Fact.MARKED_SKIPPED, now, reason=reason)))
                    view.recount(task)
            decisions.append(step_run(view, RunFact.MARKED_FAILED, now, reason=reason))
            write_decisions(connection, row, decisions, now)


def _found(connection: Connection, backfill_id: int) -> None:
    if connection.scalar(select(_backfill.c.id).where(_backfill.c.id == backfill_id)) is None:
        raise _unknown(backfill_id)


def _unknown(backfill_id: int) -> NotFoundError:
    return NotFoundError(f"there is no backfill {backfill_id}", fix="see them with: tradewind backfill list")


def _counts(connection: Connection, backfill_ids: list[int]) -> dict[int, dict[str, Any]]:
    """Of each of the backfills: how many of its runs are in which state, and how many dates it skipped."""
    found: dict[int, dict[str, Any]] = {backfill_id: {"runs": {}, "skipped": 0} for backfill_id in backfill_ids}
    item = _item.c
    # not by the runs' own backfill: a later one may have made them run again
    states = (
        select(item.backfill_id, _run.c.state, TOLERATED, func.count().label("number"))
        .join(_run, item.dag_run_id == _run.c.id)
        .where(item.backfill_id.in_(backfill_ids))
        .group_by(item.backfill_id, _run.c.state, TOLERATED.element)
    )
    for row in connection.execute(states):
        found[row.backfill_id]["runs"]["tolerated" if row.tolerated else row.state] = row.number
    skipped = (
        select(item.backfill_id, func.count().label("number"))
        .where(item.backfill_id.in_(backfill_ids), item.action == Action.SKIP.value)
        .group_by(item.backfill_id)
    )
    for row in connection.execute(skipped):
        found[row.backfill_id]["skipped"] = row.number
    return found
