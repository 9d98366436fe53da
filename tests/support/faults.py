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

from sqlalchemy import Connection, event, select
from sqlalchemy.exc import OperationalError

from support import fault_checks as check
from support.engine import START, NeverWakes
from support.fault_dags import POOLS, random_dag
from support.fault_triggerers import Triggerers
from tradewind.errors import ConflictError, InvalidError, NotFoundError, StoreError
from tradewind.ports.executor import Claimed, Finished, Lost
from tradewind.ports.leases import LeadershipLost
from tradewind.services.inbox import DatabaseChanged
from tradewind.services.scheduler import Scheduler
from tradewind.spec import wire
from tradewind.spec.dag import DagSpec, ParsedFile
from tradewind.spec.states import FAILED_STATES, FINISHED, FINISHED_RUN
from tradewind.store import Store, actions_trigger, tables
from tradewind.store.engine import is_writing, read
from tradewind.store.questions import Answer
from tradewind.testing.clock import VirtualClock

LEASE = 15
INJECTED = "injected by the test"
ACTIONS = (
    *("clear", "clear", "clear run", "mark", "mark", "mark run", "mark and clear", "trigger", "trigger", "later"),
    *("pause", "unpause", "unpause", "delete", "delete dag", "pool", "answer", "answer"),
)
HARMLESS = ("trigger", "later", "pause", "unpause", "pool", "answer")
"""What does not change what is decided about a run."""


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
        # the place of an attempt whose run a user changes in this moment is given away once too often: the work waits
        assert len(self.out()) < self.slots or self.world.interfered, "more work than slots"
        check.submission(self.world, work, self)
        self.world.attempts[work.attempt_id] = Attempt(work, self)

    def grant(self, attempt_id: str, granted: bool) -> None:
        self.world.maybe_die()
        attempt = self.world.attempts[attempt_id]
        if not granted:
            attempt.ended = True
            return
        assert attempt.granted is None, "an attempt was granted twice"
        attempt.granted = True
        self.world.check_grant(attempt.work)
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
        self.seed = seed
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
        self.counts_deferred: set[str] = set()
        """Pools that count deferred tasks, as the scheduler knows already."""
        self.will_count: set[str] = set()
        self.granted: set[str] = set()
        """Callbacks and triggers with whose events attempts were started: each once."""
        self._read: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        event.listen(store.engine, "commit", self._committed)
        self.triggerers = Triggerers(store, self.clock, self.random, [])
        self.numbers = itertools.count(1)
        self.holders = itertools.count(1)
        self.fault_rate = self.random.choice([0.0, 0.01, 0.03])
        self.death_rate = self.random.choice([0.0, 0.0, 0.003])
        self.slots = self.random.choice([1, 3, 8])
        self.hung: list[Scheduler] = []
        self.interfered = False
        """Whether a user did something between the deciding and the writing of the present step."""
        self.log = self.triggerers.log
        for name, size in self.pools.items():
            store.pools.set(name, size)
        for number in range(self.random.randint(1, 4)):
            self.add(random_dag(self.random, f"d{number}"))
        self.scheduler: Scheduler | None = None
        self.executor = FaultyExecutor(self, self.slots)

    # --- what there is ----------------------------------------------------------------------------------------

    def add(self, spec: DagSpec) -> None:
        self.specs[spec.dag_id] = spec
        name = f"{spec.dag_id}.py"
        parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", dags=(spec,))
        self.store.dags.save_parsed("dags", "/dags", parsed, self.clock.now())
        self.store.actions.set_paused(spec.dag_id, False)

    def rows(self, table: Any, **equal: Any) -> list[dict[str, Any]]:
        """Rows of a table as they are now, not to be changed.  Read once between two commits: the checks ask often."""
        key = (table.name, *equal.items())
        if key not in self._read:
            query = select(table)
            for column, value in equal.items():
                query = query.where(table.c[column] == value)
            with read(self.store.engine) as connection:
                found = connection.execute(query)
                names = tuple(found.keys())
                self._read[key] = [dict(zip(names, row, strict=True)) for row in found]
        return list(self._read[key])

    def _committed(self, connection: Connection) -> None:
        if is_writing(connection):
            self._read.clear()

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
            FaultyStore(self, self.store.undecided),
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
            check.memory(self, scheduler)
        check.no_orphans(self)
        if not self.rows(tables.signal, kind="pools"):
            self.allowed = dict(self.pools)
            self.counts_deferred = set(self.will_count)

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
        if self.faults and name in ("apply", "create_runs") and self.random.random() < 0.1:
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
        if choice not in HARMLESS:
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
                    index = r.choice([None, None, 0, 1]) if self.is_mapped(dag_id, some[0]) else None
                    actions.set_task_state(dag_id, run_id, some[0], state, map_index=index, now=now, **flags)
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
                    self.set_pool(name, size, deferred=r.random() < 0.4)
                case "answer":
                    self.answer(r.choice(self.unanswered() or [None]))
        except (NotFoundError, ConflictError, InvalidError) as error:
            self.log.append(f"  refused: {error.message}")

    def is_mapped(self, dag_id: str, task_id: str) -> bool:
        spec = self.specs[dag_id]
        return any(task.task_id == task_id and (task.mapped or task.group) for task in spec.tasks)

    def set_pool(self, name: str, size: int, *, deferred: bool) -> None:
        self.store.pools.set(name, size, None, deferred)
        self.pools[name] = size
        self.allowed[name] = max(self.allowed[name], size)
        self.will_count = self.will_count - {name} | ({name} if deferred else set())
        self.counts_deferred &= self.will_count

    def unanswered(self) -> list[dict[str, Any]]:
        """Task instances that ask people something in their present try."""
        asked = {(row["ti_id"], row["try_number"]) for row in self.rows(tables.hitl_detail, responded_at=None)}
        if not asked:
            return []
        return [row for row in self.rows(tables.task_instance) if (row["id"], row["try_number"]) in asked]

    def answer(self, row: dict[str, Any] | None) -> None:
        """Somebody answers what a task asks."""
        if row is None:
            return
        given = Answer(
            **{name: row[name] for name in ("dag_id", "run_id", "task_id", "map_index")},
            chosen=["Yes"],
            user_id="ada",
            user_name="Ada",
        )
        self.log.append(f"answer {row['dag_id']} {row['run_id']} {row['task_id']}")
        self.store.questions.answer(given, self.clock.now())

    # --- workers ----------------------------------------------------------------------------------------------

    def work(self, attempt: Attempt) -> None:
        """Something happens to one worker."""
        r, now, attempt_id = self.random, self.clock.now(), attempt.work.attempt_id
        tell = attempt.executor.inbox.append
        unlucky = self.faults and r.random() < 0.08
        if (attempt.cancelled and r.random() < 0.7) or unlucky:
            attempt.ended = True
            tell(Lost(attempt_id, now, "it was killed by signal 9", own_fault=r.random() < 0.3))
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
            self.end(attempt.work, attempt_id, tell)

    def end(self, work: Any, attempt_id: str, tell: Callable[[Any], None]) -> None:
        """The task's code comes to an end, or to a point where it waits."""
        r, now = self.random, self.clock.now()
        may_wait = self.faults or work.started is None  # in the end a try waits once
        waits = ["rescheduled", "deferred", "deferred", "awaiting_input"] * may_wait
        state = r.choice(["success"] * 8 + ["failed", "failed", "skipped", *waits])
        fields: dict[str, Any] = {}
        match state:
            case "rescheduled":
                fields["reschedule_at"] = now + timedelta(seconds=r.choice([0, 30, 400]))
            case "deferred":
                limit = r.choice([None, 0, 50, 5000])
                fields |= {"trigger_class": "x.Trigger", "next_method": "resumed"}
                fields["deadline"] = None if limit is None else now + timedelta(seconds=limit)
            case "awaiting_input":
                if work.next_method is not None:
                    # it asks once in a try
                    state = "success"
                else:
                    try:
                        asked = wire.AskPeople(ti_id=work.ti_id, subject="Go on?", options=("Yes", "No"))
                        self.store.task_actions.ask(asked, now)
                    except NotFoundError:
                        state = "failed"
                    fields["next_method"] = "answered"
                    fields["deadline"] = r.choice([None, now + timedelta(seconds=300)])
            case "failed":
                fields["retry"] = r.random() < 0.8
                fields["retry_delay"] = r.choice([None, None, 5.0])
            case "success":
                fields["xcoms"] = (wire.XComValue(key="return_value", value="1"),)
                if self.is_mapped_over(work) and r.random() < 0.95:
                    fields["map_length"] = r.choice([0, 1, 2, 3, 3]) if work.map_index < 0 else 1
                if r.random() < 0.1 and (below := self.below(work)):
                    fields["skip"] = (r.choice(below),)
        tell(self.outcome(attempt_id, state, **fields))

    def is_mapped_over(self, work: Any) -> bool:
        spec = self.specs[work.dag_id]
        lengths = [item.expand for item in (*spec.tasks, *spec.groups) if item.expand is not None]
        return any(work.task_id in length.task_ids() for length in lengths)

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

    def check_grant(self, work: Any) -> None:
        """What may start once starts once: a callback, and the try that goes on with the event of a trigger."""
        once = None
        if isinstance(work, wire.CallbackWork):
            once = work.attempt_id
        elif work.trigger_event is not None:
            row = self.one(tables.task_instance, id=work.ti_id)
            once = None if row is None else row["trigger_id"]
            assert row is None or once is not None, f"the event of a trigger that is gone: {row}"
        assert once is None or once not in self.granted, f"{work} was started twice"
        if once is not None:
            self.granted.add(once)

    def check_end(self) -> None:
        check.end(self)

    # --- the story --------------------------------------------------------------------------------------------

    def run(self, rounds: int = 60) -> None:
        """Play the story.  The ids that users' actions make are made from the seed, too.  What fails says the seed."""
        try:
            with (
                patch.object(actions_trigger, "uuid7", self.new_id),
                patch.object(actions_trigger.secrets, "token_hex", lambda _: f"{next(self.numbers):08d}"),
            ):
                self.play(rounds)
                self.finish()
                self.check_end()
        except BaseException as error:
            error.add_note(f"seed {self.seed}; the last things that happened:\n  " + "\n  ".join(self.log[-25:]))
            raise

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
            self.triggerers.look(faults=True)
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
            self.set_pool(name, 2, deferred=False)
        for dag_id in self.specs:
            self.store.actions.set_paused(dag_id, False)
        for number in range(3000):
            self.lead()
            for attempt in self.executor.out():
                self.work(attempt)
            self.triggerers.look(faults=False)
            for asking in self.unanswered():
                if asking["state"] == "awaiting_input" and self.random.random() < 0.3:
                    self.answer(asking)
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
        """A user looks after runs that wait for a past that failed, and DAGs that paused themselves."""
        for dag in self.rows(tables.dag, paused=True):
            self.store.actions.set_paused(dag["dag_id"], False)
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
                    # "removed": a backfill of other tasks made that run, and somebody has to say what is with this one
                    if past.get(name) in (*FAILED_STATES, "removed"):
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
