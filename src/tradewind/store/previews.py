"""What an action will make or touch, before it is done: the blast radius.  Called by `server` and `cli`.

Counts come from the rules that decide (`core.forecast`, `core.clearing`), not from a second opinion.  Nothing is
written.  A custom timetable is asked, as its code runs in child processes: that takes seconds, and may fail.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Engine, Row, func, or_, select

from tradewind.core.estimate import Estimate, estimate
from tradewind.core.forecast import Forecast, forecast, restricted
from tradewind.core.graph import Graph
from tradewind.core.phrases import say
from tradewind.core.runs import may_be_scheduled
from tradewind.core.timetables import ForeseenTimetable, build
from tradewind.errors import AirflowTimetableInvalid, ConflictError, InvalidError, UnansweredError
from tradewind.ports.store import NewRun
from tradewind.spec.dag import DagSpec
from tradewind.spec.forecast import Restricted
from tradewind.spec.schedule import Interval
from tradewind.spec.states import FINISHED_RUN, DagRunState
from tradewind.store import actions_trigger, tables
from tradewind.store.actions_common import aware, find_dag, run_pk
from tradewind.store.engine import read
from tradewind.store.past_runs import history
from tradewind.store.range_questions import PREVIEW_SECONDS, ask_forecast
from tradewind.store.reads.versions import VersionReads

_run, _ti = tables.dag_run.c, tables.task_instance.c


@dataclass(frozen=True, slots=True)
class RunsPreview:
    """The runs that a schedule will make at once."""

    dag_id: str
    sentence: str
    paused: bool
    runs: Forecast | None
    """None: only the code of the timetable knows, and it did not answer."""
    unknown: str | None
    """Then why."""
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class TriggerPreview:
    """The run that a trigger makes."""

    run: NewRun
    sentence: str
    tasks: int
    """Tasks of the DAG; how many instances mapped ones have is not known."""
    waits: list[str]
    """What holds its start up; empty: it starts at once."""
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class PausePreview:
    """What pausing holds up."""

    dag_id: str
    sentence: str
    paused: bool
    """It is already."""
    running: int
    queued: int
    next_run_after: datetime | None


@dataclass(frozen=True, slots=True)
class DeletePreview:
    """What goes with a DAG."""

    dag_id: str
    sentence: str
    runs: int
    unfinished: int
    """Runs that did not end: a DAG with running ones cannot be deleted."""
    task_instances: int
    backfills: int


@dataclass(frozen=True, slots=True)
class Cleared:
    """What runs again of a DAG."""

    dag_id: str
    runs: list[str]
    tasks: dict[str, int]
    """Task -> how many of its instances."""
    task_instances: int


@dataclass(frozen=True, slots=True)
class MarkPreview:
    """What changes its state."""

    dag_id: str
    sentence: str
    runs: list[str]
    tasks: dict[str, int]
    """Task -> how many of its instances."""
    task_instances: int
    states: dict[str, int]
    """The state they get (`no_status`: they run again) -> how many."""


@dataclass(frozen=True, slots=True)
class ClearPreview:
    """What runs again."""

    sentence: str
    own: Cleared
    dependents: list[Cleared]
    """Of other DAGs, which markers lead to."""


class Previews:
    """All previews.  Thread-safe.  An unknown DAG raises NotFoundError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._versions = VersionReads(engine)

    def unpause(self, dag_id: str, now: datetime) -> RunsPreview:
        """The runs that unpausing the DAG makes at once; of one that is not paused, those that are due."""
        with read(self._engine) as connection:
            dag = find_dag(connection, dag_id)
            spec = self._versions.specs([dag.version_id], connection)[dag.version_id]
        return self._runs(dag, spec, now, f"Unpausing {dag_id}")

    def schedule(
        self,
        dag_id: str,
        now: datetime,
        *,
        cron: str | None = None,
        timezone: str | None = None,
        start_date: datetime | None = None,
        end_date: datetime | None = None,
        catchup: bool | None = None,
    ) -> RunsPreview:
        """The runs that the DAG makes at once when its file says this instead; what is None stays as it is.

        Raises InvalidError for a cron expression or a time zone that is none.
        """
        with read(self._engine) as connection:
            dag = find_dag(connection, dag_id)
            spec = self._versions.specs([dag.version_id], connection)[dag.version_id]
        table = spec.timetable
        if cron is not None:
            kind = table.kind if table.kind in ("cron_interval", "cron_trigger") else "cron_trigger"
            table = msgspec.structs.replace(table, kind=kind, crons=(cron,), summary=cron)
        if timezone is not None:
            table = msgspec.structs.replace(table, timezone=timezone)
        changes: dict[str, Any] = {"timetable": table}
        if aware("start_date", start_date) is not None:
            changes["start_date"] = start_date
        if aware("end_date", end_date) is not None:
            changes["end_date"] = end_date
        if catchup is not None:
            changes |= {"catchup": catchup, "catchup_policy": None}
        return self._runs(dag, msgspec.structs.replace(spec, **changes), now, f"Such a schedule of {dag_id}")

    def _runs(self, dag: Row[Any], spec: DagSpec, now: datetime, what: str) -> RunsPreview:
        last = None
        if dag.last_automated_start is not None and dag.last_automated_end is not None:
            last = Interval(dag.last_automated_start, dag.last_automated_end)
        try:
            timetable = build(spec.timetable)
            found, unknown = None, None
            if isinstance(timetable, ForeseenTimetable) and may_be_scheduled(spec):
                wanted = restricted(spec, last, dag.last_automated_run_after)
                found, unknown = self._asked(dag.dag_id, spec, timetable, wanted, last, now)
            else:
                found = forecast(spec, timetable, last, now)
        except AirflowTimetableInvalid as error:
            raise InvalidError(
                f"such a schedule is not valid: {error.message}", fix=error.fix or "correct it"
            ) from None
        with read(self._engine) as connection:
            past = history(connection, dag.dag_id, len(spec.tasks))
        needed = estimate(
            found.count if found is not None else 0,
            spec.max_active_runs,
            past,
            Graph(spec),
            max_active_tasks=spec.max_active_tasks,
        )
        return RunsPreview(dag.dag_id, _runs_sentence(what, found, unknown), bool(dag.paused), found, unknown, needed)

    def _asked(
        self,
        dag_id: str,
        spec: DagSpec,
        timetable: ForeseenTimetable,
        wanted: Restricted,
        last: Interval | None,
        now: datetime,
    ) -> tuple[Forecast | None, str | None]:
        """What the code of the timetable says, or why nobody knows."""
        try:
            timetable.forecast = ask_forecast(self._engine, dag_id, wanted, now, PREVIEW_SECONDS)
        except (UnansweredError, InvalidError) as error:
            return None, error.message
        # it looked at the clock a little later
        return forecast(spec, timetable, last, max(now, timetable.forecast.computed_at)), None

    def trigger(
        self,
        dag_id: str,
        now: datetime,
        *,
        run_id: str | None = None,
        logical_date: datetime | None = None,
        interval: Interval | None = None,
        run_after: datetime | None = None,
        conf: Mapping[str, Any] | None = None,
        partition_key: str | None = None,
    ) -> TriggerPreview:
        """The run that a trigger makes, and what it waits for.  Raises what `Actions.trigger_run` raises for arguments
        that are not valid, and ConflictError for a run id or a logical date that is taken.
        """
        with read(self._engine) as connection:
            run, spec = actions_trigger.prepare(
                connection,
                self._versions,
                dag_id,
                actions_trigger.WantedRun(
                    run_id=run_id,
                    logical_date=logical_date,
                    interval=interval,
                    run_after=run_after,
                    conf=conf,
                    partition_key=partition_key,
                ),
                now,
            )
            taken = [_run.run_id == run.run_id] if run_id is not None else []
            taken += [_run.logical_date == run.logical_date] if run.logical_date is not None else []
            if taken:
                other = connection.scalar(select(_run.run_id).where(_run.dag_id == dag_id, or_(*taken)).limit(1))
                if other is not None:
                    raise ConflictError(
                        f"DAG {dag_id!r} has the run {other!r} already, with this id or logical date",
                        fix="clear that run, or give another id or logical date",
                    )
            dag = find_dag(connection, dag_id)
            active = connection.scalar(
                select(func.count()).where(_run.dag_id == dag_id, _run.state == DagRunState.RUNNING.value)
            )
            needed = estimate(1, spec.max_active_runs, history(connection, dag_id, len(spec.tasks)), Graph(spec))
        waits: list[str] = []
        if dag.paused:
            waits.append(say("dag.paused"))
        if run.run_after > now:
            waits.append(say("preview.due_at", at=run.run_after))
        if (active or 0) >= spec.max_active_runs:
            waits.append(say("preview.active", active=active or 0, most=spec.max_active_runs))
        when = f"waits: {'; '.join(waits)}" if waits else "starts at once"
        sentence = f"Triggering {dag_id} makes one run of {_count(len(spec.tasks), 'task')}; it {when}."
        return TriggerPreview(run, sentence, len(spec.tasks), waits, needed)

    def delete_run(self, dag_id: str, run_id: str) -> DeletePreview:
        """What is deleted with a run.  Raises NotFoundError."""
        with read(self._engine) as connection:
            pk = run_pk(connection, dag_id, run_id)
            state = connection.scalar(select(_run.state).where(_run.id == pk))
            instances = connection.scalar(select(func.count()).where(_ti.dag_run_id == pk)) or 0
        unfinished = int(state not in FINISHED_RUN)
        sentence = f"Deleting run {run_id} of {dag_id} deletes it with {_count(instances, 'task instance')}."
        return DeletePreview(dag_id, sentence, 1, unfinished, instances, 0)

    def pause(self, dag_id: str) -> PausePreview:
        """What pausing a DAG holds up.  Raises NotFoundError."""
        with read(self._engine) as connection:
            dag = find_dag(connection, dag_id)
            query = (
                select(_run.state, func.count())
                .where(_run.dag_id == dag_id, _run.state.in_(("queued", "running")))
                .group_by(_run.state)
            )
            counted: dict[str, int] = dict(connection.execute(query).all())
        running, queued = counted.get("running", 0), counted.get("queued", 0)
        parts = [
            f"{_count(running, 'running run')} {'goes' if running == 1 else 'go'} on",
            f"{_count(queued, 'queued run')} {'waits' if queued == 1 else 'wait'}",
        ]
        if dag.next_run_after is not None:
            parts.append(f"the run due at {dag.next_run_after.isoformat()} is not made")
        already = "is paused already" if dag.paused else ", ".join(parts)
        sentence = f"{dag_id} {already}." if dag.paused else f"Pausing {dag_id}: {already}."
        return PausePreview(dag_id, sentence, bool(dag.paused), running, queued, dag.next_run_after)

    def delete(self, dag_id: str) -> DeletePreview:
        """What is deleted with the DAG."""
        with read(self._engine) as connection:
            find_dag(connection, dag_id)
            states: Counter[str] = Counter()
            query = select(_run.state, func.count().label("number")).where(_run.dag_id == dag_id).group_by(_run.state)
            for row in connection.execute(query):
                states[row.state] = row.number
            count = select(func.count())
            instances = connection.scalar(count.where(_ti.dag_id == dag_id)) or 0
            backfills = connection.scalar(count.where(tables.backfill.c.dag_id == dag_id)) or 0
        runs = states.total()
        sentence = (
            f"Deleting {dag_id} deletes {_count(runs, 'run')} with {_count(instances, 'task instance')}, "
            f"and {_count(backfills, 'backfill')}."
        )
        return DeletePreview(dag_id, sentence, runs, states["queued"] + states["running"], instances, backfills)


