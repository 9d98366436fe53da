"""What is a secret in one installation, for those who hide it.

The server does in what it shows (`server.hidden`), supervisors of tasks in what they give them
(`services.given_secrets`).

Theory.  Known are the passwords and sensitive extras of the Connections in the database, the Variables whose name or
keys sound secret, those in the environment of this process, and what is kept to be hidden (`store.kept_secrets`): what
was stored before, and what tasks learned elsewhere.  They are opened once: who asks looks into the log of changes
(`store.changes`) whether any changed, and then only those are opened that were written anew.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from tradewind.errors import SettingsError, StoreError
from tradewind.runtime.masking import Masker
from tradewind.runtime.secret_values import of_connection, of_environment, of_variable

if TYPE_CHECKING:
    from tradewind.store import Store

logger = logging.getLogger(__name__)


class KnownSecrets:
    """The secrets of one installation.  Thread-safe."""

    def __init__(self, store: Store, environ: Mapping[str, str] | None = None) -> None:
        """`environ`: where Connections and Variables may be, by default that of this process."""
        self._store = store
        self._environ = os.environ if environ is None else environ
        self._lock = threading.Lock()
        self._position: int | None = None
        self._opened: dict[str, frozenset[str]] = {}
        """Sealed text -> the secrets in it, of all Variables and Connections that are stored now."""
        self._kept: dict[int, str | None] = {}
        """Id -> what was kept only to be hidden; None: it cannot be opened."""
        self._masker = Masker()

    def masker(self) -> Masker:
        """Knows all secrets that are stored now.  Raises StoreError when the database cannot be asked."""
        with self._lock:
            if self._position is None:
                self._read(self._store.reads.changes.position())
                return self._masker
            part = self._store.reads.changes.after(self._position)
            topics = {topic for change in part.changes for topic in change.topics}
            if part.lost or "secrets" in topics:
                # the position is from before the read: what is written in between is read twice, not never
                self._read(part.position)
            elif "kept_secrets" in topics:
                self._read_kept()
            self._position = part.position
            return self._masker

    def last(self) -> Masker:
        """What was known when it was asked last: for answers that tell of a database that does not answer."""
        return self._masker

    def _read(self, position: int) -> None:
        """Learn what is stored now.  What is no longer stored was kept, so that nothing has to be forgotten here."""
        variables, connections = self._store.variables.sealed(), self._store.connections.sealed()
        opened: dict[str, frozenset[str]] = {}
        for key, sealed in variables:
            self._open(sealed, f"variable {key!r}", partial(of_variable, key), opened)
        for conn_id, password, extra in connections:
            what = f"a secret of connection {conn_id!r}"
            self._open(password, what, lambda text: of_connection(text, None), opened)
            self._open(extra, what, lambda text: of_connection(None, text), opened)
        self._opened = opened
        self._read_kept(anew=self._position is None)
        self._position = position

    def _read_kept(self, *, anew: bool = False) -> None:
        """Learn what was kept since; when some of it is gone, all that is left."""
        found = self._store.kept_secrets.ids()
        if gone := self._kept.keys() - found:
            self._kept = {key: text for key, text in self._kept.items() if key not in gone}
        new = [key for key in found if key not in self._kept]
        for key, sealed in self._store.kept_secrets.sealed(new):
            try:
                self._kept[key] = self._store.vault.open(sealed, "a secret that was kept to be hidden")
            except (StoreError, SettingsError) as error:
                self._kept[key] = None
                logger.warning("%s", error.message)
        if anew or gone:
            made = Masker()
            made.learn(of_environment(self._environ))
            for secrets in self._opened.values():
                made.learn(secrets)
            made.learn(text for text in self._kept.values() if text is not None)
            self._masker = made
        else:
            self._masker.learn(text for key in new if (text := self._kept.get(key)) is not None)

    def _open(
        self, sealed: str | None, what: str, find: Callable[[str], set[str]], opened: dict[str, frozenset[str]]
    ) -> None:
        if sealed is None:
            return
        secrets = self._opened.get(sealed)
        if secrets is None:
            try:
                secrets = frozenset(find(self._store.vault.open(sealed, what)))
            except (StoreError, SettingsError) as error:
                # nothing can use it either, and pages that do not need it must not go away with it
                logger.warning("%s is not masked in answers: %s", what, error.message)
                return
            self._masker.learn(secrets)
        opened[sealed] = secrets
