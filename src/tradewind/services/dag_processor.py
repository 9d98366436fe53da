"""Keeps the stored DAGs as the DAG files say: parses what changed, at once, and never loses a DAG to a bad
parse.

Started by `services.standalone` and by `tradewind dag-processor`.  One thread owns the state and writes the
store; up to `parallel` threads each wait for one child process that loads a file; one thread per bundle hears
changes.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from tradewind.authoring import archives
from tradewind.errors import NotFoundError
from tradewind.loading.bundle import BundleUnavailable, FolderBundle
from tradewind.loading.index import FileIndex, FileKey
from tradewind.loading.parse import FileParser, Parsed
from tradewind.loading.watch import Changed, Watch
from tradewind.ports.clock import Clock
from tradewind.ports.leases import LeaseStore
from tradewind.ports.store import DagStore
from tradewind.spec.dag import ParsedFile
from tradewind.telemetry import emit

log = logging.getLogger("tradewind.dag_processor")

SWEEP: Final = 30.0
HEARTBEAT: Final = 5.0
VANISH_GRACE: Final = 1.0


@dataclass(frozen=True, slots=True)
class _Done:
    """A parse ended: with its outcome, or with the error that kept it from starting."""

    key: FileKey
    parsed: Parsed | None
    error: BaseException | None = None


class _Wake:
    """Look at the stop event, and at the files in doubt."""


_Event = Changed | _Done | _Wake


class DagProcessor:
    """The loop between the DAG folders and the store.

    `worker_id` names this process in the store; `sweep` is the seconds between two looks at everything;
    `vanish_grace` the seconds a file must be gone before its DAGs become stale; `owners` tells, at the start,
    which file (bundle, relative path) owns a DAG id.  `on_parsed` is called after each saved parse, on the
    thread that saved it.  `loaded` is set as soon as every file was looked at once.
    """

    def __init__(
        self,
        *,
        store: DagStore,
        leases: LeaseStore,
        bundles: Sequence[FolderBundle],
        parser: FileParser,
        clock: Clock,
        worker_id: str,
        parallel: int = 2,
        sweep: float = SWEEP,
        vanish_grace: float = VANISH_GRACE,
        owners: Callable[[], Mapping[str, tuple[str, str]]] | None = None,
        on_parsed: Callable[[ParsedFile], None] | None = None,
    ) -> None:
        self._store = store
        self._leases = leases
        self._bundles = {bundle.name: bundle for bundle in bundles}
        self._parser = parser
        self._clock = clock
        self._worker_id = worker_id
        self._parallel = max(1, parallel)
        self._sweep = sweep
        self._vanish_grace = vanish_grace
        self._owners = owners
        self._on_parsed = on_parsed
        self.loaded = threading.Event()

        self._events: queue.SimpleQueue[_Event] = queue.SimpleQueue()
        self._lock = threading.RLock()
        self._index = FileIndex(bundles, parser)
        self._remembered: dict[FileKey, str] = {}
        self._started = False
        self._pending: dict[FileKey, None] = {}
        self._running: set[FileKey] = set()
        self._again: set[FileKey] = set()
        self._vanished: dict[FileKey, float] = {}
        self._unavailable: set[str] = set()
        self._watches: dict[str, Watch] = {}

    # --- The three ways to use it ---------------------------------------------------------------------------

    def run_once(self, *, force: bool = False) -> int:
        """Parse what changed (with `force`: everything) and return when it is saved; how many files were
        parsed.

        Files that are gone are forgotten at once.  Raises what the store raises when it cannot be read; a folder
        that cannot be read is logged, and its DAGs stay.
        """
        count = 0
        with ThreadPoolExecutor(self._parallel, thread_name_prefix="parse") as pool:
            with self._lock:
                for bundle in self._bundles.values():
                    self._look_at(bundle, force=force, grace=0.0)
                self._forget_vanished()
            while self._pending or self._running:
                self._submit(pool)
                event = self._events.get()
                count += isinstance(event, _Done)
                self._take(event)
        self.loaded.set()
        return count

    def serve(self, stop: threading.Event) -> None:
        """Until `stop` is set: parse what is new, then whatever changes, as it changes.

        Closes the parser at the end.  Raises what the store raises when this process cannot be registered.
        """
        self._leases.register(self._worker_id, "dag_processor", self._clock.now())
        ended = threading.Event()
        waker = threading.Thread(target=self._wake_on, args=(stop, ended), name="dag-processor-stop", daemon=True)
        waker.start()
        pool = ThreadPoolExecutor(self._parallel, thread_name_prefix="parse")
        try:
            self._loop(stop, pool)
        finally:
            ended.set()
            for watch in self._watches.values():
                watch.close()
            self._watches.clear()
            # closing the parser kills the children that still load, so that nobody waits for a slow file
            self._parser.close()
            pool.shutdown(wait=True, cancel_futures=True)
            self._leases.end(self._worker_id, self._clock.now())

    def parse_now(self, relative: str, bundle: str | None = None) -> ParsedFile:
        """Parse one file whether it changed or not, save it, and return what was saved.

        May be called from any thread.  Raises NotFoundError when there is no such file in the bundle (the
        first one, unless named), and what the parser raises when no process can be started.
        """
        home = self._bundles.get(bundle) if bundle else next(iter(self._bundles.values()), None)
        if home is None:
            raise NotFoundError(
                f"there is no bundle {bundle!r}",
                fix=f"name one of: {', '.join(sorted(self._bundles)) or 'none'}",
            )
        path = home.absolute(relative)
        if not archives.exists(path):
            raise NotFoundError(f"there is no DAG file {path}", fix="give its path relative to the DAG folder")
        parsed = self._parser.parse(home, relative)
        with self._lock:
            self._begin()
            saved = self._settle(FileKey(home.name, relative), parsed)
        self._events.put(_Wake())
        return saved

    # --- The loop -------------------------------------------------------------------------------------------

    def _loop(self, stop: threading.Event, pool: ThreadPoolExecutor) -> None:
        next_sweep = next_heartbeat = 0.0
        while not stop.is_set():
            now = self._clock.monotonic()
            if now >= next_heartbeat:
                self._beat()
                next_heartbeat = now + HEARTBEAT
            if now >= next_sweep:
                with self._lock:
                    self._sweep_all()
                next_sweep = now + self._sweep
            with self._lock:
                self._forget_vanished()
                self._submit(pool)
                if not self._pending and not self._running and not self.loaded.is_set():
                    self.loaded.set()
                    emit("dag_processor.loaded")
                # the end of a parse is an event of its own: what waits for one needs no deadline
                vanishing = [at for key, at in self._vanished.items() if key not in self._running]
                deadline = min([next_sweep, next_heartbeat, *vanishing])
            with contextlib.suppress(queue.Empty):
                self._take(self._events.get(timeout=max(0.0, deadline - self._clock.monotonic())))

    def _wake_on(self, stop: threading.Event, ended: threading.Event) -> None:
        # one thread that waits costs less than a loop that looks at the event several times a second
        stop.wait()
        if not ended.is_set():
            self._events.put(_Wake())

    def _beat(self) -> None:
        try:
            self._leases.heartbeat([self._worker_id], self._clock.now())
        except Exception:
            log.exception("the heartbeat of the DAG processor could not be stored; it is tried again")

    def _sweep_all(self) -> None:
        for bundle in self._bundles.values():
            self._watch(bundle)
            self._look_again(bundle)

    def _watch(self, bundle: FolderBundle) -> None:
        """Have a watch on the folder as it is now; before the look at its files, so that nothing falls
        between.
        """
        watch = self._watches.get(bundle.name)
        if watch is not None:
            if watch.is_current():
                return
            watch.close()
            del self._watches[bundle.name]
        # a folder that is not there is reported by the listing, and watched at the first sweep that finds it
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            self._watches[bundle.name] = Watch(bundle, self._events.put)

    # --- Looking at files -----------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Remember what the store knows; once."""
        if self._started:
            return
        for bundle in self._bundles.values():
            for relative, digest in self._store.known_files(bundle.name).items():
                self._remembered[FileKey(bundle.name, relative)] = digest
        for dag_id, (bundle_name, relative) in (self._owners() if self._owners else {}).items():
            self._index.own(dag_id, FileKey(bundle_name, relative))
        self._started = True

    def _look_at(self, bundle: FolderBundle, *, force: bool, grace: float) -> None:
        """Compare a folder with what is known: queue what changed, note what is gone."""
        try:
            self._begin()
            listed = {FileKey(bundle.name, relative) for relative in bundle.list_files()}
        except BundleUnavailable as error:
            if bundle.name not in self._unavailable:
                self._unavailable.add(bundle.name)
                log.error("%s", error)
            return
        self._unavailable.discard(bundle.name)
        # DAGs that somebody deleted from the store come back, as their files say so
        deleted = self._index.disown(bundle.name, self._owners()) if self._owners else set()
        for key in sorted(listed):
            self._vanished.pop(key, None)
            if force or key in deleted or self._is_changed(key):
                self._queue(key)
        remembered = {key for key in self._remembered if key.bundle == bundle.name}
        due = self._clock.monotonic() + grace
        for key in (self._index.keys(bundle.name) | remembered) - listed:
            self._vanished.setdefault(key, due)

    def _look_again(self, bundle: FolderBundle) -> None:
        """As `_look_at`, in a loop that must go on when the store is away."""
        try:
            self._look_at(bundle, force=False, grace=self._vanish_grace)
        except Exception:
            log.exception("bundle %s could not be looked at; it is tried again at the next sweep", bundle.name)

    def _is_changed(self, key: FileKey) -> bool:
        if self._index.is_known(key):
            return self._index.changed(key)
        digest = self._remembered.get(key)
        # without the owners of DAG ids a file must be loaded to know which ids it holds
        return not digest or self._owners is None or not self._index.recall(key, digest)

    def _queue(self, key: FileKey) -> None:
        if key in self._running:
            self._again.add(key)
        else:
            self._pending[key] = None

    def _forget_vanished(self) -> None:
        """Files that are gone for good: their DAGs become stale, and their ids are free."""
        now = self._clock.monotonic()
        due = [key for key, at in self._vanished.items() if at <= now and key not in self._running]
        listed = {name: self._listed(self._bundles[name]) for name in {key.bundle for key in due}}
        gone: list[FileKey] = []
        for key in due:
            del self._vanished[key]
            files = listed[key.bundle]
            if files is not None and key.relative not in files:
                gone.append(key)
        self._forget(gone)

    @staticmethod
    def _listed(bundle: FolderBundle) -> set[str] | None:
        """The DAG files that are there now; None when nothing can be said, and so nothing is forgotten."""
        try:
            return set(bundle.list_files())
        except BundleUnavailable:
            return None

    def _forget(self, keys: Iterable[FileKey]) -> None:
        for name, group in itertools.groupby(sorted(keys), key=lambda key: key.bundle):
            try:
                self._forget_in(name, list(group))
            except Exception:
                log.exception("the deletion of DAG files of bundle %s could not be stored; tried again", name)

    def _forget_in(self, bundle: str, keys: list[FileKey]) -> None:
        self._store.forget_files(bundle, [key.relative for key in keys], self._clock.now())
        freed: set[str] = set()
        for key in keys:
            freed |= self._index.forget(key)
            self._pending.pop(key, None)
            self._remembered.pop(key, None)
            log.info("%s is gone; its DAGs are stale", self._bundles[key.bundle].absolute(key.relative))
            emit("dag_processor.forgot", bundle=bundle, file=key.relative)
        self._give(freed)

    def _give(self, dag_ids: Iterable[str]) -> None:
        """DAG ids became free: files that wanted them are parsed again."""
        for key in sorted(self._index.claimants(dag_ids)):
            self._queue(key)

    # --- Events ---------------------------------------------------------------------------------------------

    def _take(self, event: _Event) -> None:
        with self._lock:
            match event:
                case Changed():
                    self._heard(event)
                case _Done():
                    self._done(event)

    def _heard(self, change: Changed) -> None:
        bundle = self._bundles[change.bundle]
        touched: set[FileKey] = set()
        for relative in change.modified | change.listing:
            touched |= self._index.users(bundle.name, relative)
        for key in sorted(touched):
            if key in self._running:
                self._again.add(key)
            elif archives.exists(bundle.absolute(key.relative)) and self._index.changed(key):
                self._queue(key)
        for key in sorted(self._index.failed(bundle.name)) if change.listing else ():
            # what it failed to import may be the file that has come
            self._queue(key)
        new = any(not self._index.is_known(FileKey(bundle.name, relative)) for relative in change.modified)
        if change.listing or new:
            self._look_again(bundle)

    def _submit(self, pool: ThreadPoolExecutor) -> None:
        while self._pending and len(self._running) < self._parallel:
            key = next(iter(self._pending))
            del self._pending[key]
            self._running.add(key)
            pool.submit(self._parse, key)

    def _parse(self, key: FileKey) -> None:
        """On a thread of the pool."""
        try:
            self._events.put(_Done(key, self._parser.parse(self._bundles[key.bundle], key.relative)))
        except BaseException as error:
            self._events.put(_Done(key, None, error))

    def _done(self, done: _Done) -> None:
        key = done.key
        self._running.discard(key)
        again = key in self._again
        self._again.discard(key)
        path = self._bundles[key.bundle].absolute(key.relative)
        if done.parsed is None:
            self._index.doubt(key)
            log.error("%s could not be parsed; it is tried again at the next sweep", path, exc_info=done.error)
            return
        if not archives.exists(path):
            # deleted while it was loaded: what the load says of it is of no use
            self._vanished.setdefault(key, self._clock.monotonic() + self._vanish_grace)
            return
        try:
            self._settle(key, done.parsed)
        except Exception:
            self._index.doubt(key)
            log.exception("the DAGs of %s could not be saved; it is tried again at the next sweep", path)
            return
        if again and self._index.changed(key):
            self._queue(key)

    def _settle(self, key: FileKey, parsed: Parsed) -> ParsedFile:
        """Take a parse into memory and store it."""
        bundle = self._bundles[key.bundle]
        # a file that was renamed takes its DAGs along: its old name must let go of them first
        self._forget(self._index.left_behind(key, parsed))
        file, freed = self._index.settle(key, parsed)
        self._remembered.pop(key, None)
        self._store.save_parsed(bundle.name, str(bundle.path), file, self._clock.now())
        log.info(
            "parsed %s in %.0f ms: %d DAGs, %d errors",
            file.fileloc,
            file.seconds * 1000,
            len(file.dags),
            len(file.errors),
        )
        for error in file.errors:
            log.warning("%s%s: %s", error.fileloc, f", line {error.line}" if error.line else "", error.message)
        for warning in (warning for dag in file.dags for warning in dag.warnings):
            log.warning("%s%s: %s", file.fileloc, f", line {warning.line}" if warning.line else "", warning.message)
        emit(
            "dag_processor.parsed",
            bundle=bundle.name,
            file=file.relative_fileloc,
            seconds=file.seconds,
            dags=len(file.dags),
            errors=len(file.errors),
        )
        self._give(freed)
        if self._on_parsed is not None:
            self._on_parsed(file)
        return file
