"""What the scheduler cannot decide and leaves out, as values and a Protocol.  Used by `services.quarantine`,
implemented by `tradewind.store`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tradewind.errors import TradewindError


class RunRefused(TradewindError):  # noqa: N818 - a fact, not an error of the user
    """What was to be written of one run cannot be written, though the database works; nothing of the step was."""

    def __init__(self, dag_id: str, run_pk: int, run_id: str, reason: str) -> None:
        super().__init__(reason)
        self.run = (dag_id, run_pk, run_id)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A run, or the schedule of a DAG, that is left out."""

    dag_id: str
    run_pk: int
    """0: the schedule of the DAG."""
    run_id: str
    """Empty for a schedule."""
    since: datetime
    tries: int
    error: str
    """What went wrong, in one line."""


class UndecidedStore(Protocol):
    """Tells people about what is left out.  All raise LeadershipLost when `fence` does not hold the scheduler lease."""

    def left_out(self, fence: str, what: Undecided, *, tell: bool) -> None:
        """Write that something is left out; with `tell` also into the event log, as `undecided`."""
        ...

    def taken_up(self, fence: str, what: Undecided, now: datetime) -> None:
        """It is decided again, as the event `decided_again` says."""
        ...

    def forget(self, fence: str) -> None:
        """A leader takes over and finds out anew."""
        ...