def clear_preview(dag_id: str, affected: list[dict[str, Any]]) -> ClearPreview:
    """A dry run of `Actions.clear_tasks`, summed up."""
    by_dag: dict[str, list[dict[str, Any]]] = {dag_id: []}
    for row in affected:
        by_dag.setdefault(str(row["dag_id"]), []).append(row)
    own, *dependents = [_cleared(name, rows) for name, rows in by_dag.items()]
    span = f", from {own.runs[0]} to {own.runs[-1]}" if len(own.runs) > 1 else ""
    others = "".join(
        f" So do {_count(other.task_instances, 'task instance')} of {_count(len(other.tasks), 'task')} in "
        f"{_count(len(other.runs), 'run')} of {other.dag_id}, which depends on it."
        for other in dependents
    )
    sentence = (
        f"Clearing lets {_count(own.task_instances, 'task instance')} of {_count(len(own.tasks), 'task')} in "
        f"{_count(len(own.runs), 'run')} of {dag_id} run again{span}.{others}"
    )
    return ClearPreview(sentence, own, dependents)


def _cleared(dag_id: str, rows: list[dict[str, Any]]) -> Cleared:
    runs = list(dict.fromkeys(str(row["run_id"]) for row in rows))
    return Cleared(dag_id, runs, dict(Counter(str(row["task_id"]) for row in rows)), len(rows))


