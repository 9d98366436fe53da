"""Limits are never exceeded, what is free is used, and the reasons carry the numbers."""

from datetime import timedelta

import pytest
from core_support import T0, dag, task, view
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.admission import (
    Blocked,
    Candidate,
    LimitKey,
    LimitKind,
    Limits,
    Usage,
    admit,
    candidate,
    check,
    order_key,
    release,
    take,
)
from tradewind.spec.ids import TaskKey


def wanted(**kw: object) -> Candidate:
    fields: dict[str, object] = {
        "run_pk": 1,
        "key": TaskKey("t"),
        "dag_id": "d",
        "pool": "default_pool",
        "pool_slots": 1,
        "executor": "local",
        "max_active_tasks": 16,
    }
    return Candidate(**{**fields, **kw})  # type: ignore[arg-type]


LIMITS = Limits(pools={"default_pool": 128, "small": 2, "free": -1}, executors={"local": 200})


def blocked(it: Candidate, usage: Usage, limits: Limits = LIMITS) -> Blocked:
    before = repr(usage)
    result = admit(it, usage, limits)
    assert result is not None
    assert repr(usage) == before
    return result


def test_reasons() -> None:
    usage = Usage(pools={"default_pool": 128, "small": 1}, dags={1: 3}, executors={"local": 9})
    assert blocked(wanted(), usage).reason == "pool `default_pool` has 128 slots, 128 are held"
    assert blocked(wanted(), usage).on == LimitKey(LimitKind.POOL, "default_pool")
    two = blocked(wanted(pool="small", pool_slots=2), usage)
    assert two.reason == "pool `small` has 2 slots, 1 is held, the task takes 2"
    assert not two.forever
    three = blocked(wanted(pool="small", pool_slots=3), usage)
    assert three.reason == "the task takes 3 slots, pool `small` has only 2"
    assert three.forever
    none = blocked(wanted(pool="empty"), usage, Limits(pools={"empty": 0}, executors={"local": 200}))
    assert none.reason == "the task takes 1 slot, pool `empty` has only 0"
    gone = blocked(wanted(pool="gone"), usage)
    assert (gone.reason, gone.forever) == ("pool `gone` does not exist", True)
    of_dag = blocked(wanted(pool="small", max_active_tasks=3), usage)
    assert of_dag.reason == "a run of DAG `d` allows 3 active tasks (max_active_tasks), 3 are active"
    assert of_dag.on == LimitKey(LimitKind.DAG, "d", run_pk=1)
    full = blocked(wanted(), usage, Limits(LIMITS.pools, {"local": 9}))
    assert (full.reason, full.on.kind) == ("executor `local` has 9 slots, 9 are held", LimitKind.EXECUTOR)
    none = blocked(wanted(executor="celery"), usage)
    assert (none.reason, none.forever) == ("executor `celery` is not running", True)


def test_limits_of_a_task() -> None:
    usage = Usage()
    per_dag, per_run = wanted(max_active_tis_per_dag=2), wanted(max_active_tis_per_dagrun=1)
    assert admit(per_dag, usage, LIMITS) is None
    result = blocked(per_run, usage)
    assert result.reason == "task `t` allows 1 active instance in a run (max_active_tis_per_dagrun), 1 is active"
    assert result.on == LimitKey(LimitKind.RUN_TASK, "d", "t", 1)
    assert admit(wanted(run_pk=2, max_active_tis_per_dagrun=1), usage, LIMITS) is None
    result = blocked(per_dag, usage)
    assert result.on == LimitKey(LimitKind.TASK, "d", "t")
    assert "in all runs (max_active_tis_per_dag), 2 are active" in result.reason
    assert result.on in release(wanted(run_pk=2), usage)
    assert admit(per_dag, usage, LIMITS) is None


def test_unlimited_pool_and_tasks_without_slots() -> None:
    usage = Usage()
    for _ in range(10):
        assert admit(wanted(pool="free", pool_slots=100), usage, LIMITS) is None
    usage = Usage(pools={"small": 2})
    assert admit(wanted(pool="small", pool_slots=0), usage, LIMITS) is None


