"""The tables of who may do what: roles, rights on DAGs, tokens of machines, logins of browsers.  Imported by
`store.tables`.

Theory.  A role says how far somebody may go; rights say with which DAGs.  They bind only those who are limited
(`dag_limited`): everybody else deals with all DAGs.  Of tokens and logins the database keeps digests only.
`user.subject` is who somebody is to his OpenID provider, whatever he calls himself there.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint, false

from tradewind.store.tables_metadata import metadata
from tradewind.store.types import AttemptId, BigId, LongText, Name, UtcDateTime

user = Table(
    "user",
    metadata,
    Column("username", Name, primary_key=True),
    Column("password_hash", String(500), nullable=False),
    Column("role", String(50), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("dag_limited", Boolean, nullable=False, default=False, server_default=false()),
    Column("tokens_since", UtcDateTime, comment="logins and tokens by password from before that are void"),
    Column("issuer", String(500), comment="who vouches for the user: an OpenID provider"),
    Column("subject", String(255)),
)

role = Table(
    "role",
    metadata,
    Column("name", String(50), primary_key=True),
    Column("base", String(50), nullable=False, comment="viewer, user, op or admin: what it allows"),
    Column("dag_limited", Boolean, nullable=False, default=False),
    Column("description", LongText()),
    Column("created_at", UtcDateTime, nullable=False),
)

dag_grant = Table(
    "dag_grant",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("subject_kind", String(10), nullable=False, comment="user, role, token"),
    Column("subject", Name, nullable=False),
    Column("kind", String(10), nullable=False, comment="dag, pattern, tag"),
    Column("value", Name, nullable=False),
    Column("may", String(10), nullable=False, comment="read, run"),
    UniqueConstraint("subject_kind", "subject", "kind", "value"),
)

dag_access = Table(
    "dag_access",
    metadata,
    Column("dag_id", Name, ForeignKey("dag.dag_id", ondelete="CASCADE"), primary_key=True),
    Column("role", Name, primary_key=True),
    Column("may", String(10), nullable=False, comment="read, run"),
)
"""What the files of DAGs say (`access_control`)."""

api_token = Table(
    "api_token",
    metadata,
    Column("id", AttemptId, primary_key=True),
    Column("name", Name, nullable=False),
    Column("username", Name, nullable=False, comment="whose rights it has, at most"),
    Column("digest", String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("hint", String(20), nullable=False, comment="how it begins"),
    Column("scope", String(10), nullable=False, comment="read, run, operate, admin"),
    Column("dag_limited", Boolean, nullable=False, default=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("created_by", String(500), nullable=False),
    Column("expires_at", UtcDateTime),
    Column("last_used_at", UtcDateTime),
    Column("revoked_at", UtcDateTime),
    Index("ix_api_token_username", "username"),
)

login_session = Table(
    "login_session",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of the cookie"),
    Column("username", Name, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False, comment="however much it is used"),
    Index("ix_login_session_username", "username"),
    Index("ix_login_session_expires_at", "expires_at"),
)
