"""A world in which everything goes wrong, by a seed: workers, users, the database, the clock and the scheduler itself.

`World(seed, store, folder).run()` plays a few days of it on a real store and checks, at every moment, what must hold
whatever happens.  Nothing in it depends on real time: the same seed always plays the same story.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from support.engine import DAILY, START, NeverWakes, dag
from tradewind.core.trigger_rules import Verdict, evaluate
from tradewind.core.view import Upstream
from tradewind.errors import ConflictError, InvalidError, NotFoundError, StoreError
from tradewind.ports.executor import Claimed, Finished, Lost
from tradewind.ports.leases import LeadershipLost
from tradewind.services.scheduler import DatabaseChanged, Scheduler
from tradewind.spec import wire
from tradewind.spec.dag import DagSpec, ParsedFile, TaskSpec
from tradewind.spec.states import (
    FAILED_STATES,
    FINISHED,
    FINISHED_RUN,
    HOLDS_SLOT,
    SUCCESS_STATES,
    DagRunState,
    TaskInstanceState,
    TriggerRule,
)
from tradewind.store import Store, actions_trigger, tables
from tradewind.store.engine import read
from tradewind.testing.clock import VirtualClock

S = TaskInstanceState
LEASE = 15
INJECTED = "injected by the test"
RULES = [*TriggerRule, *[TriggerRule.ALL_SUCCESS] * 12]
ACTIONS = (
    *("clear", "clear", "clear run", "mark", "mark", "mark run", "mark and clear", "trigger", "trigger", "later"),
    *("pause", "unpause", "unpause", "delete", "delete dag", "pool"),
)
POOLS = ("narrow", "other")


class Died(BaseException):
    """The scheduler's process is gone, in the middle of whatever it did."""


@dataclass
class Attempt:
    """One attempt or callback at an executor, as its worker sees it."""

    work: Any
    executor: FaultyExecutor
    claimed: bool = False
    granted: bool | None = None
    cancelled: bool = False
    ended: bool = False


class FaultyExecutor:
    """Implements `ports.executor.Executor` for one scheduler process; its workers are played by the world."""

    name = "local"

    def __init__(self, world: World, slots: int) -> None:
        self.world = world
        self.slots = slots
        self.inbox: list[Any] = []
        self.dead = False

    def start(self, report: Any, serve: Any) -> None:
        pass

    def out(self) -> list[Attempt]:
        return [a for a in self.world.attempts.values() if a.executor is self and not a.ended]

    def submit(self, work: wire.Work) -> None:
        self.world.maybe_die()
        assert work.attempt_id not in self.world.attempts or isinstance(work, wire.CallbackWork), (
            "an attempt was handed out twice"
        )
        assert len(self.out()) < self.slots, "more work than slots"
        self.world.check_submission(work, self)
        self.world.attempts[work.attempt_id] = Attempt(work, self)

    def grant(self, attempt_id: str, granted: bool) -> None:
        self.world.maybe_die()
        attempt = self.world.attempts[attempt_id]
        if not granted:
            attempt.ended = True
            return
        assert attempt.granted is None, "an attempt was granted twice"
        attempt.granted = True
        if isinstance(attempt.work, wire.TaskWork) and not attempt.ended:
            row = self.world.one(tables.task_instance, attempt_id=attempt_id)
            assert row is not None and row["state"] == "running", f"granted, but the database says {row}"
            assert self.world.one(tables.attempt, id=attempt_id)["state"] == "running"

    def cancel(self, attempt_id: str) -> None:
        self.world.attempts[attempt_id].cancelled = True

    def bury(self, attempt_ids: list[str]) -> None:
        self.world.maybe_die()
        for attempt_id in attempt_ids:
            if attempt_id in self.world.attempts:
                self.world.attempts[attempt_id].ended = True

    def stop(self, grace: float) -> None:
        self.dead = True
        for attempt in self.out():
            attempt.ended = True


class FaultyStore:
    """A part of the store whose calls fail, come too late or are the last ones, as the world likes."""

    def __init__(self, world: World, part: Any) -> None:
        self._world = world
        self._part = part

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._part, name)

        def faulty(*args: Any, **fields: Any) -> Any:
            with self._world.trouble(name):
                return call(*args, **fields)

        return faulty


