"""Hears changes below the folder of a bundle.  Used by `services.dag_processor`.

Events come from the operating system (inotify and its kin) through watchfiles; where that is not to be had,
or its watches are used up, the folder is polled.  Events may be lost, on network file systems all of them:
the processor's slow sweep is what correctness rests on, this is what speed rests on.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change
from watchfiles._rust_notify import RustNotify

from tradewind.loading.bundle import FolderBundle

log = logging.getLogger("tradewind.loading")

STEP_MS = 20
"""A change is told when nothing more changed for this long, so that a checkout is one event and a save is not
two.
"""
GROUP_MS = 400
"""Changes that never pause are told at least this often."""
_POLL_MS = 1000


@dataclass(frozen=True, slots=True)
class Changed:
    """Paths below the bundle that were added, changed or deleted."""

    bundle: str
    modified: frozenset[str]
    """Bundle-relative paths whose content changed."""
    listing: frozenset[str]
    """Bundle-relative paths that came or went."""


class Watch:
    """One thread that tells `report` what changed, from its construction until `close`.

    When the constructor returns, the watch is in place: a change that happens afterwards is told.  Raises
    OSError when the folder does not exist.
    """

    def __init__(self, bundle: FolderBundle, report: Callable[[Changed], None]) -> None:
        self._bundle = bundle
        self._report = report
        self._stop = threading.Event()
        # the folder itself is watched, not the link that leads to it: see `is_current`
        self._root = os.path.realpath(bundle.path, strict=True)
        self._identity = _identity(self._root)
        self._notify = self._open()
        self._thread = threading.Thread(target=self._run, name=f"watch-{bundle.name}", daemon=True)
        self._thread.start()

    def is_current(self) -> bool:
        """Whether the watched folder still is the bundle's: false after a swapped link or a new mount."""
        return (
            self._thread.is_alive()
            and os.path.realpath(self._bundle.path) == self._root
            and _identity(self._root) == self._identity
        )

    def close(self) -> None:
        """End the thread; returns when it is gone."""
        self._stop.set()
        self._thread.join()
        self._notify.close()

    def _open(self) -> RustNotify:
        forced = os.environ.get("WATCHFILES_FORCE_POLLING", "").lower() not in (
            "",
            "0",
            "false",
            "disable",
            "disabled",
        )
        if not forced:
            try:
                return RustNotify([self._root], False, False, _POLL_MS, True, True)
            except OSError as error:
                log.warning(
                    "changes below %s cannot be heard (%s); the folder is looked through every second; "
                    "more watches: sysctl fs.inotify.max_user_watches",
                    self._root,
                    error,
                )
        return RustNotify([self._root], False, True, _POLL_MS, True, True)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                found = self._notify.watch(GROUP_MS, STEP_MS, 0, self._stop)
            except Exception:
                log.exception("the watch of %s failed; changes are seen at the next sweep", self._root)
                return
            if isinstance(found, set):
                self._tell(found)
            elif found == "stop":
                return

    def _tell(self, found: set[tuple[int, str]]) -> None:
        modified: set[str] = set()
        listing: set[str] = set()
        for kind, path in found:
            relative = self._bundle.relative(path)
            if relative is None or not _matters(relative):
                continue
            (modified if kind == Change.modified else listing).add(relative)
        if modified or listing:
            self._report(Changed(self._bundle.name, frozenset(modified), frozenset(listing)))


def _matters(relative: str) -> bool:
    """Not bytecode, which importing writes, and not the inside of hidden folders such as `.git`."""
    folders = relative.split("/")[:-1]
    return not (
        relative.endswith((".pyc", "~", ".swp"))
        or "__pycache__" in relative
        or any(folder.startswith(".") for folder in folders)
    )


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
