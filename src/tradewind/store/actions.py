"""What people do to DAGs, runs and task instances: trigger, clear, mark, pause, annotate, delete.

Called by `server` and `cli`, and by `services.task_api` for tasks.  Every action is one transaction:
the rows it touches are locked, the revision of each changed run rises so that the leader decides anew,
a signal wakes the leader, and the audit log (`event_log`) says who did what.  What follows from an
action is decided in `core`; the parts are in `store.actions_*`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from tradewind.errors import InvalidError
from tradewind.ports.store import RunRecord
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.schedule import Interval
from tradewind.spec.states import DagRunState, DagRunType, TaskInstanceState
from tradewind.spec.wire import RunInfo
from tradewind.store import (
    actions_admin,
    actions_clear,
    actions_lookups,
    actions_mark,
    actions_partitions,
    actions_trigger,
)
from tradewind.store.actions_clear import Clearing, Named
from tradewind.store.actions_common import transact
from tradewind.store.actions_mark import Marking
from tradewind.store.actions_partitions import Cleared, Partitions
from tradewind.store.actions_views import Affected
from tradewind.store.asset_actions import AssetActions
from tradewind.store.engine import read
from tradewind.store.reads.versions import VersionReads
from tradewind.store.scheduler import utc_now


class Actions:
    """All actions.  Thread-safe.  `now` is the present (aware; by default the system's time), `user` is
    for the audit log.

    Unknown DAGs, runs and tasks raise NotFoundError with the names most like them.
    """

    def __init__(self, engine: Engine, now: Callable[[], datetime] = utc_now) -> None:
        self._engine = engine
        self._now = now
        self._versions = VersionReads(engine)
        self.assets = AssetActions(engine, self._versions)
        """What people do to assets."""

    # --- runs -----------------------------------------------------------------------------------------

    def trigger_run(
        self,
        dag_id: str,
        *,
        run_id: str | None = None,
        logical_date: datetime | None = None,
        interval: Interval | None = None,
        run_after: datetime | None = None,
        conf: Mapping[str, Any] | None = None,
        note: str | None = None,
        user: str | None = None,
        triggered_by: str = "rest_api",
        now: datetime | None = None,
        partition_key: str | None = None,
        run_type: DagRunType | None = None,
    ) -> RunRecord:
        """Make a queued run with all its task instances.

        Without `run_id` it is `manual__<run_after>`, with a suffix when that is taken.  Without
        `interval` the timetable infers the data interval from the logical date, or from `run_after`
        (now, when not given).  A paused DAG takes the run and starts it when it is unpaused.

        Raises NotFoundError for an unknown DAG or one whose file is gone, InvalidError for import
        errors of its file, a param that does not match its JSON schema, a bad run id or date,
        ConflictError when the run id or the logical date is taken.
        """
        return transact(
            self._engine,
            lambda connection: actions_trigger.trigger(
                connection,
                self._versions,
                dag_id,
                actions_trigger.WantedRun(
                    run_id=run_id,
                    logical_date=logical_date,
                    interval=interval,
                    run_after=run_after,
                    conf=conf,
                    note=note,
                    user=user,
                    triggered_by=triggered_by,
                    partition_key=partition_key,
                    run_type=run_type,
                ),
                now or self._now(),
            ),
        )

    def set_run_state(
        self,
        dag_id: str,
        run_id: str,
        state: DagRunState | str,
        *,
        note: str | None = None,
        dry_run: bool = False,
        user: str | None = None,
        now: datetime | None = None,
    ) -> list[Affected]:
        """Mark a run; the task instances that changed (or would, with `dry_run`), as in `clear_tasks`.

        success, failed: what runs gets the same state, what waits is skipped, what ended stays.  Teardowns that
        have not ended still run, and the run ends after them.  queued: the scheduler looks at the run
        anew, its tasks stay.  Running attempts that are no longer wanted end as cancelled, and the
        leader stops their processes.  Raises InvalidError for another state.
        """
        wanted = _state(DagRunState, state, "run")
        return self._change_or_look(
            dry_run,
            lambda connection: actions_mark.set_run_state(
                connection,
                self._versions,
                dag_id,
                run_id,
                wanted,
                note=note,
                dry_run=dry_run,
                user=user,
                now=now or self._now(),
            ),
        )

    def set_run_note(
        self,
        dag_id: str,
        run_id: str,
        note: str | None,
        *,
        user: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Write or (None) remove the note of a run."""
        transact(
            self._engine,
            lambda connection: actions_admin.set_run_note(connection, dag_id, run_id, note, user, now or self._now()),
        )

    def delete_run(self, dag_id: str, run_id: str, *, user: str | None = None, now: datetime | None = None) -> None:
        """Delete a run with all that belongs to it.  Raises ConflictError while it, or a task of it,
        runs."""
        transact(
            self._engine,
            lambda connection: actions_admin.delete_run(connection, dag_id, run_id, user, now or self._now()),
        )

    # --- clear ----------------------------------------------------------------------------------------

    def clear_tasks(
        self,
        dag_id: str,
        *,
        run_id: str | None = None,
        task_ids: Sequence[Named] | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
        only_failed: bool = False,
        only_running: bool = False,
        upstream: bool = False,
        downstream: bool = False,
        future: bool = False,
        past: bool = False,
        reset_dag_runs: bool = True,
        prevent_running: bool = False,
        dependents: bool = True,
        latest: bool = False,
        dry_run: bool = False,
        note: str | None = None,
        user: str | None = None,
        now: datetime | None = None,
    ) -> list[Affected]:
        """Let task instances run again; those that changed (or would, with `dry_run`).

        Of the run `run_id` (with `future` and `past` also of later and earlier ones), or of all runs
        whose logical date lies from `start` to `end` (both included, each may be open).  `task_ids`
        names tasks, or (task, map index); None is all. `upstream` and `downstream` add relatives;
        setups and teardowns that the chosen tasks need are always added.  With `downstream`, or when all tasks are
        meant, an `ExternalTaskMarker` among them brings the task of the other DAG and what is below it, unless
        `dependents` is false.

        An ended or waiting task instance loses its state, keeps its try number and gets its retries
        again; a running one becomes `restarting` until the leader has stopped it.  A run that ended is
        queued again unless `reset_dag_runs` is false. `note` goes to every cleared task instance.
        XComs stay until the next try.  `latest`: see `clear_run`.

        Each dict of the result has the columns of `task_instance` before the clear, and `new_state`,
        `logical_date` and `run_after`; ordered by run, then topologically; a dry run adds those that `latest` would
        make, without an id.  Raises InvalidError for
        contradicting arguments and for a marker whose date is not known, ConflictError when `prevent_running` is set
        and one of them is active, and when markers lead over more DAGs than their `recursion_depth`.
        """
        if only_failed and only_running:
            raise InvalidError("only_failed and only_running exclude each other", fix="set one of them")
        what = Clearing(
            dag_id=dag_id,
            run_id=run_id,
            task_ids=task_ids,
            start=start,
            end=end,
            only_failed=only_failed,
            only_running=only_running,
            upstream=upstream,
            downstream=downstream,
            future=future,
            past=past,
            reset_dag_runs=reset_dag_runs,
            prevent_running=prevent_running,
            dependents=dependents,
            latest=latest,
            dry_run=dry_run,
            note=note,
        )
        return self._clear(what, user, now or self._now())

    def clear_run(
        self,
        dag_id: str,
        run_id: str,
        *,
        only_failed: bool = False,
        dependents: bool = True,
        only_new: bool = False,
        latest: bool = False,
        dry_run: bool = False,
        note: str | None = None,
        user: str | None = None,
        now: datetime | None = None,
    ) -> list[Affected]:
        """Clear all tasks of a run, or those that failed; see `clear_tasks`.  `note` goes to the run.

        `latest`: a run that ended goes on as the newest version of its DAG; `only_new`: so it does, but only the tasks
        that it lacks run (`new_tasks` tells them).  Raises ConflictError when it has another version and has not ended.
        """
        what = Clearing(
            dag_id=dag_id,
            run_id=run_id,
            only_failed=only_failed,
            dependents=dependents,
            only_new=only_new,
            latest=latest,
            whole=True,
            dry_run=dry_run,
            run_note=note,
            event="clear_dag_run",
        )
        return self._clear(what, user, now or self._now())

    def new_tasks(self, dag_id: str, run_id: str) -> list[tuple[str, str]]:
        """(task id, display name) of the tasks that the newest version of the DAG has and the run has not."""
        with read(self._engine) as connection:
            return actions_clear.new_tasks(connection, self._versions, dag_id, run_id)

    def runs_of_partitions(self, which: Partitions) -> list[str]:
        """Ids of the runs, by partition date."""
        with read(self._engine) as connection:
            return [row.run_id for row in actions_partitions.find_runs(connection, self._versions, which)]

    def clear_partitions(self, which: Partitions, *, user: str | None = None, now: datetime | None = None) -> Cleared:
        """Let runs forget which partition they are of; see `actions_partitions`."""
        at = now or self._now()

        def work(connection: Connection) -> Cleared:
            return actions_partitions.clear_partitions(connection, self._versions, which, user, at)

        if not which.dry_run:
            return transact(self._engine, work)
        with read(self._engine) as connection:
            return work(connection)

    def _clear(self, what: Clearing, user: str | None, now: datetime) -> list[Affected]:
        return self._change_or_look(
            what.dry_run,
            lambda connection: actions_clear.clear_tasks(connection, self._versions, what, user, now),
        )

    # --- task instances -------------------------------------------------------------------------------

    def set_task_state(
        self,
        dag_id: str,
        run_id: str,
        task_id: str | Sequence[str | tuple[str, int]],
        state: TaskInstanceState | str,
        *,
        map_index: int | None = None,
        upstream: bool = False,
        downstream: bool = False,
        future: bool = False,
        past: bool = False,
        dry_run: bool = False,
        whole: bool = False,
        note: str | None = None,
        user: str | None = None,
        now: datetime | None = None,
    ) -> list[Affected]:
        """Mark a task instance success, failed or skipped; those that were marked (or would be), as in
        `clear_tasks`.  Several ids: the instances of all these tasks, such as those of a group; a pair is a single
        instance of a mapped task.

        `map_index` None marks all instances of a mapped task.  `upstream` and `downstream` mark its
        relatives too, `future` and `past` the same tasks in later and earlier runs.  What failed below
        a marked task is cleared, so that the run goes on. A running attempt ends as cancelled, and the
        leader stops its process.  `note` goes to the named task instance.  `whole`: what is cleared is
        returned, too.
        """
        what = Marking(
            dag_id=dag_id,
            run_id=run_id,
            named=actions_mark.named_tasks([task_id] if isinstance(task_id, str) else task_id, map_index),
            state=_state(TaskInstanceState, state, "task"),
            upstream=upstream,
            downstream=downstream,
            future=future,
            past=past,
            dry_run=dry_run,
            whole=whole,
            note=note,
        )
        return self._change_or_look(
            dry_run,
            lambda connection: actions_mark.set_task_state(connection, self._versions, what, user, now or self._now()),
        )

    def set_task_note(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        note: str | None,
        *,
        map_index: int = NOT_MAPPED,
        user: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Write or (None) remove the note of a task instance."""
        transact(
            self._engine,
            lambda connection: actions_admin.set_task_note(
                connection, dag_id, run_id, task_id, map_index, note, user, now or self._now()
            ),
        )

    def delete_task(
        self,
        dag_id: str,
        run_id: str,
        task_id: str,
        *,
        map_index: int = NOT_MAPPED,
        user: str | None = None,
        now: datetime | None = None,
    ) -> None:
        """Delete a task instance with its tries and XComs.  It comes back when the whole run is cleared.

        Raises ConflictError while its run has not ended: the run could not go on without it.
        """
        transact(
            self._engine,
            lambda connection: actions_admin.delete_task(
                connection, dag_id, run_id, task_id, map_index, user, now or self._now()
            ),
        )

    # --- DAGs -----------------------------------------------------------------------------------------

    def set_paused(
        self,
        dag_id: str,
        paused: bool,
        *,
        confirm_past: bool = False,
        user: str | None = None,
        now: datetime | None = None,
    ) -> bool:
        """Pause or unpause a DAG; False when it was so already.

        `confirm_past`: somebody has seen how many runs for fire times up to now this makes, and agrees to all of them.
        """
        at = now or self._now()
        return transact(
            self._engine,
            lambda connection: actions_admin.set_paused(
                connection, dag_id, paused, user, at, confirm_past=confirm_past
            ),
        )

    def set_paused_matching(
        self, pattern: str, paused: bool, *, user: str | None = None, now: datetime | None = None
    ) -> Sequence[str]:
        """Pause or unpause all DAGs in whose id the regular expression is found; the ids of those that
        changed.

        Raises InvalidError for a bad expression, NotFoundError when no DAG matches.
        """
        return transact(
            self._engine,
            lambda connection: actions_admin.set_paused_matching(connection, pattern, paused, user, now or self._now()),
        )

    def delete_dag(self, dag_id: str, *, user: str | None = None, now: datetime | None = None) -> int:
        """Delete a DAG with its runs and versions; how many runs there were.

        It comes back with its next parse as long as its file is there.  Raises ConflictError while a
        run of it runs.
        """
        return transact(
            self._engine,
            lambda connection: actions_admin.delete_dag(connection, dag_id, user, now or self._now()),
        )

    # --- what tasks ask -------------------------------------------------------------------------------

    def previous_run(self, dag_id: str, logical_date: datetime, state: str | None = None) -> RunInfo | None:
        """The newest run before `logical_date`, in `state` when it is given."""
        with read(self._engine) as connection:
            return actions_lookups.previous_run(connection, dag_id, logical_date, state)

    def run_info(self, dag_id: str, run_id: str) -> RunInfo | None:
        """One run, or None."""
        with read(self._engine) as connection:
            return actions_lookups.run_info(connection, dag_id, run_id)

    def task_states(
        self, dag_id: str, run_ids: Sequence[str], task_ids: Sequence[str] | None = None
    ) -> dict[str, dict[str, str | None]]:
        """{run id: {task id, or task id[map index]: state}} of the runs that exist."""
        with read(self._engine) as connection:
            return actions_lookups.task_states(connection, dag_id, run_ids, task_ids)

    def external(
        self,
        dag_id: str,
        dates: Sequence[datetime],
        task_ids: Sequence[str] | None,
        group_id: str | None,
        run_ids: Sequence[str] = (),
    ) -> dict[str, Any]:
        """How the runs of a DAG at these logical dates, or with these ids, stand; see `wire.GetExternal`."""
        with read(self._engine) as connection:
            return actions_lookups.external(connection, self._versions, dag_id, dates, task_ids, group_id, run_ids)

    # --- housekeeping ---------------------------------------------------------------------------------

    def newest_signal(self) -> int:
        """The id of the newest signal, 0 when there is none."""
        with read(self._engine) as connection:
            return actions_admin.newest_signal(connection)

    def prune_signals(self, up_to: int, now: datetime) -> int:
        """Delete signals up to this id while no scheduler leads; how many."""
        return transact(self._engine, lambda connection: actions_admin.prune_signals(connection, up_to, now))

    def prune_ended(self, now: datetime) -> dict[str, int]:
        """Delete ended workers and callbacks that nobody will look at again; how many of each."""
        return transact(self._engine, lambda connection: actions_admin.prune_ended(connection, now))

    def _change_or_look(self, dry_run: bool, work: Callable[[Connection], list[Affected]]) -> list[Affected]:
        if not dry_run:
            return transact(self._engine, work)
        with read(self._engine) as connection:
            return work(connection)


State = TypeVar("State", DagRunState, TaskInstanceState)


def _state(kind: type[State], state: str, what: str) -> State:
    try:
        return kind(state)
    except ValueError:
        raise InvalidError(
            f"there is no {what} state {state!r}", fix="use one of: " + ", ".join(sorted(kind))
        ) from None
