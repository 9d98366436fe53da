"""What the leader asks of the database about assets.  Implemented by `tradewind.store`.

The leader reads the part of the log that it has not decided upon, with the consumers that it concerns, decides, and
writes everything that follows in one transaction that also moves its place in the log: an event leads to its runs once,
whoever dies when.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from tradewind.core.assets import Consumer, Event, Firing, Received, Refused
from tradewind.ports.store import DagRecord, NewRun, RunSnapshot
from tradewind.spec.assets import Mapped, MappedKey


@dataclass(frozen=True, slots=True)
class MappedEmission:
    """Events that were put aside for a consumer, of one emission, with what code of the user said of them."""

    consumer: Consumer
    """The same object in all emissions of the DAG."""
    record: DagRecord
    events: tuple[Event, ...]
    answers: dict[int, Mapped]
    """Event -> answer."""


@dataclass(frozen=True, slots=True)
class AssetInbox:
    """Events that were not decided upon yet, oldest first, emissions whole, and the DAGs that wait for them; or events
    that were put aside, and can be decided now."""

    position: int
    """The newest event that was decided upon before."""
    revision: int
    """Of the consumers: changes when any DAG begins or ceases to wait for something."""
    events: tuple[Event, ...]
    consumers: tuple[tuple[Consumer, DagRecord], ...]
    mapped: tuple[MappedEmission, ...] = ()


@dataclass(frozen=True, slots=True)
class FiredRun:
    """A run to insert with the events that it consumes."""

    firing: Firing
    run: NewRun


@dataclass(frozen=True, slots=True)
class PartitionChange:
    """What became of a partition of a consumer that was not made a run of: these events came for it."""

    dag_id: str
    key: str
    added: tuple[Received, ...]
    needs: dict[int, MappedKey] = field(default_factory=dict)
    """What code of the user said of the key, by mapper."""


@dataclass(frozen=True, slots=True)
class PutAside:
    """An event that waits until code of the user said which runs of a consumer it is for."""

    dag_id: str
    event_id: int
    emission: str
    at: datetime
    """When it was put aside."""


@dataclass(slots=True)
class AssetTurn:
    """What follows from an inbox, written in one transaction."""

    fence: str
    position: int
    revision: int
    """Of the inbox: a turn made from an older view writes nothing."""
    up_to: int
    """The newest event of the inbox."""
    runs: list[FiredRun] = field(default_factory=list)
    consumers: list[Consumer] = field(default_factory=list)
    """Those whose queue or place in the log changed."""
    partitions: list[PartitionChange] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    aside: list[PutAside] = field(default_factory=list)
    taken: list[tuple[str, int]] = field(default_factory=list)
    """DAG and event: what was put aside before, and is decided by this turn."""


class AssetStore(Protocol):
    """The leader's view of the log of asset events."""

    def inbox(self, limit: int) -> AssetInbox | None:
        """What is new, at least `limit` events if there are so many; None when nothing is."""
        ...

    def mapped(self, limit: int) -> AssetInbox | None:
        """Up to `limit` emissions that were put aside, and that code of the user answered; None when there are none."""
        ...

    def load_partitions(self, consumer: Consumer, keys: Iterable[str]) -> None:
        """Let a consumer know what these partitions wait with, and what code of the user said of them."""
        ...

    def take_watched(self, fence: str, now: datetime) -> int:
        """Append a part of what watchers saw to the log, once; how much that was, 0 when nothing is left.  Raises
        LeadershipLost.
        """
        ...

    def sync_watchers(self, fence: str, now: datetime) -> None:
        """Let the triggerers run the watchers that DAGs declare which are there and not paused.  Raises
        LeadershipLost.
        """
        ...

    def apply(self, turn: AssetTurn) -> list[RunSnapshot] | None:
        """Write a turn; the runs that it made.  None, with nothing written, when somebody else was faster.

        Raises LeadershipLost when `turn.fence` does not hold the scheduler lease.
        """
        ...
