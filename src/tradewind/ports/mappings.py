"""What partition mappers with code of their own are asked, as values and a Protocol.

Used by `services.key_mapper`, implemented by `store.asset_mappings`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tradewind.spec.assets import Mapped
from tradewind.spec.dag import ImportErrorSpec
from tradewind.spec.wire import DagSource


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An event that waits for the code of a mapper."""

    id: int
    name: str
    uri: str
    aliases: tuple[str, ...]
    key: str
    tries: int
    """How often the code failed for it."""


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """Events of one DAG to ask about."""

    dag_id: str
    source: DagSource
    schedule: str
    """What the DAG waited for when it was asked: an answer for another schedule is not taken."""
    items: tuple[KeyItem, ...]


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """What became of an event."""

    item: KeyItem
    mapped: Mapped | None
    error: ImportErrorSpec | None = None
    """The code failed; it is asked again at `due_at`."""
    due_at: datetime | None = None


class MappingStore(Protocol):
    """Questions to partition mappers and their answers."""

    def questions(self, now: datetime, busy: Collection[str], most: int) -> list[KeyQuestion]:
        """For each DAG with events to ask about, except the `busy` ones, its oldest, up to `most`."""
        ...

    def more(self, dag_id: str, now: datetime, most: int) -> KeyQuestion | None:
        """The same of one DAG; None when there is nothing to ask now."""
        ...

    def save(
        self, question: KeyQuestion, answers: Sequence[KeyAnswer], now: datetime, hold: datetime | None = None
    ) -> None:
        """Write answers and tell the leader.  Failures become an import error of the DAG's file, one for the DAG.

        `hold`: nothing else of the DAG is asked before that.
        """
        ...
