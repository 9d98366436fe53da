"""When assets were updated last.  Called by the reads of asset pages and of the first page.

Of each asset the index on (asset_id, id) is walked from the newest event, a few entries far.  One seek for each time
that is asked for: a join on the events leaves it to the planner of the database to read all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from tradewind.store.asset_tables import asset, asset_event
from tradewind.store.snapshots import chunks


def newest_times(connection: Connection, asset_ids: Sequence[int], count: int) -> dict[int, list[datetime]]:
    """Asset id -> the times (UTC) of its newest `count` events, newest first; empty where nothing came yet."""
    times = [
        select(asset_event.c.at)
        .where(asset_event.c.asset_id == asset.c.id)
        .order_by(asset_event.c.id.desc())
        .limit(1)
        .offset(place)
        .correlate(asset)
        .scalar_subquery()
        .label(f"at{place}")
        for place in range(count)
    ]
    found: dict[int, list[datetime]] = {asset_id: [] for asset_id in asset_ids}
    for ids in chunks(sorted(found)):
        for asset_id, *at in connection.execute(select(asset.c.id, *times).where(asset.c.id.in_(ids))):
            found[asset_id] = [time for time in at if time is not None]
    return found
