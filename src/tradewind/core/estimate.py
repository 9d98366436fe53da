"""How long runs that do not exist yet will take, from those that ended.  Called by `store.backfills` for the dry run of
a backfill and by the previews of other actions.

An estimate says how sure it is and on what it is based; without history there is none.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from tradewind.core.graph import Graph
from tradewind.core.phrases import Seconds, say

ENOUGH, FEW = 20, 5
"""So many runs of the past make a sure estimate; below the second one it is a guess."""
STEADY = 0.5
"""A sure estimate also needs the middle half of the durations within this part of their median."""


@dataclass(frozen=True, slots=True)
class History:
    """What recent successful runs of the DAG took, in seconds."""

    runs: Sequence[float] = ()
    tasks: Mapping[str, Sequence[float]] = field(default_factory=dict)
    """Task id -> durations of its successful instances."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Time for a number of runs, in seconds; all None when there is no history."""

    seconds: float | None
    low: float | None
    high: float | None
    per_run: float | None
    task_seconds: float | None
    """Work: the sum over all task instances."""
    confidence: str
    """none, low, fair or good."""
    basis: str
    """A sentence."""


def estimate(
    runs: int,
    at_once: int,
    history: History,
    graph: Graph,
    *,
    only_tasks: Collection[str] | None = None,
    max_active_tasks: int | None = None,
) -> Estimate:
    """What `runs` runs take when `at_once` of them run side by side and `max_active_tasks` tasks of the DAG at most.

    With `only_tasks` a run takes its longest path through these tasks, each with its own median.
    """
    if any(task.depends_on_past or task.wait_for_downstream for task in graph.spec.tasks):
        at_once = 1
    work = _work(runs, history, only_tasks)
    if only_tasks is None:
        samples, known = sorted(history.runs), True
        sample = say("estimate.runs", count=len(samples))
    else:
        samples, known = _paths(history, graph, only_tasks)
        sample = say("estimate.tasks", number=len(samples), count=len(only_tasks))
    if not samples:
        return Estimate(None, None, None, None, None, "none", say("estimate.none"))
    median = statistics.median(samples)
    low, high = _quartiles(samples)
    rounds = math.ceil(runs / max(1, at_once))
    floor = work / max_active_tasks if work is not None and max_active_tasks else 0.0
    confidence = _confidence(len(samples), median, low, high) if known else "low"
    limited = floor > rounds * median and max_active_tasks is not None
    basis = say(
        "estimate.basis",
        sample=sample,
        median=Seconds(median),
        low=Seconds(low),
        high=Seconds(high),
        at_once=at_once,
        unknown="" if known else say("estimate.unknown"),
        limit=say("estimate.limit", most=max_active_tasks or 0) if limited else "",
    )
    return Estimate(
        seconds=max(rounds * median, floor),
        low=max(rounds * low, min(floor, rounds * high)),
        high=max(rounds * high, floor),
        per_run=median,
        task_seconds=work,
        confidence=confidence,
        basis=basis,
    )


def _work(runs: int, history: History, only_tasks: Collection[str] | None) -> float | None:
    medians = [
        statistics.median(seconds)
        for task_id, seconds in history.tasks.items()
        if seconds and (only_tasks is None or task_id in only_tasks)
    ]
    return runs * sum(medians) if medians else None


def _paths(history: History, graph: Graph, only_tasks: Collection[str]) -> tuple[list[float], bool]:
    """The longest path through the tasks at each quantile of their durations, and whether all of them have any."""
    known = {task_id: sorted(history.tasks.get(task_id, ())) for task_id in graph.order if task_id in only_tasks}
    size = min((len(seconds) for seconds in known.values() if seconds), default=0)
    samples = []
    for index in range(size):
        ends: dict[str, float] = {}
        for task_id in graph.order:
            begin = max((ends[above] for above in graph.tasks[task_id].upstream if above in ends), default=0.0)
            seconds = known.get(task_id)
            ends[task_id] = begin + (seconds[index * len(seconds) // size] if seconds else 0.0)
        samples.append(max(ends.values()))
    return sorted(samples), all(known.values())


def _quartiles(samples: Sequence[float]) -> tuple[float, float]:
    if len(samples) < 2:
        return samples[0], samples[0]
    cuts = statistics.quantiles(samples, n=4, method="inclusive")
    return cuts[0], cuts[2]


def percentile(samples: Sequence[float], share: float) -> float | None:
    """The value below which this share (0 to 1) of sorted samples lies; None for no samples."""
    if not samples:
        return None
    place = share * (len(samples) - 1)
    low = math.floor(place)
    high = min(low + 1, len(samples) - 1)
    return samples[low] + (samples[high] - samples[low]) * (place - low)


def _confidence(count: int, median: float, low: float, high: float) -> str:
    if count < FEW:
        return "low"
    steady = high - low <= STEADY * median
    return "good" if count >= ENOUGH and steady else "fair"


def describe(seconds: float) -> str:
    """A duration for people: `2 h 5 min`, `40 s`."""
    whole = round(seconds)
    if whole < 1:
        return "less than a second"
    parts: list[str] = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        if whole >= size and len(parts) < 2:
            parts.append(f"{whole // size} {unit}")
            whole %= size
        elif parts:
            break
    return " ".join(parts)
