"""When waits for other DAGs are over, and how they are told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.external import ANY_TASK, describe, event, parts, verdict
from tradewind.spec.external import ExternalWait

DATES = (datetime(2024, 8, 6, tzinfo=UTC), datetime(2024, 8, 7, tzinfo=UTC))
ONE = ExternalWait("up", DATES[:1])
STATES = ["success", "failed", "skipped", "running", None]


def answer(*runs: tuple[str | None, dict[str, str | None]], known: bool = True, missing: Any = ()) -> dict[str, Any]:
    return {
        "known": known,
        "missing": list(missing),
        "runs": [[f"r{number}", *run] for number, run in enumerate(runs)],
    }


@pytest.mark.parametrize(
    ("wait", "found", "expected"),
    [
        (ONE, answer(), "waiting"),
        (ONE, answer(("running", {})), "waiting"),
        (ONE, answer(("success", {})), "success"),
        (ONE, answer(("failed", {})), "waiting"),
        (replace(ONE, failed=("failed",)), answer(("failed", {})), "failed"),
        (replace(ONE, skipped=("failed",)), answer(("failed", {})), "skipped"),
        (replace(ONE, dates=DATES), answer(("success", {})), "waiting"),
        (replace(ONE, dates=DATES), answer(("success", {}), ("success", {})), "success"),
        (replace(ONE, task_ids=("a",)), answer(("success", {})), "waiting"),
        (replace(ONE, task_ids=("a",)), answer(("running", {"a": "success"})), "success"),
        (replace(ONE, task_ids=("a", "b")), answer(("running", {"a": "success"})), "waiting"),
        (replace(ONE, task_ids=("a",)), answer(("running", {"a[0]": "success", "a[1]": None})), "waiting"),
        (replace(ONE, task_ids=("a",)), answer(("running", {"a[0]": "success", "a[1]": "success"})), "success"),
        (replace(ONE, group_id="g"), answer(("running", {"g.a": "success"})), "success"),
        (replace(ONE, check_existence=True), answer(known=False), "missing"),
        (replace(ONE, check_existence=True, task_ids=("a",)), answer(missing=["a"]), "missing"),
        (replace(ONE, task_ids=("a",)), answer(missing=["a"]), "waiting"),
        (ExternalWait("up", run_ids=("r0",), form="runs"), answer(("running", {})), "waiting"),
        (ExternalWait("up", run_ids=("r0",), form="runs"), answer(("success", {})), "success"),
        (ExternalWait("up", run_ids=("gone",), form="runs"), answer(), "success"),
    ],
)
def test_verdict(wait: ExternalWait, found: dict[str, Any], expected: str) -> None:
    assert verdict(wait, found) == expected


@given(st.lists(st.sampled_from(STATES), max_size=4), st.permutations(["success", "failed", "skipped"]))
def test_every_state_decides_as_it_was_named(states: list[str | None], named: list[str]) -> None:
    """One failed is enough, then one skipped; success needs all, and there to be all."""
    wait = ExternalWait("up", (*DATES, *DATES), allowed=(named[0],), failed=(named[1],), skipped=(named[2],))
    found = verdict(wait, answer(*[(state, {}) for state in states]))
    if named[1] in states:
        assert found == "failed"
    elif named[2] in states:
        assert found == "skipped"
    else:
        assert found == ("success" if states == [named[0]] * 4 else "waiting")


def test_the_event_is_that_of_the_trigger() -> None:
    assert event(ONE, answer(("success", {})), "x.Y") == {"status": "success"}
    wait = ExternalWait("up", run_ids=("r0", "gone"), allowed=("success",), form="runs", poll_interval=5.0)
    path, found = event(wait, answer(("success", {})), "x.Y")  # type: ignore[misc]
    assert path == "x.Y"
    assert found == {
        "dag_id": "up", "states": ["success"], "run_ids": ["r0", "gone"], "execution_dates": [], "poll_interval": 5.0,
        "r0": "success", "gone": None,
    }  # fmt: skip


def test_which_changes_matter() -> None:
    assert parts(ONE) == (None,)
    assert parts(replace(ONE, task_ids=("a", "b"))) == ("a", "b")
    assert parts(replace(ONE, group_id="g")) == (ANY_TASK,)


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (ONE, "the run of 2024-08-06 00:00:00 UTC in DAG up to end"),
        (replace(ONE, task_ids=("a",)), "task `a` of up in the run of 2024-08-06 00:00:00 UTC to end"),
        (ExternalWait("up", run_ids=("r1",), form="runs"), "run `r1` in DAG up to end"),
        (
            ExternalWait("up", run_ids=("r1", "r2"), group_id="g", allowed=("skipped",)),
            "task group `g` of up in runs `r1` and `r2` to be `skipped`",
        ),
    ],
)
def test_it_is_told_in_words(wait: ExternalWait, words: str) -> None:
    assert describe(wait) == words
