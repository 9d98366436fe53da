"""Secrets that are remembered only to be hidden."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tradewind.store.types import BigId, LongText, Name, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _upgrade_secrets()


def _upgrade_secrets() -> None:
    op.create_table(
        "kept_secret",
        sa.Column("id", BigId, primary_key=True, autoincrement=True),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("value", LongText(long=True), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("subject", Name),
        sa.Column("kept_at", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_kept_secret_origin", "kept_secret", ["origin", "subject", "kept_at"])


def downgrade() -> None:
    op.drop_table("kept_secret")
