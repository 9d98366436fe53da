"""Who changed what: for the stores of Variables, Connections and pools, which people and tasks change alike.

`store.variables.by(user, now)` is the same store, whose changes are entered into the audit log (`event_log`) in the
transaction that makes them.  Names are written and never values: any of them may be a secret.
"""

from __future__ import annotations

import copy
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection

from tradewind.store.actions_common import record


class Audited:
    """A store that can say on whose behalf it works; without that it records nothing."""

    _by: tuple[str, datetime] | None = None

    def by(self, user: str, now: datetime) -> Self:
        """The same store, working for this person."""
        mine = copy.copy(self)
        mine._by = (user, now)
        return mine

    def _tell(self, connection: Connection, event: str, **extra: Any) -> None:
        if self._by is not None:
            user, now = self._by
            record(connection, event, now, user, extra=extra)
