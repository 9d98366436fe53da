"""The tables of assets, private to `store`.

Theory.  `asset_event` is a log: ids grow in the order of commits (whoever writes takes one lock), and no row ever
changes.  The leader goes through it once, in order; `asset_cursor` says how far it is, and moves in the transaction
that writes what the events led to.  `asset_consumer` says up to where a DAG's runs have consumed the log,
`asset_queue` which assets of its condition it has seen since, `asset_run_event` exactly which events a run consumed.
`asset_use` says who names which asset; it is replaced when a DAG gets a new version.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from tradewind.store.tables import metadata
from tradewind.store.types import AttemptId, BigId, LongText, Name, ShortText, UtcDateTime

AssetText = ShortText(1500)
"""Names and URIs of assets, as long as Airflow allows them.  Tasks make new ones while they run: what a database cannot
hold is escaped, as the step that writes it must not fail."""

asset = Table(
    "asset",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("name", AssetText, nullable=False),
    Column("uri", AssetText, nullable=False),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of name and URI: too long for a key"),
    Column("group", AssetText, nullable=False, default="asset"),
    Column("extra", JSON, nullable=False),
    Column("active", Boolean, nullable=False, comment="some DAG that is there names it"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_asset_name", "name", mysql_length=250),
    Index("ix_asset_uri", "uri", mysql_length=250),
    sqlite_autoincrement=True,
)

asset_alias = Table(
    "asset_alias",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("name", AssetText, nullable=False),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the name"),
    Column("group", AssetText, nullable=False, default="asset"),
    Column("created_at", UtcDateTime, nullable=False),
    sqlite_autoincrement=True,
)

asset_alias_member = Table(
    "asset_alias_member",
    metadata,
    Column("alias_id", BigId, ForeignKey("asset_alias.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("asset_id", BigId, ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_asset_alias_member_asset_id", "asset_id"),
)

asset_use = Table(
    "asset_use",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False),
    Column("role", String(20), nullable=False, comment="schedule, inlet or outlet"),
    Column("task_id", Name, nullable=False, default="", comment="of an inlet or outlet"),
    Column("asset_id", BigId, ForeignKey("asset.id", ondelete="CASCADE")),
    Column("alias_id", BigId, ForeignKey("asset_alias.id", ondelete="CASCADE")),
    Column("ref_name", AssetText, comment="an asset known by its name only"),
    Column("ref_uri", AssetText),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index("ix_asset_use_dag_id", "dag_id", "role"),
    Index("ix_asset_use_asset_id", "asset_id", "role"),
    Index("ix_asset_use_alias_id", "alias_id", "role"),
    Index("ix_asset_use_ref_name", "ref_name", mysql_length=250),
    Index("ix_asset_use_ref_uri", "ref_uri", mysql_length=250),
)

asset_watcher = Table(
    "asset_watcher",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("asset_id", BigId, ForeignKey("asset.id", ondelete="CASCADE"), nullable=False),
    Column("dag_id", Name, nullable=False, comment="declares it"),
    Column("name", Name, nullable=False),
    Column("classpath", String(1000), nullable=False),
    Column("kwargs", JSON, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_asset_watcher_asset_id", "asset_id"),
    Index("ix_asset_watcher_dag_id", "dag_id"),
)

asset_event = Table(
    "asset_event",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("asset_id", BigId, ForeignKey("asset.id"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("extra", JSON, nullable=False),
    Column("emission", AttemptId, nullable=False, comment="events of one attempt or call are decided together"),
    Column("source_dag_id", Name),
    Column("source_run_id", Name),
    Column("source_task_id", Name),
    Column("source_map_index", Integer),
    Column("partition_key", ShortText(250)),
    Index("ix_asset_event_asset_id", "asset_id", "id"),
    Index("ix_asset_event_at", "at", "id"),
    Index("ix_asset_event_source", "source_dag_id", "source_run_id"),
    Index("ix_asset_event_emission", "emission"),
    sqlite_autoincrement=True,  # the cursor counts on ids that never come back
)

asset_event_alias = Table(
    "asset_event_alias",
    metadata,
    Column("event_id", BigId, ForeignKey("asset_event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("alias_id", BigId, ForeignKey("asset_alias.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_asset_event_alias_alias_id", "alias_id"),
)

asset_run_event = Table(
    "asset_run_event",
    metadata,
    Column("dag_run_id", BigId, ForeignKey("dag_run.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("event_id", BigId, ForeignKey("asset_event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_asset_run_event_event_id", "event_id"),
)

asset_cursor = Table(
    "asset_cursor",
    metadata,
    Column("name", String(50), primary_key=True, comment="scheduler"),
    Column("position", BigId, nullable=False, autoincrement=False, comment="the newest event that was decided upon"),
    Column("revision", BigId, nullable=False, autoincrement=False, comment="raised when consumers change"),
)

asset_consumer = Table(
    "asset_consumer",
    metadata,
    Column("dag_id", Name, primary_key=True),
    Column("consumed", BigId, nullable=False, autoincrement=False, comment="newest event its runs consumed"),
    Column("schedule", String(64), nullable=False, comment="SHA-256 of the asset schedule"),
    Column("created_at", UtcDateTime, nullable=False),
)

asset_queue = Table(
    "asset_queue",
    metadata,
    Column("dag_id", Name, primary_key=True),
    Column("asset_id", BigId, ForeignKey("asset.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("alias_id", BigId, primary_key=True, autoincrement=False, comment="through which it came; 0: directly"),
    Column("event_id", BigId, nullable=False, comment="the first one since the last run"),
    Column("created_at", UtcDateTime, nullable=False),
    Index("ix_asset_queue_asset_id", "asset_id"),
)

asset_partition = Table(
    "asset_partition",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False),
    Column("partition_key", Name, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column(
        "needs",
        JSON(none_as_null=True),
        comment="what code of a user said: mapper -> keys that make up the partition, and its date",
    ),
    UniqueConstraint("dag_id", "partition_key"),
)
"""Partitions of consumers that wait for more; a row goes when its run is made."""

asset_partition_event = Table(
    "asset_partition_event",
    metadata,
    Column(
        "partition_id",
        BigId,
        ForeignKey("asset_partition.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("event_id", BigId, ForeignKey("asset_event.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("member", Name, nullable=False, comment="key of the window that the event stands for; empty: none"),
    Index("ix_asset_partition_event_event_id", "event_id"),
)

asset_mapping = Table(
    "asset_mapping",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("dag_id", Name, nullable=False, comment="a consumer whose mapper has code of its own"),
    Column("event_id", BigId, ForeignKey("asset_event.id", ondelete="CASCADE"), nullable=False),
    Column("emission", AttemptId, nullable=False, comment="of the event: it is decided as a whole"),
    Column("state", String(10), nullable=False, comment="open, ready, failed"),
    Column("due_at", UtcDateTime, nullable=False, comment="it is asked from then on"),
    Column("tries", Integer, nullable=False, comment="how often the code failed"),
    Column("error", LongText(), comment="why it failed last"),
    Column("answer", LongText(long=True), comment="Mapped as JSON"),
    UniqueConstraint("dag_id", "event_id"),
    Index("ix_asset_mapping_state", "state", "due_at"),
    Index("ix_asset_mapping_event_id", "event_id"),
    sqlite_autoincrement=True,  # who waits for new rows looks at the highest id
)
"""Events that the leader passed, and that a consumer has not taken: a child process says first which keys they are for.
A row goes in the transaction that makes what follows from the event."""