def test_more_is_held_than_there_is_after_a_pool_shrank() -> None:
    usage = Usage()
    for _ in range(5):
        take(wanted(pool="small"), usage)
    assert blocked(wanted(pool="small"), usage).reason == "pool `small` has 2 slots, 5 are held"


def test_releasing_what_was_not_taken_is_an_error() -> None:
    with pytest.raises(ValueError, match="more was released"):
        release(wanted(), Usage())


def test_candidate_of_a_task() -> None:
    options = {"t": {"pool": "p", "pool_slots": 2, "executor": None, "max_active_tis_per_dag": 3}}
    run = view(dag({"t": ()}, options=options, max_active_tasks=7))
    assert candidate(run, task(run, "t"), "local") == wanted(
        pool="p", pool_slots=2, max_active_tasks=7, max_active_tis_per_dag=3
    )


def test_order() -> None:
    day = timedelta(days=1)
    keys = [
        order_key(5, T0 + day, 9, 9),
        order_key(1, T0, 0, -1),
        order_key(1, T0, 0, 0),
        order_key(1, T0, 1, -1),
        order_key(1, T0 + day, 0, -1),
    ]
    assert sorted(keys) == keys


RUNS = [{"run_pk": 1, "dag_id": "d"}, {"run_pk": 2, "dag_id": "d"}, {"run_pk": 3, "dag_id": "e"}]
candidates = st.builds(
    lambda run, **kw: wanted(**run, **kw),
    run=st.sampled_from(RUNS),
    key=st.sampled_from([TaskKey("a"), TaskKey("b"), TaskKey("a", 1)]),
    pool=st.sampled_from(["p", "q", "free"]),
    pool_slots=st.integers(0, 3),
    executor=st.sampled_from(["x", "y"]),
    max_active_tasks=st.just(4),
    max_active_tis_per_dag=st.one_of(st.none(), st.just(3)),
    max_active_tis_per_dagrun=st.one_of(st.none(), st.just(2)),
)


@given(
    st.lists(st.one_of(candidates, st.integers(0, 10**6)), max_size=60),
    st.dictionaries(st.sampled_from(["p", "q"]), st.integers(0, 5)),
    st.fixed_dictionaries({"x": st.integers(0, 6), "y": st.integers(0, 6)}),
)
def test_limits_hold_and_nothing_waits_without_need(
    events: list[Candidate | int], pools: dict[str, int], executors: dict[str, int]
) -> None:
    """Candidates come and active tasks end; blocked ones are parked and looked at only when their limit eased."""
    limits = Limits({**pools, "free": -1}, executors)
    usage, active = Usage(), list[Candidate]()
    parked: dict[LimitKey, list[Candidate]] = {}

    def offer(it: Candidate) -> None:
        result = admit(it, usage, limits)
        if result is None:
            active.append(it)
        else:
            parked.setdefault(result.on, []).append(it)

    for event in events:
        if isinstance(event, Candidate):
            offer(event)
        elif active:
            for key in release(active.pop(event % len(active)), usage):
                for it in parked.pop(key, []):
                    offer(it)
        for pool, slots in limits.pools.items():
            assert slots == -1 or sum(c.pool_slots for c in active if c.pool == pool) <= slots
        for name, slots in executors.items():
            assert sum(c.executor == name for c in active) <= slots
        for dag_id in ("d", "e"):
            mine = [c for c in active if c.dag_id == dag_id]
            assert all(sum(c.run_pk == run_pk for c in mine) <= 4 for run_pk in (1, 2, 3))
            for task_id in ("a", "b"):
                held = [c for c in mine if c.key.task_id == task_id]
                # One without the limit may go beyond it; one that has it is not the cause.
                if all(c.max_active_tis_per_dag for c in held):
                    assert len(held) <= 3
                for run_pk in (1, 2, 3):
                    of_run = [c for c in held if c.run_pk == run_pk]
                    if all(c.max_active_tis_per_dagrun for c in of_run):
                        assert len(of_run) <= 2
        assert all(check(it, usage, limits) is not None for group in parked.values() for it in group)
    for it in list(active):
        release(it, usage)
    assert usage == Usage()
