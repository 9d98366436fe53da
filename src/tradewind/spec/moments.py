"""Sums of times that always have a result.  Used by `core`, `services` and `runtime` for whatever users may set.

"For ever" is written as `timedelta.max` or as a very large number; a sum that no calendar has must not stop the
scheduler, so it is the last moment there is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FIRST = datetime(1, 1, 2, tzinfo=UTC)
"""A day inside of what `datetime` and the databases can hold, so that every time zone has it."""
LAST = datetime(9999, 12, 30, tzinfo=UTC)


def later(at: datetime, by: timedelta | float) -> datetime:
    """`at` (aware) plus a time or seconds, between `FIRST` and `LAST`; NaN adds nothing."""
    if by != by:
        return at
    try:
        moment = at + (by if isinstance(by, timedelta) else timedelta(seconds=by))
    except OverflowError:
        return LAST if (by.days if isinstance(by, timedelta) else by) > 0 else FIRST
    return min(max(moment, FIRST), LAST)
