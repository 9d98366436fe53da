"""Does what people ask of the process that runs user code: tests connections, reads DAG files again, names plugins.

Runs beside the DAG processor, which has the DAG files, the plugins and the provider packages; the server puts the
errands into the database (`store.errands`).  User code runs in child processes of the file parser.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tradewind.errors import TradewindError
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.ports.clock import Clock
from tradewind.ports.store import WakeUp
from tradewind.runtime.zygote import ZygoteError
from tradewind.store.errands import ConnectionTest, Errands
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

SWEEP_SECONDS = 5.0
"""How often it looks for errands that no wake-up told of, and at the plugins folder."""
_Seen = tuple[tuple[str, int, int], ...]


class Reparse(Protocol):
    """`DagProcessor.parse_now`."""

    def __call__(self, relative: str, bundle: str | None = None) -> object:
        """Parse a file and save what it says."""
        ...


class ErrandRunner:
    """Does errands one after the other.  `plugins_folder` is asked for each time: it need not exist."""

    def __init__(
        self, errands: Errands, parser: FileParser, reparse: Reparse, clock: Clock, plugins_folder: Callable[[], Path]
    ) -> None:
        self._errands = errands
        self._parser = parser
        self._reparse = reparse
        self._clock = clock
        self._plugins_folder = plugins_folder
        self._seen: _Seen | None = None

    def serve(self, stop: threading.Event, wakeup: WakeUp) -> None:
        """Until `stop` is set: do what is asked.  Closes `wakeup`."""
        try:
            while not stop.is_set():
                try:
                    self.look_at_plugins()
                    if self.run() == 0:
                        wakeup.wait(SWEEP_SECONDS)
                except Exception:
                    if stop.is_set():
                        return  # the parser was closed under it
                    log.exception("errands cannot be done; trying again")
                    stop.wait(SWEEP_SECONDS)
        finally:
            wakeup.close()

    def run(self) -> int:
        """Do the errands that wait; how many there were."""
        done = 0
        for bundle, relative in self._errands.take_parses():
            done += 1
            try:
                self._reparse(relative, bundle)
            except (TradewindError, ZygoteError, OSError) as error:
                log.warning("%s was asked to be read again: %s", relative, error)
        while (test := self._errands.take_test(self._clock.now())) is not None:
            done += 1
            self._test(test)
        return done

    def _test(self, test: ConnectionTest) -> None:
        try:
            works, message = self._parser.check_connection(self._home(), test.connection)
        except (ZygoteError, OSError) as error:
            works, message = False, f"no process could be started for the test: {error}"
        emit("connection.tested", connection_id=test.connection.conn_id, works=works)
        save = test if test.commit_on_success else None
        self._errands.end_test(test.token, works, message, self._clock.now(), save)

    def look_at_plugins(self) -> None:
        """Tell what plugins there are when their files changed, and at the first look."""
        seen = self._look()
        if seen == self._seen:
            return
        told = self._parser.plugins(self._home())
        self._errands.save_plugins(told.found, told.errors)
        self._seen = seen
        for where, error in told.errors:
            log.warning("a plugin cannot be loaded: %s: %s", where, error.splitlines()[-1] if error else "")

    def _home(self) -> FolderBundle:
        return FolderBundle("asked", self._plugins_folder())

    def _look(self) -> _Seen:
        folder = self._plugins_folder()
        found = []
        for path in sorted(folder.rglob("*.py")) if folder.is_dir() else ():
            try:
                told = path.stat()
            except OSError:
                continue  # deleted meanwhile: the next look sees it
            found.append((str(path), told.st_mtime_ns, told.st_size))
        return tuple(found)
