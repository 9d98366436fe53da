"""Who changed what: for the stores of Variables, Connections and pools, which people and tasks change alike.

`store.variables.by(user, now)` is the same store, whose changes are entered into the audit log (`event_log`) in the
transaction that makes them.  Of what may be a secret (the value of a Variable, password and extra of a Connection) only
that it was set or changed is written: the log is not encrypted.
"""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Connection

from tradewind.runtime.masking import Masker, is_sensitive
from tradewind.store.actions_common import record


class Audited:
    """A store that can say on whose behalf it works; without that it records nothing."""

    _by: tuple[str, datetime] | None = None

    def by(self, user: str, now: datetime) -> Self:
        """The same store, working for this person."""
        mine = copy.copy(self)
        mine._by = (user, now)
        return mine

    def _tell(
        self,
        connection: Connection,
        event: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **extra: Any,
    ) -> None:
        if self._by is not None:
            user, now = self._by
            record(connection, event, now, user, extra=extra, before=before, after=after)


HIDDEN, CHANGED = "***", "*** (changed)"


def shown(row: Mapping[str, Any] | None, secrets: Collection[str]) -> dict[str, Any] | None:
    """The fields of a row for the log: a secret shows only whether there is one."""
    if row is None:
        return None
    return {name: HIDDEN if name in secrets and value not in (None, "") else value for name, value in row.items()}


LOGGED = 1000
"""Characters of a value that the log keeps."""


def shown_conf(conf: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a run was given, for the log: texts under names that sound secret are hidden."""
    return dict(Masker().redact(conf)) if conf else None


def shown_value(key: str, text: str | None) -> dict[str, str] | None:
    """The beginning of a JSON text that somebody stored under this key, for the log; None when there was none."""
    if text is None:
        return None
    if is_sensitive(key):
        return {"value": HIDDEN}
    return {"value": text if len(text) <= LOGGED else f"{text[:LOGGED]}... ({len(text)} characters)"}


def shown_change(
    before: Mapping[str, Any], after: Mapping[str, Any], secrets: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both for the log, with the fields that differ.  Secrets are compared as they are and hidden."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    old = shown({name: before.get(name) for name in names}, secrets) or {}
    new = shown({name: after.get(name) for name in names}, secrets) or {}
    for name in names:
        if old[name] == HIDDEN == new[name]:
            new[name] = CHANGED
    return old, new
