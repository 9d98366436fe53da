"""What an explanation is made of, and what it is made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tradewind.core.admission import Candidate
from tradewind.core.phrases import Seconds, say, since
from tradewind.spec.dag import DagSpec
from tradewind.spec.ids import NOT_MAPPED
from tradewind.spec.schedule import NextRun
from tradewind.spec.states import DagRunState, DagRunType

MOST_HOLDERS = 10
"""So many of those that hold a limit are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A task instance or a run that holds what somebody waits for."""

    dag_id: str
    run_id: str
    state: str
    task_id: str | None = None
    map_index: int = NOT_MAPPED
    since: datetime | None = None
    """When it entered what holds others up: its start, or when it was queued."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that must be true first and is not."""

    name: str
    """A stable word, e.g. `pool`, `trigger_rule`, `dag_paused`."""
    text: str
    """A sentence with numbers, a `Phrase` where the engine words it."""
    holders: tuple[Holder, ...] = ()
    """Who holds it, longest first, at most `MOST_HOLDERS`."""
    held_by: int = 0
    """How many hold it in all."""
    until: datetime | None = None
    """When it will be met by itself, where that is known."""
    fix: str = ""
    """What a person can do, where waiting will not help."""
    count: int = 0
    """Of a mapped task as a whole: so many of its instances wait for it; else 0."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer."""

    subject: Literal["dag", "run", "task"]
    dag_id: str
    state: str | None
    sentence: str
    run_id: str | None = None
    task_id: str | None = None
    map_index: int = NOT_MAPPED
    since: datetime | None = None
    """When it entered this state, where that is known."""
    unmet: tuple[Condition, ...] = ()
    clauses: tuple[str, ...] = ()
    """What the sentence is joined from, where it tells of several instances."""


@dataclass(frozen=True, slots=True)
class ActiveRun:
    """A queued or running run of a DAG."""

    run_id: str
    run_type: DagRunType
    state: DagRunState
    run_after: datetime
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ActiveTask:
    """A task instance that holds its slots, in whatever DAG."""

    candidate: Candidate
    run_id: str
    state: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """What a task waits for outside the engine: a trigger, or the answer of a person."""

    kind: Literal["trigger", "event", "input"]
    """`trigger`: watched by a triggerer; `event`: of another run or task, which the scheduler knows itself."""
    what: str
    """Class of the trigger; which runs or tasks, in words; or subject of the question."""
    since: datetime
    taken: bool = True
    """Whether a triggerer has it."""
    people: tuple[str, ...] = ()
    """Who may answer; empty: anybody."""


@dataclass(frozen=True, slots=True)
class Pause:
    """How a DAG came to be paused."""

    at: datetime
    by: str | None = None
    """A user."""
    reason: str = ""
    """Of the engine."""


@dataclass(frozen=True, slots=True)
class DagFacts:
    """What is known of a DAG besides its spec."""

    spec: DagSpec
    paused: bool
    pause: Pause | None = None
    """Who paused it, when that is known."""
    stale: bool = False
    import_error: str = ""
    """Why its file cannot be loaded at present, one line."""
    next_run: NextRun | None = None
    due_since: datetime | None = None
    """Fire times before it were not due."""
    active: Sequence[ActiveRun] = ()
    waits: Sequence[Condition] = ()
    """What else its next run waits for: assets, a hold, a budget."""


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What is known of the engine."""

    now: datetime
    last_heartbeats: Mapping[str, tuple[datetime, bool]] = field(default_factory=dict)
    """Kind of process -> (newest heartbeat, whether it is still open)."""
    lease_ttl: float = 30.0
    """Seconds after which a process that was not heard of counts as dead."""
    pools: Mapping[str, int] = field(default_factory=dict)
    active: Sequence[ActiveTask] = ()
    left_out: Condition | None = None
    """Why the scheduler decides nothing about the run or the schedule that is asked about; None: it does."""
    awaited: Mapping[str, Awaited] = field(default_factory=dict)
    """Id of a task instance -> what it waits for outside the engine."""

    def missing(self, kind: Literal["scheduler", "triggerer"], what: str) -> list[Condition]:
        """The condition that a process of this kind lives, if it is unmet; `what` does not go on without it: `no.*`."""
        at, is_open = self.last_heartbeats.get(kind, (None, False))
        if at is not None and is_open and (self.now - at).total_seconds() <= self.lease_ttl:
            return []
        heard = say("no.heard", span=Seconds((self.now - at).total_seconds())) if at is not None else ""
        text = say(f"no.{kind}", heard=heard, what=say(f"no.{what}"))
        return [Condition(f"no_{kind}", text, fix=say("fix.start", command=f"tradewind {kind}"))]


def undecided(what: Literal["run", "schedule"], at: datetime, error: str, now: datetime) -> Condition:
    """The condition that the scheduler can decide about `what`, which it cannot since `at`."""
    return Condition(
        "undecided",
        say(f"undecided.{what}", error=error, since=since(at, now)),
        fix=say("fix.undecided"),
    )


def and_more(unmet: Sequence[Condition]) -> str:
    """A hint at the conditions after the first."""
    return say("more", count=len(unmet) - 1) if len(unmet) > 1 else ""