class World:
    """Everything of one story."""

    def __init__(self, seed: int, store: Store, folder: Path) -> None:
        self.random = random.Random(seed)
        self.store = store
        self.folder = folder
        self.clock = VirtualClock(START + timedelta(days=2, hours=1))
        self.faults = True
        self.attempts: dict[str, Attempt] = {}
        self.specs: dict[str, DagSpec] = {}
        self.touched: set[tuple[str, str]] = set()
        """Runs that users changed: what was decided before need not hold after."""
        self.touched_dags: set[str] = set()
        self.pools = dict.fromkeys(POOLS, 2)
        self.allowed = dict(self.pools)
        self.numbers = itertools.count(1)
        self.holders = itertools.count(1)
        self.fault_rate = self.random.choice([0.0, 0.01, 0.03])
        self.death_rate = self.random.choice([0.0, 0.0, 0.003])
        self.slots = self.random.choice([1, 3, 8])
        self.hung: list[Scheduler] = []
        self.interfered = False
        """Whether a user did something between the deciding and the writing of the present step."""
        self.log: list[str] = []
        for name, size in self.pools.items():
            store.pools.set(name, size)
        for number in range(self.random.randint(1, 4)):
            self.add(self.random_dag(f"d{number}"))
        self.scheduler: Scheduler | None = None
        self.executor = FaultyExecutor(self, self.slots)

    # --- what there is ----------------------------------------------------------------------------------------

    def random_dag(self, dag_id: str) -> DagSpec:
        r = self.random
        count = r.choice([0, 1, 2, 4, 7])
        names = [f"t{i}" for i in range(count)]
        shape = {n: r.sample(names[:i], r.randint(0, min(i, 3))) for i, n in enumerate(names)}
        past = r.random() < 0.3
        fields = {
            name: {
                "trigger_rule": r.choice(RULES),
                "retries": r.choice([0, 0, 1, 3]),
                "retry_delay": r.choice([0.0, 30.0, 600.0]),
                "pool": r.choice([*POOLS, "default_pool", "default_pool"]),
                "pool_slots": r.choice([1, 1, 2]),
                "priority_weight": r.randint(1, 3),
                "depends_on_past": past and r.random() < 0.5,
                "wait_for_downstream": past and r.random() < 0.2,
                "max_active_tis_per_dag": r.choice([None, None, 1]),
                "max_active_tis_per_dagrun": r.choice([None, None, 1]),
                "does_nothing": r.random() < 0.1,
                "is_teardown": r.random() < 0.05,
                "callbacks": r.choice([(), ("on_failure_callback", "on_retry_callback")]),
            }
            for name in names
        }
        return dag(
            dag_id,
            shape,
            fields=fields,
            timetable=DAILY,
            catchup=r.random() < 0.5,
            end_date=START + timedelta(days=r.randint(2, 5)),
            max_active_runs=r.choice([1, 2, 16]),
            max_active_tasks=r.choice([1, 3, 16]),
            fail_fast=r.random() < 0.2,
            dagrun_timeout=r.choice([None, None, 3600.0, 300.0]),
            callbacks=r.choice([(), ("on_success_callback", "on_failure_callback")]),
        )

    def add(self, spec: DagSpec) -> None:
        self.specs[spec.dag_id] = spec
        name = f"{spec.dag_id}.py"
        parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", dags=(spec,))
        self.store.dags.save_parsed("dags", "/dags", parsed, self.clock.now())
        self.store.actions.set_paused(spec.dag_id, False)

    def rows(self, table: Any, **equal: Any) -> list[dict[str, Any]]:
        query = select(table)
        for column, value in equal.items():
            query = query.where(table.c[column] == value)
        with read(self.store.engine) as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def one(self, table: Any, **equal: Any) -> Any:
        found = self.rows(table, **equal)
        return found[0] if found else None

    # --- schedulers -------------------------------------------------------------------------------------------

    def start_scheduler(self, holder: str | None = None) -> None:
        holder = holder or f"scheduler-{next(self.holders)}"
        self.log.append(f"start {holder}")
        self.executor = FaultyExecutor(self, self.slots)
        self.store.leases.register(holder, "scheduler", self.clock.now())
        self.scheduler = Scheduler(
            FaultyStore(self, self.store.scheduler),
            FaultyStore(self, self.store.history),
            FaultyStore(self, self.store.assets),
            FaultyStore(self, self.store.triggers),
            FaultyStore(self, self.store.subscriptions),
            FaultyStore(self, self.store.leases),
            FaultyStore(self, self.store.backfills.leader),
            self.executor,
            self.clock,
            holder=holder,
            log_folder=self.folder / "logs",
            serve=lambda request: None,
            wakeup=NeverWakes(),
            new_id=self.new_id,
            lease_ttl=timedelta(seconds=LEASE),
        )

    def lead(self) -> None:
        """A scheduler takes the lead when there is none, as soon as the lease can be had."""
        if self.scheduler is None:
            self.start_scheduler()
        assert self.scheduler is not None
        if self.scheduler._leadership.expired():
            with self.protected():
                self.scheduler._leadership.acquire()

    def die(self, why: str) -> None:
        """The process of the scheduler and its workers are gone."""
        self.log.append(f"died: {why}")
        self.executor.stop(0.0)
        holder = self.scheduler._leadership.holder if self.scheduler else None
        self.scheduler = None
        if self.random.random() < 0.3:
            self.start_scheduler(holder)  # which finds its own lease

    def hang(self) -> None:
        """The process stands still, its workers go on; another one takes over when the lease has expired."""
        if self.scheduler is not None and not self.hung:
            self.log.append(f"hang {self.scheduler._leadership.holder}")
            self.hung.append(self.scheduler)
            self.scheduler = None
            self.clock.advance(LEASE + 1)

    def wake_hung(self) -> None:
        """It goes on: its lease is over, so it must do nothing but end its workers."""
        while self.hung:
            old = self.hung.pop()
            executor = old._executor
            out = list(executor.out())
            # by its own clock the lease may live: only the database knows
            if self.random.random() < 0.5:
                old._leadership._renewed = self.clock.monotonic()
            before = set(self.attempts)
            lease = self.one(tables.lease, name="scheduler")
            deposed = lease is not None and lease["holder"] != old._leadership.holder
            try:
                old.step([Claimed(a.work.attempt_id, self.clock.now(), "here", 1) for a in out if a.granted is None])
            except (LeadershipLost, Died):
                pass
            except (StoreError, OperationalError) as error:
                assert INJECTED in str(error), error
            self.check_trouble(old)
            assert not deposed or set(self.attempts) == before, "a deposed leader handed out work"
            executor.stop(0.0)

    @contextmanager
    def protected(self) -> Iterator[None]:
        try:
            yield
        except LeadershipLost:
            self.die("it lost the lead")
        except Died:
            self.die("killed")
        except (StoreError, OperationalError) as error:
            assert INJECTED in str(error), error
            self.die("trouble lasted too long")

    def step(self, *facts: Any) -> None:
        executor = self.executor
        self.lead()
        if self.executor is not executor:
            facts = ()  # they were on the way to a scheduler that is gone
        scheduler = self.scheduler
        if scheduler is None or scheduler._leadership.expired():
            self.executor.inbox[:0] = [fact for fact in facts if not isinstance(fact, DatabaseChanged)]
            return
        self.interfered = False
        with self.protected():
            scheduler.step([*facts, *scheduler._take(0.0)])
        if scheduler._trouble.last is not None:
            self.check_trouble(scheduler)
        elif self.scheduler is scheduler:
            self.check_memory(scheduler)

        if not self.rows(tables.signal, kind="pools"):
            self.allowed = dict(self.pools)

    def check_trouble(self, scheduler: Scheduler) -> None:
        """What failed was made to fail: by the world, or by a user who deleted the DAG that a run was just made of."""
        error = str(scheduler._trouble.last or INJECTED)
        assert INJECTED in error or "foreign key" in error.lower(), scheduler._trouble.last

    # --- faults of the database -------------------------------------------------------------------------------

    def maybe_die(self) -> None:
        if self.faults and self.random.random() < self.death_rate:
            raise Died

    @contextmanager
    def trouble(self, name: str) -> Iterator[None]:
        self.maybe_die()
        if self.faults and name in ("apply", "create_run") and self.random.random() < 0.1:
            self.interfered = True
            self.act()
        self.maybe_fail(name, "before")
        yield
        self.maybe_fail(name, "after")
        self.maybe_die()

    def maybe_fail(self, name: str, when: str) -> None:
        if self.faults and self.random.random() < self.fault_rate:
            self.log.append(f"{name} fails {when}")
            if self.random.random() < 0.5:
                raise StoreError(f"the server is away, {INJECTED}")
            raise OperationalError(f"{name}, {INJECTED}", {}, Exception(INJECTED))

    # --- users ------------------------------------------------------------------------------------------------

    def act(self) -> None:
        """Somebody does something, over the API."""
        r, actions, now = self.random, self.store.actions, self.clock.now()
        dag_id = r.choice(list(self.specs))
        runs = self.rows(tables.dag_run, dag_id=dag_id)
        run_id = r.choice(runs)["run_id"] if runs else "none"
        names = [task.task_id for task in self.specs[dag_id].tasks] or ["none"]
        some = r.sample(names, r.randint(1, len(names)))
        choice = r.choice(ACTIONS)
        self.log.append(f"{choice} {dag_id} {run_id} {some}")
        flags = {"future": r.random() < 0.1, "past": r.random() < 0.1}
        wide = any(flags.values())
        if choice not in ("trigger", "later", "pause", "unpause", "pool"):
            self.touched.update((dag_id, run["run_id"]) for run in runs if wide or run["run_id"] == run_id)
            self.touched_dags.add(dag_id)
        try:
            match choice:
                case "clear":
                    actions.clear_tasks(
                        dag_id, run_id=run_id, task_ids=some, downstream=r.random() < 0.5, now=now, **flags
                    )
                case "clear run":
                    actions.clear_run(dag_id, run_id, only_failed=r.random() < 0.5, now=now)
                case "mark" | "mark and clear":
                    state = r.choice(["success", "failed", "skipped"])
                    actions.set_task_state(dag_id, run_id, some[0], state, now=now, **flags)
                    if choice == "mark and clear":
                        actions.clear_tasks(dag_id, run_id=run_id, task_ids=some[:1], now=now)
                case "mark run":
                    actions.set_run_state(dag_id, run_id, r.choice(["success", "failed", "queued"]), now=now)
                case "trigger":
                    actions.trigger_run(dag_id, now=now)
                case "later":
                    actions.trigger_run(dag_id, run_after=now + timedelta(seconds=r.choice([20, 5000])), now=now)
                case "pause" | "unpause":
                    actions.set_paused(dag_id, choice == "pause", now=now)
                case "delete":
                    actions.delete_run(dag_id, run_id, now=now)
                case "delete dag":
                    actions.delete_dag(dag_id, now=now)
                    self.add(self.specs[dag_id])
                case "pool":
                    name, size = r.choice(POOLS), r.randint(1, 4)
                    self.store.pools.set(name, size)
                    self.pools[name] = size
                    self.allowed[name] = max(self.allowed[name], size)
        except (NotFoundError, ConflictError, InvalidError) as error:
            self.log.append(f"  refused: {error.message}")

    # --- workers ----------------------------------------------------------------------------------------------

    def work(self, attempt: Attempt) -> None:
        """Something happens to one worker."""
        r, now, attempt_id = self.random, self.clock.now(), attempt.work.attempt_id
        tell = attempt.executor.inbox.append
        unlucky = self.faults and r.random() < 0.08
        if (attempt.cancelled and r.random() < 0.7) or unlucky:
            attempt.ended = True
            tell(Lost(attempt_id, now, "it was killed by signal 9"))
        elif not attempt.claimed:
            attempt.claimed = True
            if self.faults and r.random() < 0.05 and isinstance(attempt.work, wire.TaskWork):
                attempt.ended = True
                tell(self.outcome(attempt_id, "failed", error="ImportError"))
            else:
                tell(Claimed(attempt_id, now, "here", 4711))
        elif attempt.granted:
            attempt.ended = True
            if isinstance(attempt.work, wire.CallbackWork):
                tell(self.outcome(attempt_id, "done"))
                return
            state = r.choice(["success"] * 6 + ["failed", "failed", "skipped"] + ["rescheduled"] * self.faults)
            fields: dict[str, Any] = {}
            if state == "rescheduled":
                fields["reschedule_at"] = now + timedelta(seconds=r.choice([0, 30, 400]))
            if state == "failed":
                fields["retry"] = r.random() < 0.8
            if state == "success":
                fields["xcoms"] = (wire.XComValue(key="return_value", value="1"),)
                if r.random() < 0.1 and (below := self.below(attempt.work)):
                    fields["skip"] = (r.choice(below),)
            tell(self.outcome(attempt_id, state, **fields))

    def below(self, work: Any) -> tuple[str, ...]:
        return next(t.downstream for t in self.specs[work.dag_id].tasks if t.task_id == work.task_id)

    def outcome(self, attempt_id: str, state: str, **fields: Any) -> Finished:
        return Finished(wire.Outcome(attempt_id=attempt_id, state=state, at=self.clock.now(), **fields))

    def deliver(self) -> list[Any]:
        """Some of the reports on the way; some come twice, the second time much later perhaps."""
        inbox = self.executor.inbox
        count = self.random.randint(0, len(inbox))
        facts, self.executor.inbox = inbox[:count], inbox[count:]
        for fact in facts:
            if self.faults and self.random.random() < 0.1:
                self.executor.inbox.insert(self.random.randint(0, len(self.executor.inbox)), fact)
        if self.faults and facts and self.random.random() < 0.1:
            facts.append(self.random.choice(facts))
        return facts

    # --- what must hold ---------------------------------------------------------------------------------------

    def check_submission(self, work: Any, executor: FaultyExecutor) -> None:
        if isinstance(work, wire.CallbackWork):
            return
        row = self.one(tables.task_instance, id=work.ti_id)
        assert row is not None and (row["state"], row["attempt_id"]) == ("queued", work.attempt_id), row
        for other in self.attempts.values():
            if isinstance(other.work, wire.TaskWork) and other.work.ti_id == work.ti_id and not other.ended:
                # what a hung process still runs although a user ended it is known to nobody
                assert any(other.executor is old._executor for old in self.hung), f"two attempts of {row} are out"
        spec = self.specs[work.dag_id]
        task = next(t for t in spec.tasks if t.task_id == work.task_id)
        if not self.interfered:
            # a place that one run gives back goes to another one in the same step, although a user may just have
            # changed the first: its part of the step is then decided anew a moment later
            self.check_limits(work, spec, task)
        if (work.dag_id, work.run.run_id) not in self.touched:
            self.check_rule(work, task, row["dag_run_id"])

    def check_limits(self, work: Any, spec: DagSpec, task: TaskSpec) -> None:
        # one whose worker has ended may be shown a moment longer, when a user changed its run meanwhile
        out = {a.work.attempt_id for a in self.attempts.values() if not a.ended} | {work.attempt_id}
        held = [r for r in self.rows(tables.task_instance) if r["state"] in HOLDS_SLOT and r["attempt_id"] in out]
        if task.pool in self.allowed:
            used = sum(r["pool_slots"] for r in held if r["pool"] == task.pool)
            assert used <= self.allowed[task.pool], f"{used} slots of {task.pool} are held"
        same_dag = [r for r in held if r["dag_id"] == work.dag_id]
        same_run = [r for r in same_dag if r["run_id"] == work.run.run_id]
        assert len(same_run) <= spec.max_active_tasks, "max_active_tasks"
        same_task = [r for r in same_dag if r["task_id"] == work.task_id]
        assert len(same_task) <= (task.max_active_tis_per_dag or 99), "max_active_tis_per_dag"

    def check_rule(self, work: Any, task: Any, run_pk: int) -> None:
        states = {r["task_id"]: r["state"] for r in self.rows(tables.task_instance, dag_run_id=run_pk)}
        up = Upstream(total=len(task.upstream))
        for name in task.upstream:
            if states[name]:
                up.shift(S(states[name]), 1, False)
        assert evaluate(task.trigger_rule, up) is Verdict.RUN, f"{task.task_id} started too early: {states}"
        if task.depends_on_past and work.dag_id not in self.touched_dags and work.run.logical_date is not None:
            past = self.store.history.previous_states(work.dag_id, work.run.logical_date)
            assert past is None or past[task.task_id] in SUCCESS_STATES, f"{task.task_id} did not wait: {past}"

    def check_memory(self, scheduler: Scheduler) -> None:
        """What the scheduler thinks is what the database says, unless somebody just changed it."""
        rows = {row["id"]: row for row in self.rows(tables.dag_run)}
        running: dict[str, int] = {}
        for row in rows.values():
            counts = row["state"] == "running" and row["run_type"] != "backfill"
            running[row["dag_id"]] = running.get(row["dag_id"], 0) + counts
        for dag_id, count in running.items():
            assert count <= self.specs[dag_id].max_active_runs, "max_active_runs"
        signalled = {row["dag_run_id"] for row in self.rows(tables.signal)}
        deleted = {row["dag_id"] for row in self.rows(tables.signal, kind="dag")}
        tasks: dict[int, dict[str, Any]] = {}
        for row in self.rows(tables.task_instance):
            tasks.setdefault(row["dag_run_id"], {})[row["id"]] = row
        for pk, run in scheduler._book.runs.items():
            if pk in signalled or run.dag_id in deleted:
                continue
            assert pk in rows and rows[pk]["state"] == run.state, (rows.get(pk), run.state)
            for task in run.tasks.values():
                row = tasks[pk][task.id]
                for name in ("state", "try_number", "max_tries", "lost", "attempt_id", "next_at"):
                    assert row[name] == getattr(task, name), (name, row, task)
        for pk, row in rows.items():
            if row["state"] not in FINISHED_RUN and pk not in signalled and row["dag_id"] not in deleted:
                assert pk in scheduler._book.runs, f"{row} is not known"
        for attempt in self.executor.out():
            assert scheduler._ledger.live(attempt.work.attempt_id) is not None, f"{attempt} is out, nobody knows"

    # --- the story --------------------------------------------------------------------------------------------

    def run(self, rounds: int = 60) -> None:
        """Play the story.  The ids that users' actions make are made from the seed, too."""
        with (
            patch.object(actions_trigger, "uuid7", self.new_id),
            patch.object(actions_trigger.secrets, "token_hex", lambda _: f"{next(self.numbers):08d}"),
        ):
            self.play(rounds)
            self.finish()
            self.check_end()

    def new_id(self) -> str:
        return f"00000000-0000-7000-8000-{next(self.numbers):012d}"

    def play(self, rounds: int) -> None:
        r = self.random
        for _ in range(rounds):
            for attempt in list(self.executor.out()):
                if r.random() < 0.5:
                    self.work(attempt)
            roll = r.random()
            if roll < 0.15:
                self.act()
            elif roll < 0.18 and self.death_rate:
                self.die("kill -9")
            elif roll < 0.20:
                self.hang()
            elif roll < 0.25:
                self.wake_hung()
            elif roll < 0.28:
                self.clock.jump(timedelta(seconds=r.choice([-4000, -30, 30, 4000])))
            self.lead()
            facts = self.deliver()
            self.step(*facts, *([DatabaseChanged()] if r.random() < 0.5 else []))
            if r.random() < 0.7:
                self.clock.advance(r.choice([0.1, 0.5, 3, 10, 60, 600, 4000]))

    def finish(self) -> None:
        """The faults stop: in bounded time everything ends."""
        self.log.append("--- faults stop")
        self.faults = False
        self.wake_hung()
        for name in POOLS:
            self.store.pools.set(name, 2)
            self.pools[name] = 2
            self.allowed[name] = max(self.allowed[name], 2)
        for dag_id in self.specs:
            self.store.actions.set_paused(dag_id, False)
        for number in range(3000):
            self.lead()
            for attempt in self.executor.out():
                self.work(attempt)
            facts, self.executor.inbox = self.executor.inbox, []
            self.step(*facts, DatabaseChanged())
            out = self.executor.out()
            unfinished = self.unfinished()
            if not out and not self.executor.inbox and not unfinished and self.all_made():
                break
            self.clock.advance(0.5)
            if not out:
                self.clock.advance(20000 if not unfinished or number % 10 == 9 else 100)
            if number % 20 == 19:
                self.let_go(unfinished)
        else:
            raise AssertionError(f"does not end: {self.unfinished()} {self.stuck()}")
        self.step()

    def let_go(self, unfinished: list[dict[str, Any]]) -> None:
        """A user looks after runs that wait for a past that failed."""
        for row in unfinished:
            waiting = [t for t in self.rows(tables.task_instance, dag_run_id=row["id"]) if t["state"] not in FINISHED]
            if row["logical_date"] is None or any(t["state"] is not None for t in waiting):
                continue
            specs = {t.task_id: t for t in self.specs[row["dag_id"]].tasks}
            past = self.store.history.previous_states(row["dag_id"], row["logical_date"]) or {}
            previous = [
                p
                for p in self.rows(tables.dag_run, dag_id=row["dag_id"])
                if p["logical_date"] is not None and p["logical_date"] < row["logical_date"]
            ]
            before = max(previous, key=lambda p: p["logical_date"], default=None)
            if before is not None and before["state"] == "queued":
                # it was cleared and waits for a place under max_active_runs, which this one holds
                self.touched.add((row["dag_id"], before["run_id"]))
                self.touched_dags.add(row["dag_id"])
                self.store.actions.set_run_state(row["dag_id"], before["run_id"], "failed", now=self.clock.now())
                continue
            for task in waiting:
                spec = specs[task["task_id"]]
                looks = [spec.task_id] * spec.depends_on_past + [*spec.downstream] * spec.wait_for_downstream
                if spec.wait_for_downstream:
                    looks.append(spec.task_id)
                for name in looks:
                    if past.get(name) in FAILED_STATES:
                        assert before is not None
                        self.touched.add((row["dag_id"], before["run_id"]))
                        self.touched_dags.add(row["dag_id"])
                        self.log.append(f"help {row['dag_id']} {before['run_id']} {name}")
                        self.store.actions.set_task_state(
                            row["dag_id"], before["run_id"], name, "success", now=self.clock.now()
                        )

    def unfinished(self) -> list[dict[str, Any]]:
        return [row for row in self.rows(tables.dag_run) if row["state"] not in FINISHED_RUN]

    def stuck(self) -> list[Any]:
        return [
            (r["dag_id"], r["run_id"], r["task_id"], r["state"], r["next_at"])
            for r in self.rows(tables.task_instance)
            if r["state"] not in FINISHED
        ]

    def all_made(self) -> bool:
        """All scheduled runs exist: the schedule of every DAG has ended."""
        return all(row["next_run_after"] is None for row in self.rows(tables.dag))

    def check_end(self) -> None:
        assert self.scheduler is not None
        for row in self.rows(tables.dag_run):
            tasks = {t["task_id"]: t["state"] for t in self.rows(tables.task_instance, dag_run_id=row["id"])}
            if (row["dag_id"], row["run_id"]) in self.touched:
                continue
            assert all(state in FINISHED for state in tasks.values()), (row, tasks)
            if "dagrun_timeout" in (row["reason"] or ""):
                continue
            spec = self.specs[row["dag_id"]]
            leaves = self.scheduler._book.versions.graph(row["version_id"], spec).leaves
            failed = any(tasks[name] in FAILED_STATES for name in leaves if name in tasks)
            assert row["state"] == (DagRunState.FAILED if failed else DagRunState.SUCCESS), (row, tasks)
        dangling = [a for a in self.rows(tables.attempt) if a["state"] in ("queued", "running")]
        assert not dangling, [(a, self.one(tables.task_instance, id=a["ti_id"])) for a in dangling]
        assert self.store.history.pending_callbacks() == [], "callbacks are owed"
        book, ledger, slots = self.scheduler._book, self.scheduler._ledger, self.scheduler._book._slots
        assert not len(ledger) and not ledger._of_run and not ledger._of_task and not ledger.orphans
        usage = slots.usage
        assert not any((usage.pools, usage.executors, usage.dags, usage.tasks, usage.run_tasks)), usage
        assert not slots._held and not book.runs and not book.by_dag and not book._waiting_for_end
        assert not book._past._watching and not book._past.stale and not self.scheduler._pending
