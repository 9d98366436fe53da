"""The date that a run goes by on the pages: its logical date, or without one the time from which it may run.

One rule for what lists call a run, the days of the calendar, the days that lists are narrowed to and those that are
cleared.  Called by `tables_lists` (its indexes), `reads.runs`, `reads.trends`, `actions_clear` and the server;
`ui/src/lib/run-date.ts` is the same rule for the pages.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func

from tradewind.store import tables

_run = tables.dag_run.c
DATE = func.coalesce(_run.logical_date, _run.run_after)
"""The date of a run, in words for which there are indexes (migration 0007)."""


def date_of(logical_date: datetime | None, run_after: datetime) -> datetime:
    """The date of a run."""
    return run_after if logical_date is None else logical_date
