"""The table of what the scheduler cannot decide and leaves out for a while.  Imported by `store.tables`.

Written by the leader for people who ask why a run does not go on; the leader itself keeps what it needs in memory and
finds out anew after a restart.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import BigId, LongText, Name, UtcDateTime

undecided = Table(
    "undecided",
    metadata,
    Column("dag_id", Name, primary_key=True),
    Column("dag_run_id", BigId, primary_key=True, autoincrement=False, comment="0: the schedule of the DAG"),
    Column("since", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", LongText(), nullable=False),
)
