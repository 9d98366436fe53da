"""Durations, times and counts as people say them.  Used by `core.explain`, the pages and the CLI."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime


def span(seconds: float) -> str:
    """A duration in its two largest units: `3 min 5 s`."""
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "d"), (hours, "h"), (minutes, "min"), (rest, "s")]
    first = next(index for index, (amount, _) in enumerate(parts) if amount)
    return " ".join(f"{amount} {unit}" for amount, unit in parts[first : first + 2] if amount)


def moment(at: datetime) -> str:
    """A time in UTC, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def since(at: datetime | None, now: datetime) -> str:
    """`for 3 min 5 s`, or nothing when the start is not known."""
    if at is None:
        return ""
    seconds = (now - at).total_seconds()
    return f"for {span(seconds)}" if seconds >= 1 else "for less than a second"


def listed(names: Iterable[str], most: int = 3, mark: str = "`") -> str:
    """`a`, `b`, `c` and 4 more; each name once."""
    items = list(dict.fromkeys(names))
    shown = [f"{mark}{name}{mark}" for name in items[:most]]
    if len(items) > most:
        return f"{', '.join(shown)} and {len(items) - most} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def are(number: int, what: str = "") -> str:
    """`1 is held`, `2 are held`."""
    return f"{number} {'is' if number == 1 else 'are'}{f' {what}' if what else ''}"


def counted(number: int, one: str, many: str = "") -> str:
    """`1 task`, `2 tasks`."""
    return f"{number} {one if number == 1 else many or one + 's'}"
