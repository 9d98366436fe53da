"""The rules against their definitions in words, over every combination of a few upstream states."""

from collections.abc import Callable
from itertools import combinations_with_replacement

import pytest

from tradewind.core.trigger_rules import FAIL, RUN, SKIP, WAIT, Verdict, describe, evaluate, setup_constraint
from tradewind.core.view import Upstream
from tradewind.spec.states import TaskInstanceState as S
from tradewind.spec.states import TriggerRule as R

WAITING = None
States = tuple[S | None, ...]
COMBINATIONS: list[States] = [
    states
    for size in (1, 2, 3, 4)
    for states in combinations_with_replacement(
        (WAITING, S.SUCCESS, S.SKIPPED, S.FAILED, S.UPSTREAM_FAILED, S.REMOVED), size
    )
]


def counters(states: States, setups: States = ()) -> Upstream:
    up = Upstream()
    for is_setup, group in ((False, states), (True, setups)):
        for state in group:
            up.total += 1
            up.setups += is_setup
            up.shift(state, 1, is_setup)
    return up


def over(states: States) -> bool:
    return WAITING not in states


def failed(states: States) -> int:
    return states.count(S.FAILED) + states.count(S.UPSTREAM_FAILED)


RunsWhen = Callable[[States], bool]
# Per rule: when it runs; and once it never can: skipped or upstream_failed, decided by the states there are.
DEFINITIONS: dict[R, tuple[RunsWhen, Callable[[States], Verdict]]] = {
    R.ALL_SUCCESS: (
        lambda u: all(s is S.SUCCESS for s in u),
        lambda u: FAIL if failed(u) else SKIP if S.SKIPPED in u else WAIT,
    ),
    R.ALL_FAILED: (
        lambda u: all(s in (S.FAILED, S.UPSTREAM_FAILED) for s in u),
        lambda u: SKIP if S.SUCCESS in u or S.SKIPPED in u else WAIT,
    ),
    R.ALL_DONE: (over, lambda u: WAIT),
    R.ALL_DONE_MIN_ONE_SUCCESS: (
        lambda u: over(u) and S.SUCCESS in u and S.SKIPPED not in u,
        lambda u: SKIP if S.SKIPPED in u else FAIL if over(u) else WAIT,
    ),
    R.ALL_DONE_SETUP_SUCCESS: (over, lambda u: WAIT),
    R.ONE_SUCCESS: (
        lambda u: S.SUCCESS in u,
        lambda u: WAIT if not over(u) else SKIP if all(s is S.SKIPPED for s in u) else FAIL,
    ),
    R.ONE_FAILED: (lambda u: failed(u) > 0, lambda u: SKIP if over(u) else WAIT),
    R.ONE_DONE: (lambda u: S.SUCCESS in u or S.FAILED in u, lambda u: SKIP if over(u) else WAIT),
    R.NONE_FAILED: (lambda u: over(u) and not failed(u), lambda u: FAIL if failed(u) else WAIT),
    R.NONE_FAILED_MIN_ONE_SUCCESS: (
        lambda u: over(u) and not failed(u) and S.SUCCESS in u,
        lambda u: FAIL if failed(u) else SKIP if over(u) else WAIT,
    ),
    R.NONE_SKIPPED: (lambda u: over(u) and S.SKIPPED not in u, lambda u: SKIP if S.SKIPPED in u else WAIT),
    R.ALL_SKIPPED: (
        lambda u: all(s is S.SKIPPED for s in u),
        lambda u: SKIP if S.SUCCESS in u or failed(u) else WAIT,
    ),
    R.ALWAYS: (lambda u: True, lambda u: WAIT),
}


def test_all_rules_are_defined() -> None:
    assert set(DEFINITIONS) == set(R)


@pytest.mark.parametrize("rule", R)
def test_rule(rule: R) -> None:
    runs, otherwise = DEFINITIONS[rule]
    for states in COMBINATIONS:
        present = tuple(s for s in states if s is not S.REMOVED)
        expected = RUN if not present or runs(present) else otherwise(present)
        assert evaluate(rule, counters(states)) is expected, states


@pytest.mark.parametrize("rule", R)
def test_a_rule_decides_once_all_is_over_and_keeps_its_word(rule: R) -> None:
    for states in COMBINATIONS:
        if over(states):
            assert evaluate(rule, counters(states)) is not WAIT
        elif (early := evaluate(rule, counters(states))) in (SKIP, FAIL):
            # Skipped or failed early: however the rest ends, the rule would not have let it run.
            for end in (S.SUCCESS, S.SKIPPED, S.FAILED, S.UPSTREAM_FAILED):
                finished = tuple(s or end for s in states)
                assert evaluate(rule, counters(finished)) is not RUN, (states, finished, early)


@pytest.mark.parametrize(
    ("states", "setups", "expected"),
    [
        ((S.SUCCESS,), (WAITING,), WAIT),
        ((WAITING,), (S.SUCCESS,), WAIT),
        ((S.FAILED,), (S.SUCCESS,), RUN),
        ((S.UPSTREAM_FAILED,), (S.FAILED,), FAIL),
        ((S.SKIPPED,), (S.SKIPPED,), SKIP),
        ((S.SUCCESS,), (S.SKIPPED, S.FAILED), FAIL),
        ((S.SUCCESS,), (S.SKIPPED, S.SUCCESS), RUN),
        ((S.SUCCESS,), (S.REMOVED,), RUN),
        ((S.FAILED, S.SKIPPED), (), RUN),
    ],
)
def test_teardowns_run_when_a_setup_succeeded(states: States, setups: States, expected: Verdict) -> None:
    assert evaluate(R.ALL_DONE_SETUP_SUCCESS, counters(states, setups)) is expected


def test_setup_constraint() -> None:
    for setups, expected in (
        ((S.SUCCESS, S.SUCCESS), RUN),
        ((S.SUCCESS, WAITING), WAIT),
        ((S.FAILED, WAITING), FAIL),
        ((S.UPSTREAM_FAILED,), FAIL),
        ((S.SKIPPED, WAITING), SKIP),
        ((S.SUCCESS, S.REMOVED), RUN),
    ):
        assert setup_constraint(counters((), setups)) is expected


def test_no_upstream() -> None:
    assert all(evaluate(rule, Upstream()) is RUN for rule in R)


def test_description_counts() -> None:
    text = describe(R.ALL_SUCCESS, counters((S.FAILED, S.FAILED, WAITING)))
    assert text == "trigger rule all_success: of 3 upstream, 2 failed, 1 not finished"
