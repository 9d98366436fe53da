"""Tasks that wait for other DAGs in a world where everything goes wrong (`support.faults`): leaders die and hang, the
database fails, users clear, mark and delete.  After every step of a leader that heard of all that was done, whoever
still waits has to wait, and who does not has gone on once.

More seeds: TRADEWIND_FAULT_SEEDS=1000-5000 python -m pytest tests/simulation/test_subscription_faults.py -n auto
"""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from support.engine import START
from support.faults import World
from tradewind.core.external import verdict
from tradewind.services.subscriptions import SWEEP_SECONDS
from tradewind.spec import wire
from tradewind.spec.external import ExternalWait
from tradewind.store import tables

_asked = os.environ.get("TRADEWIND_FAULT_SEEDS", "0-5").split("-")
SEEDS = range(int(_asked[0]), int(_asked[-1]) + 1)
CLASS = "tradewind.authoring.triggers.external_task.DagStateTrigger"
ENDS = ("success", "failed", "skipped", "upstream_failed")


class WaitingWorld(World):
    """Many of its tasks wait for others."""

    def outcome(self, attempt_id, state, **fields):
        attempt = self.attempts[attempt_id]
        wants = state == "rescheduled" or (state == "success" and self.random.random() < 0.4)
        if isinstance(attempt.work, wire.TaskWork) and wants:
            until = self.clock.now() + timedelta(seconds=self.random.choice([600, 4000, 90_000]))
            about = {"awaits": self.wait(), "deadline": until}
            if state == "rescheduled":
                return super().outcome(attempt_id, state, **fields, **about)
            return super().outcome(attempt_id, "deferred", trigger_class=CLASS, next_method="go", **about)
        return super().outcome(attempt_id, state, **fields)

    def wait(self):
        """For what will end soon; or a run that is there, or one of a day that may come, or some of its tasks."""
        r = self.random
        active = [row for row in self.rows(tables.task_instance) if row["state"] in ("scheduled", "queued", "running")]
        if active and r.random() < 0.6:
            row = r.choice(active)
            return ExternalWait(row["dag_id"], run_ids=(row["run_id"],), task_ids=(row["task_id"],), allowed=ENDS[:3])
        spec = r.choice(list(self.specs.values()))
        runs = self.rows(tables.dag_run, dag_id=spec.dag_id)
        names = [task.task_id for task in spec.tasks]
        if runs and r.random() < 0.4:
            run_id = r.choice(runs)["run_id"]
            return ExternalWait(spec.dag_id, run_ids=(run_id,), allowed=("success", "failed"), form="runs")
        open_runs = [run["logical_date"] for run in runs if run["state"] in ("queued", "running")]
        known = [date for date in open_runs if date is not None]
        dates = {START + timedelta(days=r.randint(0, 4)) for _ in range(r.choice([1, 1, 2]))}
        if known and r.random() < 0.7:
            dates = {r.choice(known)}
        some = tuple(r.sample(names, min(len(names), r.randint(1, 2)))) if r.random() < 0.6 else ()
        allowed = r.choice([("success",), ENDS[:2], ENDS if some else ENDS[:2]])
        failed = tuple({"failed"} - set(allowed)) if r.random() < 0.5 else ()
        return ExternalWait(spec.dag_id, tuple(sorted(dates)), task_ids=some or None, allowed=allowed, failed=failed)

    def step(self, *facts):
        super().step(*facts)
        leader = self.scheduler
        if leader is not None and leader._trouble.last is None and not leader._stale:
            self.check_waits(leader)

    def check_waits(self, scheduler):
        """Who waits has to, and the leader knows of it."""
        if self.rows(tables.signal):
            return  # a user did something that it did not hear of yet
        tasks = {row["id"]: row for row in self.rows(tables.task_instance)}
        known = scheduler._book.subscriptions._waiting
        for subscription in self.store.subscriptions.waiting():
            row = self.one(tables.trigger, id=subscription.id)
            task = tasks[row["ti_id"]]
            assert task["trigger_id"] == subscription.id
            assert task["state"] in ("deferred", "up_for_reschedule"), task
            assert subscription.id in known, f"{subscription} is not known to the leader"
            answer = self.store.subscriptions.external(subscription.wait)
            assert verdict(subscription.wait, answer) == "waiting", f"{subscription} is not seen: {answer}"

    def check_end(self):
        super().check_end()
        assert not self.store.subscriptions.waiting(), "somebody waits for ever"
        self.clock.advance(SWEEP_SECONDS + 1)  # what users ended is forgotten by the sweep at the latest
        self.step()
        assert len(self.scheduler._book.subscriptions) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_may_go_on_does_whatever_goes_wrong(seed, sqlite_store, tmp_path):
    WaitingWorld(seed, sqlite_store, tmp_path).run(rounds=100)


@pytest.mark.postgres
def test_whoever_may_go_on_does_on_postgresql(postgres_store, tmp_path):
    WaitingWorld(3, postgres_store, tmp_path).run(rounds=100)
