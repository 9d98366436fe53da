"""Which tasks decided how long a run took.  Called by `server` for the timeline of a run.

From the task that ended last the path goes back, at each task, to the upstream task that ended last: the one that it
waited for.  What never ran (skipped, or failed for what was above it) is not on the path: there it goes on from what is
above that.  What lies between two tasks is waiting (for the scheduler, a slot, a retry), not work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """When a task of the run worked, as seconds since any moment; a mapped task from its first start to its last
    end.  A task that works still ends now."""

    task_id: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """One task on the path."""

    task_id: str
    waited: float
    """Seconds between the end of the task before it (for the first one: the start of the run) and its start."""
    worked: float
    """Seconds from its start to its end."""


def latest(spans: Iterable[Span]) -> Span | None:
    """The one that ended last; of several the one with the smallest id."""
    return max(spans, key=_lateness, default=None)


def critical_path(
    last: Span | None,
    span_of: Callable[[str], Span | None],
    upstream: Mapping[str, Iterable[str]],
    started: float | None = None,
) -> list[Stretch]:
    """The path, first task first; empty when nothing has started.

    `last`: the `latest` of all tasks.  `span_of` is asked for those on the way back; None: it did not run, and what
    is above it stands for it.  `upstream`: task -> the tasks directly above it.  `started`: when the run did.  Of
    tasks that ended at the same time the one with the smaller id is taken.
    """
    at = last
    path: list[Span] = []
    seen: set[str] = set()
    while at is not None and at.task_id not in seen:
        seen.add(at.task_id)
        path.append(at)
        at = latest(_ran_above(at.task_id, span_of, upstream))
    path.reverse()
    before = started
    stretches = []
    for span in path:
        waited = 0.0 if before is None else max(0.0, span.start - before)
        stretches.append(Stretch(span.task_id, waited, max(0.0, span.end - span.start)))
        before = span.end
    return stretches


def _ran_above(
    task_id: str, span_of: Callable[[str], Span | None], upstream: Mapping[str, Iterable[str]]
) -> Iterator[Span]:
    """The nearest tasks above that ran."""
    todo = list(upstream.get(task_id, ()))
    seen = {task_id}
    while todo:
        above = todo.pop()
        if above in seen:
            continue
        seen.add(above)
        span = span_of(above)
        if span is None:
            todo += upstream.get(above, ())
        else:
            yield span


def _lateness(span: Span) -> tuple[float, tuple[int, ...]]:
    return span.end, tuple(-ord(character) for character in span.task_id)
