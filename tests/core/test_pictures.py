"""States as bytes, the same failures as one, the tasks that decided how long a run took."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.core.critical_path import Span, Stretch, critical_path, latest
from tradewind.core.fingerprint import fingerprint, message_of, normal
from tradewind.core.pictures import ABSENT, CODES, ENDED, NO_STATUS, WORST_FIRST, code, state_of, worst
from tradewind.spec.states import FINISHED, TaskInstanceState

# --- Bytes --------------------------------------------------------------------------------------------------


def test_every_state_has_a_byte_that_never_changes() -> None:
    """Clients keep these numbers: a new state gets a new one at the end."""
    assert CODES[:15] == (
        "absent",
        "no_status",
        "scheduled",
        "queued",
        "running",
        "success",
        "failed",
        "upstream_failed",
        "skipped",
        "up_for_retry",
        "up_for_reschedule",
        "deferred",
        "awaiting_input",
        "restarting",
        "removed",
    )
    states = [None, *(state.value for state in TaskInstanceState)]
    assert {state_of(code(state)) for state in states} == set(states)
    assert code(None) == NO_STATUS and ABSENT not in {code(state) for state in states}
    assert {state_of(byte) for byte in ENDED} == {state.value for state in FINISHED}
    with pytest.raises(KeyError):
        code("sunny")


def test_the_worst_of_many_states() -> None:
    assert set(WORST_FIRST) == {None, *(state.value for state in TaskInstanceState)}
    assert worst({"success": 9, "failed": 1}) == "failed"
    assert worst({"success": 9, "failed": 0, "running": 1}) == "running"
    assert worst(["skipped", "success"]) == "success"
    assert worst([]) is None


# --- Fingerprints -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("row count 99 < 100", "row count 7 < 100"),
        ("no file /data/2024-01-01/a.csv", "no file /data/2024-02-09/b.csv"),
        ("column 'price' is missing", "column 'amount' is missing"),
        ("id 0190a2b4-1111-7000-8000-00000000000a", "id 0190a2b4-2222-7000-8000-00000000000b"),
        ("at 0x7f12ab", "at 0x8e99cd"),
    ],
)
def test_what_changes_from_run_to_run_does_not_count(one: str, other: str) -> None:
    assert fingerprint("d", "t", "ValueError", f"ValueError: {one}") == fingerprint(
        "d", "t", "ValueError", f"ValueError: {other}\nTraceback"
    )


def test_another_task_exception_or_text_is_another_failure() -> None:
    base = fingerprint("d", "t", "ValueError", "ValueError: too few rows")
    assert base != fingerprint("d", "t", "ValueError", "ValueError: too many rows")
    assert base != fingerprint("d", "t", "KeyError", "KeyError: too few rows")
    assert base != fingerprint("d", "u", "ValueError", "ValueError: too few rows")
    assert base != fingerprint("e", "t", "ValueError", "ValueError: too few rows")


def test_a_message_is_said_without_its_class() -> None:
    assert message_of("ValueError", "ValueError: row count 99 < 100\n  File ...") == "row count 99 < 100"
    assert message_of("ValueError", "ValueError") == ""
    assert message_of(None, None) == ""


@given(st.text())
def test_any_text_has_a_fingerprint(text: str) -> None:
    assert len(fingerprint("d", None, None, text)) == 16
    assert "\n" not in normal(text) and len(normal(text)) <= 300


# --- The critical path --------------------------------------------------------------------------------------


def path_of(spans: Iterable[Span], upstream: dict[str, list[str]], started: float | None = None) -> list[Stretch]:
    known = {span.task_id: span for span in spans}
    return critical_path(latest(known.values()), known.get, upstream, started)


def test_the_path_goes_through_what_was_waited_for() -> None:
    spans = [Span("a", 1, 5), Span("b", 1, 9), Span("c", 10, 12), Span("d", 10, 11)]
    path = path_of(spans, {"c": ["a", "b"], "d": ["a"]}, started=0)
    assert [(stretch.task_id, stretch.waited, stretch.worked) for stretch in path] == [("b", 1, 8), ("c", 1, 2)]


def test_nothing_has_started() -> None:
    assert path_of([], {"a": []}) == []


def test_the_path_goes_past_what_never_ran_to_what_decided_that() -> None:
    path = path_of([Span("a", 0, 1), Span("c", 1, 2)], {"c": ["b"], "b": ["a"]})
    assert [stretch.task_id for stretch in path] == ["a", "c"]
    spans = [Span("early", 0, 3), Span("late", 0, 5), Span("join", 6, 7)]
    path = path_of(spans, {"join": ["early", "passed"], "passed": ["other", "late"], "other": ["passed"]})
    assert [(stretch.task_id, stretch.waited) for stretch in path] == [("late", 0), ("join", 1)]


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=12).flatmap(
        lambda times: st.tuples(
            st.just(times), st.lists(st.lists(st.integers(0, 11), max_size=3), min_size=len(times), max_size=len(times))
        )
    )
)
def test_the_path_ends_last_and_each_step_is_the_latest_above(case: object) -> None:
    times, above = case  # type: ignore[misc]
    spans = {str(i): Span(str(i), start, start + took) for i, (start, took) in enumerate(times)}
    upstream = {str(i): [str(j) for j in others if j < i] for i, others in enumerate(above)}
    path = path_of(spans.values(), upstream)
    assert spans[path[-1].task_id].end == max(span.end for span in spans.values())
    for before, after in itertools.pairwise(path):
        known = [spans[task_id].end for task_id in upstream[after.task_id]]
        assert before.task_id in upstream[after.task_id] and spans[before.task_id].end == max(known)
    assert not upstream[path[0].task_id]
    assert all(stretch.waited >= 0 and stretch.worked >= 0 for stretch in path)
