"""What every store must do for the scheduler.  Inherit the classes in a test module and give them a fixture
`world`.

The suites know the ports only; what a port cannot do (a change from outside the leader) is a method to
override.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tradewind.ports.leases import LeadershipLost
from tradewind.ports.schedule import ScheduleNote
from tradewind.ports.store import (
    AttemptChange,
    CallbackEnd,
    CallbackRow,
    LengthWrite,
    NewInstance,
    RunChange,
    RunSnapshot,
    Signal,
    TaskChange,
    XComWrite,
)
from tradewind.ports.undecided import RunRefused
from tradewind.spec.dag import GroupSpec, LengthSpec
from tradewind.spec.schedule import Interval, NextRun
from tradewind.spec.states import AttemptState, DagRunState, DagRunType, TaskInstanceState
from tradewind.spec.wire import DagSource, XComValue
from tradewind.testing.contracts.store_values import (
    EXECUTOR,
    NOW,
    RIVAL,
    TTL,
    World,
    dag_spec,
    ended,
    new_id,
    new_tasks,
)

DAY = timedelta(days=1)
QUEUED, RUNNING = TaskInstanceState.QUEUED, TaskInstanceState.RUNNING
SUCCESS, FAILED = TaskInstanceState.SUCCESS, TaskInstanceState.FAILED
_MAPPED_GROUP = GroupSpec(group_id="g", expand=LengthSpec(kind="task", task_id="give"))


def fire(world: World, day: int) -> tuple[NextRun, str]:
    """The scheduled run of a day, and its run id."""
    start = NOW + day * DAY
    following = NextRun(logical_date=start, interval=Interval(start, start + DAY), run_after=start + DAY)
    return following, f"scheduled__{start.isoformat()}"


class RunsContract:
    """Runs are made once and read back as they were made."""

    def test_a_new_run_is_read_back_as_it_was_given(self, world: World) -> None:
        interval = Interval(NOW - DAY, NOW)
        made = world.run(
            logical_date=NOW - DAY,
            interval=interval,
            conf={"day": "2024-05-01", "n": 3, "nested": {"list": [1, None, "ü"]}},
            note="from the tests",
            triggering_user_name="ada",
            run_after=NOW + timedelta(microseconds=1),
        )
        assert made == world.reload(made)
        run = made.run
        assert (run.state, run.run_type, run.revision) == (DagRunState.RUNNING, DagRunType.MANUAL, 0)
        assert (run.data_interval_start, run.data_interval_end) == (interval.start, interval.end)
        assert (run.queued_at, run.start_date, run.end_date) == (NOW, NOW, None)
        assert run.conf["nested"] == {"list": [1, None, "ü"]}
        assert made.spec == world.dag().spec
        assert made.source == DagSource(bundle_path="/nowhere", relative_fileloc="sales.py", digest="1")
        assert [task.task_id for task in made.tasks] == ["extract", "load"]
        assert all(task.state is None and task.worker_id is None for task in made.tasks)

    def test_a_queued_run_has_not_started(self, world: World) -> None:
        made = world.run(state=DagRunState.QUEUED)
        assert (made.run.queued_at, made.run.start_date) == (NOW, None)
        assert made == world.reload(made)

    def test_a_run_id_and_a_logical_date_are_taken_once(self, world: World) -> None:
        first = world.run(run_id="manual__x", logical_date=NOW)
        dag = world.dag()
        same_id = world.new_run(dag, run_id="manual__x", logical_date=NOW + DAY)
        same_date = world.new_run(dag, run_id="manual__y", logical_date=NOW)
        for run in (same_id, same_date):
            assert world.store.scheduler.create_runs(world.fence, [(run, None)], automated=False) == [None]
        assert [found.run.id for found in world.store.scheduler.unfinished_runs()] == [first.run.id]

    def test_runs_without_logical_date_do_not_meet(self, world: World) -> None:
        first, second = world.run(logical_date=None), world.run(logical_date=None)
        assert first.run.id != second.run.id

    def test_other_dags_may_have_the_same_run_id_and_date(self, world: World) -> None:
        world.run("sales", run_id="manual__x", logical_date=NOW)
        world.run("stock", run_id="manual__x", logical_date=NOW)
        assert len(world.store.scheduler.unfinished_runs()) == 2

    def test_an_automated_run_moves_the_schedule_on_also_when_it_existed(self, world: World) -> None:
        world.save(dag_spec())
        now, run_id = fire(world, 0)
        following, _ = fire(world, 1)
        run = world.new_run(
            world.dag(),
            run_id=run_id,
            run_type=DagRunType.SCHEDULED,
            logical_date=now.logical_date,
            interval=now.interval,
        )
        [made] = world.store.scheduler.create_runs(world.fence, [(run, following)], automated=True)
        assert made is not None
        assert (world.dag().last_automated, world.dag().next_run) == (now.interval, following)
        world.store.scheduler.note_schedule(world.fence, "sales", ScheduleNote(None))
        assert world.dag().next_run is None
        again = replace(run, tasks=new_tasks(["extract"]))
        assert world.store.scheduler.create_runs(world.fence, [(again, following)], automated=True) == [None]
        assert (world.dag().last_automated, world.dag().next_run) == (now.interval, following)

    def test_a_manual_run_leaves_the_schedule_alone(self, world: World) -> None:
        world.save(dag_spec())
        following, _ = fire(world, 1)
        world.store.scheduler.note_schedule(world.fence, "sales", ScheduleNote(following))
        world.run(logical_date=NOW, interval=Interval(NOW, NOW))
        assert (world.dag().last_automated, world.dag().next_run) == (None, following)

    def test_unfinished_runs_come_oldest_first_and_finished_ones_not(self, world: World) -> None:
        late = world.run(run_after=NOW + DAY)
        early = world.run(run_after=NOW - DAY)
        done = world.run()
        end = RunChange(done.run.id, DagRunState.RUNNING, DagRunState.SUCCESS, {"end_date": NOW})
        assert world.store.scheduler.apply(world.step(done, runs=[end])) == set()
        assert world.store.scheduler.unfinished_runs() == [world.reload(early), world.reload(late)]
        assert world.reload(done).run.end_date == NOW

    def test_a_run_that_does_not_exist_is_none(self, world: World) -> None:
        assert world.store.scheduler.load_run(4711) is None

    def test_a_run_keeps_its_version_and_follows_its_file(self, world: World) -> None:
        made = world.run()
        world.save(dag_spec(tasks=("extract", "load", "report")), digest="2")
        again = world.reload(made)
        assert [task.task_id for task in again.spec.tasks] == ["extract", "load"]
        assert again.source.digest == "2"
        assert world.dag().version_id != again.run.version_id

    def test_several_runs_at_once(self, world: World) -> None:
        """All that are new are made, the one that exists is not, and the schedule stands where the last one left it."""
        world.save(dag_spec())
        fires = [fire(world, number) for number in range(4)]
        runs = [
            world.new_run(world.dag(), run_id=name, logical_date=now.logical_date, interval=now.interval)
            for now, name in fires[:3]
        ]
        [known] = world.store.scheduler.create_runs(world.fence, [(runs[1], None)], automated=False)
        planned = [(run, fires[number + 1][0]) for number, run in enumerate(runs)]
        fresh = [(replace(run, tasks=new_tasks(["extract"])), following) for run, following in planned]
        first, second, third = world.store.scheduler.create_runs(world.fence, fresh, automated=True)
        assert known is not None and first is not None and third is not None and second is None
        assert [world.reload(made) for made in (first, known, third)] == [first, known, third]
        assert (world.dag().last_automated, world.dag().next_run) == (fires[2][0].interval, fires[3][0])

    def test_a_run_of_ten_thousand_tasks(self, world: World) -> None:
        world.save(dag_spec())
        run = world.new_run(world.dag(), tasks=new_tasks([f"task_{n:05}" for n in range(10_000)]))
        [made] = world.store.scheduler.create_runs(world.fence, [(run, None)], automated=False)
        assert made is not None
        assert world.reload(made) == made
        changes, attempts = zip(*(world.queue(made, task) for task in made.tasks), strict=True)
        step = world.step(made, tasks=list(changes), new_attempts=list(attempts))
        assert world.store.scheduler.apply(step) == set()
        assert {(task.state, task.worker_id) for task in world.reload(made).tasks} == {(QUEUED, EXECUTOR)}


class StepsContract:
    """A step is written whole for every run whose guards hold, and not at all for the others."""

    def change_from_outside(self, world: World, run: RunSnapshot) -> None:
        """Raise the revision of the run, as clearing it does."""
        raise NotImplementedError

    def test_a_task_goes_through_its_life(self, world: World) -> None:
        run = world.run()
        attempt_id = world.queued(run)
        queued = world.task(run)
        assert (queued.state, queued.attempt_id, queued.worker_id) == (QUEUED, attempt_id, EXECUTOR)
        assert queued.try_number == 1
        start = TaskChange(
            run.run.id, queued.id, QUEUED, attempt_id, RUNNING, {"start_date": NOW, "hostname": "h", "pid": 7}
        )
        claim = AttemptChange(run.run.id, attempt_id, AttemptState.RUNNING, start_date=NOW, hostname="h", pid=7)
        assert world.store.scheduler.apply(world.step(run, tasks=[start], attempts=[claim])) == set()
        running = world.task(run)
        assert (running.state, running.start_date, running.worker_id) == (RUNNING, NOW, EXECUTOR)
        change, end = ended(run, running, SUCCESS, attempt=AttemptState.SUCCESS)
        assert world.store.scheduler.apply(world.step(run, tasks=[change], attempts=[end])) == set()
        done = world.task(run)
        assert (done.state, done.end_date, done.worker_id) == (SUCCESS, NOW, None)
        assert world.task(run, "load").state is None

    def test_several_changes_of_one_row_keep_their_order(self, world: World) -> None:
        run = world.run()
        task = run.tasks[0]
        first, attempt = world.queue(run, task)
        second = TaskChange(run.run.id, task.id, QUEUED, attempt.id, RUNNING, {"start_date": NOW})
        third = TaskChange(run.run.id, task.id, RUNNING, attempt.id, SUCCESS, {"end_date": NOW})
        claim = AttemptChange(run.run.id, attempt.id, AttemptState.RUNNING, start_date=NOW)
        end = AttemptChange(run.run.id, attempt.id, AttemptState.SUCCESS, end_date=NOW)
        step = world.step(
            run,
            tasks=[first, second, third],
            new_attempts=[attempt],
            attempts=[claim, end],
            runs=[RunChange(run.run.id, DagRunState.RUNNING, DagRunState.SUCCESS, {"end_date": NOW})],
        )
        assert world.store.scheduler.apply(step) == set()
        assert world.task(run).state is SUCCESS
        assert world.reload(run).run.state is DagRunState.SUCCESS

    def test_one_instance_becomes_many(self, world: World) -> None:
        world.save(dag_spec("mapped", tasks=("give", "take"), groups=(_MAPPED_GROUP,)))
        run = world.run("mapped")
        waiting = world.task(run, "take")
        pk, run_id = run.run.id, run.run.run_id
        moved = TaskChange(pk, waiting.id, None, None, None, {"map_index": 0})
        made = [
            NewInstance(pk, "mapped", run_id, replace(task, map_index=index), state, values)
            for index, task, state, values in zip(
                (1, 2),
                new_tasks(["take", "take"]),
                (None, TaskInstanceState.SCHEDULED),
                ({}, {"try_number": 1, "scheduled_at": NOW, "reason": "ready"}),
                strict=True,
            )
        ]
        lengths = [LengthWrite(pk, "give", -1, 2), LengthWrite(pk, "give", -1, 3)]
        step = world.step(run, tasks=[moved], new_tasks=made, lengths=lengths)
        assert world.store.scheduler.apply(step) == set()
        found = world.reload(run)
        takes = {task.map_index: (task.state, task.try_number) for task in found.tasks if task.task_id == "take"}
        assert takes == {0: (None, 0), 1: (None, 0), 2: (TaskInstanceState.SCHEDULED, 1)}
        assert found.lengths == (("give", -1, 3),)
        forget = XComWrite(pk, "mapped", run_id, "give", -1, (), replace_all=True)
        assert world.store.scheduler.apply(world.step(run, xcoms=[forget])) == set()
        assert world.reload(run).lengths == ()

    def test_new_instances_of_a_run_that_missed_are_not_made(self, world: World) -> None:
        run = world.run()
        self.change_from_outside(world, run)
        (task,) = new_tasks(["extract"])
        new = NewInstance(run.run.id, run.run.dag_id, run.run.run_id, replace(task, map_index=0))
        step = world.step(run, new_tasks=[new], lengths=[LengthWrite(run.run.id, "extract", -1, 1)])
        assert world.store.scheduler.apply(step) == {run.run.id}
        assert len(world.reload(run).tasks) == len(run.tasks)

    def test_values_that_are_none_are_written_as_null(self, world: World) -> None:
        run = world.run()
        attempt_id = world.queued(run)
        task = world.task(run)
        due = TaskChange(run.run.id, task.id, QUEUED, attempt_id, None, {"next_at": NOW, "rendered": {"a": "b"}})
        assert world.store.scheduler.apply(world.step(run, tasks=[due])) == set()
        assert world.task(run).next_at == NOW
        clear = {"next_at": None, "attempt_id": None, "rendered": None, "reason": None, "start_date": None}
        change = TaskChange(run.run.id, task.id, None, attempt_id, None, clear)
        assert world.store.scheduler.apply(world.step(run, tasks=[change])) == set()
        assert (world.task(run).next_at, world.task(run).attempt_id) == (None, None)

    @pytest.mark.parametrize("guard", ["state", "attempt", "missing state", "missing attempt", "run"])
    def test_a_guard_that_misses_leaves_the_run_out(self, world: World, guard: str) -> None:
        run, other = world.run(), world.run()
        attempt_id = world.queued(run)
        task = world.task(run)
        before = world.reload(run)
        change = TaskChange(run.run.id, task.id, QUEUED, attempt_id, RUNNING, {"start_date": NOW})
        wrong = {
            "state": replace(change, expect_state=RUNNING),
            "attempt": replace(change, expect_attempt=new_id()),
            "missing state": replace(change, expect_state=None),
            "missing attempt": replace(change, expect_attempt=None),
            "run": replace(change, ti_id=other.tasks[0].id, expect_state=None, expect_attempt=None),
        }[guard]
        sibling, attempt = world.queue(run, run.tasks[1])
        innocent, innocent_attempt = world.queue(other, other.tasks[1])
        step = world.step(
            run,
            other,
            tasks=[sibling, wrong, innocent],
            new_attempts=[attempt, innocent_attempt],
            xcoms=[self._xcom(run, "extract", "1")],
            callbacks=[self._callback(run), self._callback(other)],
        )
        assert world.store.scheduler.apply(step) == {run.run.id}
        assert world.reload(run) == before
        assert world.task(other, "load").attempt_id == innocent_attempt.id
        assert world.task(other, "extract").state is None
        assert [row.run_pk for row in world.store.history.pending_callbacks()] == [other.run.id]

    def test_a_changed_run_is_left_out(self, world: World) -> None:
        run, other = world.run(), world.run()
        self.change_from_outside(world, run)
        before = world.reload(run)
        assert before.run.revision == run.run.revision + 1
        changes, attempts = zip(*(world.queue(each, each.tasks[0]) for each in (run, other)), strict=True)
        step = world.step(run, other, tasks=list(changes), new_attempts=list(attempts))
        assert world.store.scheduler.apply(step) == {run.run.id}
        assert world.reload(run) == before
        assert world.task(other).state is QUEUED
        # decided again from the newer view, it goes through
        change, attempt = world.queue(before, before.tasks[0])
        assert world.store.scheduler.apply(world.step(before, tasks=[change], new_attempts=[attempt])) == set()

    def test_a_run_that_is_gone_is_left_out(self, world: World) -> None:
        run = world.run()
        ghost = replace(run, run=replace(run.run, id=run.run.id + 1000))
        change, attempt = world.queue(run, run.tasks[0])
        step = world.step(run, ghost, tasks=[change], new_attempts=[attempt], xcoms=[self._xcom(ghost, "extract", "1")])
        assert world.store.scheduler.apply(step) == {ghost.run.id}
        assert world.task(run).state is QUEUED

    def test_a_run_in_another_state_is_left_out(self, world: World) -> None:
        run = world.run()
        change = RunChange(run.run.id, DagRunState.QUEUED, DagRunState.RUNNING, {"start_date": NOW})
        assert world.store.scheduler.apply(world.step(run, runs=[change])) == {run.run.id}

    def test_what_ended_stays_as_it_ended(self, world: World) -> None:
        run = world.run()
        attempt_id = world.queued(run)
        change, lost = ended(run, world.task(run), FAILED, attempt=AttemptState.LOST)
        assert world.store.scheduler.apply(world.step(run, tasks=[change], attempts=[lost])) == set()
        late = AttemptChange(run.run.id, attempt_id, AttemptState.RUNNING, start_date=NOW)
        assert world.store.scheduler.apply(world.step(run, attempts=[late])) == set()
        assert world.task(run).worker_id is None

    def test_an_unknown_column_is_laid_at_the_door_of_its_run(self, world: World) -> None:
        other, run = world.run(), world.run()
        change = TaskChange(run.run.id, run.tasks[0].id, None, None, QUEUED, {"colour": "red"})
        fine = TaskChange(other.run.id, other.tasks[0].id, None, None, QUEUED, {})
        with pytest.raises(RunRefused, match="'colour' is not a column of task_instance") as refused:
            world.store.scheduler.apply(world.step(run, tasks=[fine, change]))
        assert refused.value.run == (run.run.dag_id, run.run.id, run.run.run_id)
        assert world.task(run).state is None and world.task(other).state is None

    def test_text_that_no_database_takes_is_stored_all_the_same(self, world: World) -> None:
        run = world.run()
        change, attempt = world.queue(run, run.tasks[0])
        change.values["reason"] = "zero \x00 and half a pair \ud800" + "x" * 2000
        fail = AttemptChange(run.run.id, attempt.id, AttemptState.FAILED, error="\x00\udcff" * 3, error_type="E" * 900)
        step = world.step(run, tasks=[change], new_attempts=[attempt], attempts=[fail])
        assert world.store.scheduler.apply(step) == set()

    def test_only_the_holder_of_the_lease_writes(self, world: World) -> None:
        run = world.run()
        change, attempt = world.queue(run, run.tasks[0])
        assert world.store.leases.acquire("scheduler", RIVAL, NOW + TTL, TTL)
        with pytest.raises(LeadershipLost):
            world.store.scheduler.apply(world.step(run, tasks=[change], new_attempts=[attempt]))
        with pytest.raises(LeadershipLost):
            world.store.scheduler.create_runs(world.fence, [(world.new_run(world.dag()), None)], automated=False)
        assert world.store.scheduler.unfinished_runs() == [run]
        step = replace(world.step(run, tasks=[change], new_attempts=[attempt]), fence=RIVAL)
        assert world.store.scheduler.apply(step) == set()

    def test_nobody_writes_when_nobody_leads(self, world: World) -> None:
        run = world.run()
        world.store.leases.release("scheduler", world.fence)
        change, attempt = world.queue(run, run.tasks[0])
        with pytest.raises(LeadershipLost):
            world.store.scheduler.apply(world.step(run, tasks=[change], new_attempts=[attempt]))
        assert world.reload(run) == run

    def test_callbacks_are_owed_until_they_end(self, world: World) -> None:
        run = world.run()
        first, second = self._callback(run), replace(self._callback(run), created_at=NOW + DAY)
        assert world.store.scheduler.apply(world.step(run, callbacks=[second, first])) == set()
        assert world.store.history.pending_callbacks() == [first, second]
        ends = [CallbackEnd(first.id, "failed", NOW), CallbackEnd(new_id(), "success", NOW)]
        assert world.store.scheduler.apply(world.step(callback_ends=ends)) == set()
        assert world.store.history.pending_callbacks() == [second]
        end = CallbackEnd(second.id, "lost", NOW)
        ghost = RunChange(run.run.id + 99, DagRunState.RUNNING, DagRunState.FAILED)
        step = world.step(runs=[ghost], callback_ends=[end])
        assert world.store.scheduler.apply(step) == {run.run.id + 99}
        assert world.store.history.pending_callbacks() == []

    def _callback(self, run: RunSnapshot) -> CallbackRow:
        return CallbackRow(new_id(), run.run.id, "on_failure_callback", "it failed", NOW, run.tasks[0].id)

    def _xcom(self, run: RunSnapshot, task_id: str, value: str) -> XComWrite:
        values = (XComValue(key="return_value", value=value),)
        return XComWrite(run.run.id, run.run.dag_id, run.run.run_id, task_id, -1, values)


class SignalsContract:
    """Changes from outside reach the leader once, and wake it."""

    def test_signals_are_taken_once(self, world: World) -> None:
        world.save(dag_spec())
        world.save(dag_spec("stock"), name="stock.py")
        assert world.store.scheduler.take_signals() == [Signal("dag", "sales"), Signal("dag", "stock")]
        assert world.store.scheduler.take_signals() == []

    def test_the_default_pool_exists(self, world: World) -> None:
        assert world.store.scheduler.pools() == {"default_pool": 128}
