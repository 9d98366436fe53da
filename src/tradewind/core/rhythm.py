"""How regularly something happens, and whether its last beat was missed.  Called for the freshness of assets."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from datetime import datetime, timedelta

MISSED = 2.0
"""A beat is missed when the last one is older than this many usual gaps."""
LEAST_GAPS = 3
LEAST_GAP = timedelta(minutes=5)
BURST = timedelta(minutes=1)
"""Moments closer than this are one beat: a backfill that makes many at once says nothing of the rhythm."""


def usual_gap(times: Sequence[datetime]) -> float | None:
    """The median of the gaps between beats (moments, newest first), in seconds; None when there are too few of them."""
    beats: list[datetime] = []
    for moment in times:
        if not beats or beats[-1] - moment >= BURST:
            beats.append(moment)
    gaps = [(later - earlier).total_seconds() for later, earlier in itertools.pairwise(beats)]
    return statistics.median(gaps) if len(gaps) >= LEAST_GAPS else None


def missed_at(times: Sequence[datetime]) -> datetime | None:
    """When the next beat counts as missed; None without a rhythm.  Gaps under five minutes count as five minutes."""
    gap = usual_gap(times)
    return None if gap is None else times[0] + MISSED * max(timedelta(seconds=gap), LEAST_GAP)