def mark_preview(dag_id: str, state: str, affected: list[dict[str, Any]]) -> MarkPreview:
    """A dry run of `Actions.set_task_state` or `set_run_state`, summed up."""
    runs = list(dict.fromkeys(str(row["run_id"]) for row in affected))
    marked = [row for row in affected if row["new_state"] is not None]
    cleared = len(affected) - len(marked)
    tasks = Counter(str(row["task_id"]) for row in affected)
    states = Counter(str(row["new_state"] or "no_status") for row in affected)
    sentence = (
        f"Marking as {state} changes {_count(len(marked), 'task instance')} in {_count(len(runs), 'run')} of {dag_id}"
        + (f", and lets {_count(cleared, 'task instance')} below run again." if cleared else ".")
    )
    return MarkPreview(dag_id, sentence, runs, dict(tasks), len(affected), dict(states))


def mark_run_preview(
    dag_id: str, run_id: str, was: str | None, state: str, affected: list[dict[str, Any]]
) -> MarkPreview:
    """A dry run of `Actions.set_run_state` of a run that `was` in a state, summed up: the run changes, too."""
    told = mark_preview(dag_id, state, affected)
    if was == state and not affected:
        return replace(told, sentence=f"Run {run_id} of {dag_id} is {state} already: nothing changes.")
    instances = f" and {_count(len(affected), 'task instance')} of it" if affected else "; its tasks stay as they are"
    return replace(told, runs=[run_id], sentence=f"Marking as {state} changes run {run_id} of {dag_id}{instances}.")


def _runs_sentence(what: str, found: Forecast | None, unknown: str | None) -> str:
    if found is None:
        return f"How many runs this makes is not known: {unknown}.  The scheduler holds back what is too many."
    following = "" if found.following is None else f" The next one is due at {found.following.run_after.isoformat()}."
    if not found.count or found.first is None:
        return f"{what} makes no run at once.{following}"
    if found.last is None:
        # only a part was counted, and where it ends is of no use to anybody
        return f"{what} makes about {_count(found.count, 'run')} at once from {found.first.isoformat()} on."
    about = "" if found.exact else "about "
    span = f" from {found.first.isoformat()} to {found.last.isoformat()}" if found.count > 1 else ""
    at = "" if found.count > 1 else f" for {found.first.isoformat()}"
    return f"{what} makes {about}{_count(found.count, 'run')} at once{span}{at}.{following}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
