"""Events come by when they happened and by their ids from one index: pages far behind the first are found in it."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_INDEXES = (("ix_asset_event_at", "asset_event"), ("ix_event_log_at", "event_log"))


def upgrade() -> None:
    _replace(["at", "id"])


def downgrade() -> None:
    _replace(["at"])


def _replace(columns: list[str]) -> None:
    for name, table in _INDEXES:
        op.drop_index(name, table_name=table)
        op.create_index(name, table, columns)
