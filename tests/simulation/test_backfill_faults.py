"""Backfills while everything goes wrong at random (see `support.faults`): every date once, limits hold, all end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from support.engine import START
from support.faults import World
from tradewind.core.backfill import Reprocess, TaskChoice, date_of, slots
from tradewind.errors import ConflictError, InvalidError, NotFoundError
from tradewind.store import tables
from tradewind.store.backfills import Wanted
from tradewind.store.backfills_rows import span_of
from tradewind.store.engine import read


class Touched(set):
    """Runs that users changed; of some DAGs all runs count, as a backfill may clear them when it comes to them."""

    def __init__(self) -> None:
        super().__init__()
        self.dags: set[str] = set()

    def __contains__(self, item: Any) -> bool:
        return item[0] in self.dags or super().__contains__(item)


class BackfillWorld(World):
    """A world in which people mostly make backfills."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.touched = Touched()

    def act(self) -> None:
        r, now = self.random, self.clock.now()
        backfills = self.store.backfills
        known = [row["id"] for row in self.rows(tables.backfill)]
        roll = r.random()
        if roll < 0.4:
            super().act()
            return
        try:
            if roll < 0.75 or not known:
                dag_id = r.choice(list(self.specs))
                first = START + timedelta(days=r.randint(-8, 1))
                names = [task.task_id for task in self.specs[dag_id].tasks]
                wanted = Wanted(
                    dag_id=dag_id,
                    from_date=first,
                    to_date=min(now, first + timedelta(days=r.randint(0, 6))),
                    run_backwards=r.random() < 0.4,
                    reprocess_behavior=r.choice(list(Reprocess)),
                    tasks=TaskChoice(ids=(r.choice(names),), downstream=True) if names and r.random() < 0.3 else None,
                    max_active_runs=r.choice([1, 2, 5]),
                    stop_after=r.choice([None, None, 1, 2]),
                )
                number = backfills.create(wanted, now=now)
                self.touched.dags.add(dag_id)
                self.touched_dags.add(dag_id)
                self.log.append(f"backfill {number} of {dag_id}")
                return
            number, verb = r.choice(known), r.choice(["pause", "unpause", "cancel", "retry"])
            self.log.append(f"{verb} backfill {number}")
            getattr(backfills, verb)(number, now=now)
        except (NotFoundError, ConflictError, InvalidError) as error:
            self.log.append(f"  refused: {error.message}")

    def step(self, *facts: Any) -> None:
        super().step(*facts)
        running = Counter(row["backfill_id"] for row in self.rows(tables.dag_run, state="running"))
        for row in self.rows(tables.backfill):
            assert running[row["id"]] <= row["max_active_runs"], (row["id"], running)

    def all_made(self) -> bool:
        over = True
        for row in self.rows(tables.backfill):
            if row["completed_at"] is None:
                over = False
                if row["paused"]:
                    self.store.backfills.unpause(row["id"], now=self.clock.now())
        return over and super().all_made()

    def check_end(self) -> None:
        super().check_end()
        with read(self.store.engine) as connection:
            found = connection.execute(tables.backfill.select()).all()
        for row in found:
            items = self.rows(tables.backfill_run, backfill_id=row.id)
            items.sort(key=lambda item: item["ordinal"])
            assert [item["ordinal"] for item in items] == list(range(1, row.planned + 1))
            dates = [item["logical_date"] for item in items]
            whole = [date_of(run) for run in slots(self.specs[row.dag_id], span_of(row))]
            assert dates == whole[: len(dates)], "each date once, in order"
            assert not any(item["todo"] for item in items)
        runs = Counter((row["dag_id"], row["logical_date"]) for row in self.rows(tables.dag_run) if row["logical_date"])
        assert not [key for key, count in runs.items() if count > 1]


@pytest.mark.parametrize("seed", range(6))
def test_backfills_whatever_goes_wrong(seed, sqlite_store, tmp_path):
    world = BackfillWorld(seed, sqlite_store, tmp_path)
    try:
        world.run()
    except BaseException as error:
        error.add_note(f"seed {seed}; the last things that happened:\n  " + "\n  ".join(world.log[-25:]))
        raise
