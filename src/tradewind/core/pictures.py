"""States as one byte, for drawings of many of them: the grid, the graph, the timeline.  Called by `store.reads` and
`server`.

The codes are part of the API: a code never changes its meaning, new states get new codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ABSENT = 0
"""There is no such task instance."""
NO_STATUS = 1
CODES: tuple[str, ...] = (
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
"""Name by code."""
_CODE = {name: code for code, name in enumerate(CODES)}
WORST_FIRST: tuple[str | None, ...] = (
    "failed",
    "upstream_failed",
    "up_for_retry",
    "awaiting_input",
    "running",
    "restarting",
    "queued",
    "scheduled",
    "up_for_reschedule",
    "deferred",
    None,
    "success",
    "skipped",
    "removed",
)
"""Which state stands for many: what needs attention comes first, then what moves."""
ENDED = frozenset(_CODE[name] for name in ("success", "failed", "upstream_failed", "skipped", "removed"))
"""Codes that no scheduler will change by itself."""


def code(state: str | None) -> int:
    """The byte of a state; None is no status.  Raises KeyError for a word that is no state."""
    return NO_STATUS if state is None else _CODE[state]


def state_of(byte: int) -> str | None:
    """The state of a byte other than `ABSENT`."""
    return None if byte == NO_STATUS else CODES[byte]


def worst(states: Mapping[str | None, int] | Iterable[str | None]) -> str | None:
    """The state that stands for all of these; None (no status) for none at all.  Of a mapping (state -> how many)
    those that occur count."""
    found = {state for state, count in states.items() if count} if isinstance(states, Mapping) else set(states)
    return next((state for state in WORST_FIRST if state in found), None)
