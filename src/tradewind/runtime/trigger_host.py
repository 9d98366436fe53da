"""The process that runs triggers: thousands of them on one event loop, each writing to the log of its task.

Forked by `zygote` on behalf of `services.triggerer`; `main` is the entry point.  Users' code runs in the main thread,
where the event loop is; one thread reads the socket, another one notices when a trigger blocks the loop and names it.
"""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
import json
import logging
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tradewind.authoring import comms, loader
from tradewind.authoring.deferral import TRIGGER_FAILURE
from tradewind.authoring.module_loading import import_string
from tradewind.authoring.triggers.base import BaseTaskEndEvent, BaseTrigger, TriggerEvent
from tradewind.runtime import trigger_wire as messages
from tradewind.runtime.channel import Channel
from tradewind.runtime.logs import AttemptLog, Line, LineStream, Log, StructuredHandler, TerminalLog, one_line
from tradewind.runtime.masking import learn_environment, masker
from tradewind.runtime.secret_values import secrets_in
from tradewind.spec import serde

_logger = logging.getLogger("tradewind.triggerer")
BLOCKED_AFTER = 0.5
"""Seconds that the loop may be held up before somebody is named."""
_QUIT_WITHIN = 5.0
"""Seconds that triggers get to clean up when the triggerer stops."""
_RESTARTS = (1.0, 5.0, 15.0, 60.0)
"""Seconds before a watcher that ended or failed starts again."""
_ENDS = {"success": "success", "failed": "failure", "skipped": "skipped"}


def main(sock: socket.socket, args: bytes) -> int:
    """Run triggers until the triggerer asks to end or is gone; returns the exit status."""
    return Host(sock, msgspec.msgpack.decode(args, type=messages.HostConfig)).run()


class TriggerTask:
    """The task instance that a trigger waits for: its identity."""

    def __init__(self, about: dict[str, Any]) -> None:
        self.id = about.get("id")
        self.dag_id = about.get("dag_id")
        self.run_id = about.get("run_id")
        self.task_id = about.get("task_id")
        self.map_index = about.get("map_index", -1)
        self.try_number = about.get("try_number", 1)

    def __repr__(self) -> str:
        return f"<TriggerTask {self.dag_id}.{self.task_id} {self.run_id}>"


class _TaskLog(Log):
    """Appends to a task's log, which is opened for each line: thousands of triggers must not hold a file each."""

    def __init__(self, path: str, fallback: Log) -> None:
        self._path, self._fallback = path, fallback

    def write(self, line: Line) -> None:
        log = AttemptLog(self._path, self._fallback)
        try:
            log.write(line)
        finally:
            log.close()


class Host:
    """One host process."""

    def __init__(self, sock: socket.socket, config: messages.HostConfig) -> None:
        self._config = config
        self._channel = Channel(sock, self._message, self._supervisor_gone, messages.decode_to_host)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._killed: set[str] = set()
        self._own_log: Log = TerminalLog(os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="replace"))
        self._log: contextvars.ContextVar[Log] = contextvars.ContextVar("log", default=self._own_log)
        self._busy = threading.Event()
        self._files: dict[str, tuple[int, int]] = {}

    def run(self) -> int:
        """Serve; returns the exit status."""
        sys.stdout = LineStream(1, lambda line: self._log.get().line("info", line, "task.stdout"))
        sys.stderr = LineStream(2, lambda line: self._log.get().line("info", line, "task.stderr"))
        root = logging.getLogger()
        root.handlers[:] = [StructuredHandler(self._log.get)]
        root.setLevel(self._config.log_level)
        logging.captureWarnings(True)
        logging.raiseExceptions = False
        learn_environment(os.environ)
        comms.set_channel(self._channel.request)
        return asyncio.run(self._serve())

    async def _serve(self) -> int:
        self._loop = asyncio.get_running_loop()
        self._over = asyncio.Event()
        self._main = threading.get_ident()
        threading.Thread(target=self._watch, name="tradewind-watchdog", daemon=True).start()
        self._channel.start()
        self._channel.send(messages.Ready(os.getpid()))  # type: ignore[arg-type]  # a line of its own
        await self._over.wait()
        for task in self._tasks.values():
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks.values()), timeout=_QUIT_WITHIN)
        return 0

    # --- messages, on the reader thread -------------------------------------------------------------------------

    def _message(self, message: Any) -> None:
        match message:
            case messages.Start():
                self._loop.call_soon_threadsafe(self._start, message)
            case messages.Cancel():
                self._loop.call_soon_threadsafe(self._cancel, message)
            case messages.Quit():
                self._loop.call_soon_threadsafe(self._over.set)

    def _supervisor_gone(self) -> None:
        os._exit(0)  # whatever runs is the next triggerer's

    def _send(self, message: messages.FromHost) -> None:
        self._channel.send(message)  # type: ignore[arg-type]  # a line of its own

    # --- triggers, on the loop -----------------------------------------------------------------------------------

    def _start(self, start: messages.Start) -> None:
        context = contextvars.copy_context()
        if start.log_path:
            context.run(self._log.set, _TaskLog(start.log_path, self._own_log))
        self._busy.set()
        dag_id, task_id = start.about.get("dag_id"), start.about.get("task_id")
        name = f"{start.classpath} of {dag_id}.{task_id}" if dag_id else start.classpath  # else of an asset
        task = self._loop.create_task(self._live(start), name=f"{start.id}|{name}", context=context)
        self._tasks[start.id] = task
        task.add_done_callback(lambda _: self._gone(start.id))

    def _gone(self, trigger_id: str) -> None:
        del self._tasks[trigger_id]
        self._killed.discard(trigger_id)
        if not self._tasks:
            self._busy.clear()
        self._send(messages.Ended(trigger_id))

    def _cancel(self, cancel: messages.Cancel) -> None:
        task = self._tasks.get(cancel.id)
        if task is not None:
            if cancel.kill:
                self._killed.add(cancel.id)
            task.cancel()

    async def _live(self, start: messages.Start) -> None:
        """A task's trigger runs once; a watcher starts again whenever it ends."""
        failures = 0
        while True:
            began = time.monotonic()
            await self._run(start)
            if start.kind != "watcher":
                return
            failures = 0 if time.monotonic() - began > _RESTARTS[-1] else failures + 1
            await asyncio.sleep(_RESTARTS[min(failures, len(_RESTARTS)) - 1] if failures else 0)

    async def _run(self, start: messages.Start) -> None:
        trigger: BaseTrigger | None = None
        try:
            trigger = self._make(start)
            if not await self._events(trigger, start) and start.kind != "watcher":
                raise RuntimeError("the trigger ended without an event")
        except asyncio.CancelledError:
            if trigger is not None and start.id in self._killed:
                await self._quietly(trigger.on_kill, "on_kill")
            raise
        except Exception as error:
            self._failed(start, error)
        except (SystemExit, KeyboardInterrupt) as error:
            self._failed(start, error)
        finally:
            if trigger is not None:
                await self._quietly(trigger.cleanup, "cleanup")

    async def _events(self, trigger: BaseTrigger, start: messages.Start) -> bool:
        """Run it to its first event (a watcher: to its end); whether there was one."""
        events = trigger.run()
        fired = False
        try:
            async for event in events:
                self._fired(start, event)
                fired = True
                if start.kind != "watcher":
                    break
        finally:
            close = getattr(events, "aclose", None)
            if close is not None:
                await close()
        return fired

    def _make(self, start: messages.Start) -> BaseTrigger:
        folders = [Path(path) for path in (start.bundle_path, self._config.bundle_path) if path]
        folder = next((path for path in folders if path.is_dir()), None)
        arguments = serde.loads(start.kwargs)
        # the task knew them from elsewhere: here nobody asked for them
        masker.learn(secrets_in(arguments, "", texts_only=True))
        trigger = self._class(start.classpath, folder)(**arguments)
        trigger.trigger_id = start.id
        trigger.task_instance = TriggerTask(start.about) if start.about else None
        _logger.info("trigger %s starts", start.classpath)
        return trigger  # type: ignore[no-any-return]

    def _class(self, classpath: str, folder: Path | None) -> Any:
        if folder is None:
            return import_string(classpath)
        self._forget_changed(folder)
        loader.open_bundle(folder)
        try:
            found = import_string(classpath)
        except ModuleNotFoundError:
            module, _, name = classpath.rpartition(".")
            path = _dag_file(module, folder)
            if path is None:
                raise
            found = getattr(loader.load_file(path, folder).module, name)  # a class that a DAG file defines
        self._files.update((path, _stat(path)) for path in loader.bundle_modules(folder).values())
        return found

    def _forget_changed(self, folder: Path) -> None:
        """New triggers run the code as it is now; those that run keep the one they started with."""
        if any(_stat(path) != self._files.get(path) for path in loader.bundle_modules(folder).values()):
            loader.purge(folder)

    def _fired(self, start: messages.Start, event: Any) -> None:
        if not isinstance(event, TriggerEvent):
            raise TypeError(f"{start.classpath} yielded {event!r}; a trigger yields TriggerEvent(payload)")
        outcome: Any = "event"
        if isinstance(event, BaseTaskEndEvent):
            outcome = _ENDS[event.task_instance_state.value]
            text = json.dumps({str(key): serde.dumps(value) for key, value in (event.xcoms or {}).items()})
        else:
            try:
                text = serde.dumps(event.payload)
            except serde.SerdeError as error:
                raise TypeError(f"the payload of {start.classpath} cannot be sent: {error}") from error
        _logger.info("trigger %s fired", start.classpath)
        self._send(messages.Brought(id=start.id, outcome=outcome, event=text, at=datetime.now(UTC)))

    def _failed(self, start: messages.Start, error: BaseException) -> None:
        _logger.error("trigger %s failed: %s", start.classpath, one_line(error), exc_info=error)
        if start.kind == "watcher":
            return
        lines = [masker.mask(line) for line in traceback.format_exception(error)]
        text = json.dumps({"error": f"{TRIGGER_FAILURE}: {one_line(error)}", "traceback": lines[-50:]})
        self._send(messages.Brought(id=start.id, outcome="failed", event=text, at=datetime.now(UTC)))

    async def _quietly(self, call: Callable[[], Any], what: str) -> None:
        """Its own error is logged and changes nothing else."""
        try:
            await call()
        except Exception as error:
            _logger.error("%s of a trigger failed: %s", what, one_line(error), exc_info=error)

    # --- the watchdog, on its thread --------------------------------------------------------------------------------

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            self._busy.wait()
            beat = threading.Event()
            asked = time.monotonic()
            try:
                self._loop.call_soon_threadsafe(beat.set)
            except RuntimeError:
                return  # the loop is closed
            if not beat.wait(BLOCKED_AFTER):
                self._blame(beat, asked)
            pause.wait(BLOCKED_AFTER)

    def _blame(self, beat: threading.Event, asked: float) -> None:
        task = asyncio.current_task(self._loop)
        trigger_id, _, name = task.get_name().partition("|") if task is not None else ("", "", "")
        frame = sys._current_frames().get(self._main)
        where = "".join(traceback.format_stack(frame)[-4:]) if frame is not None else ""
        beat.wait()
        seconds = time.monotonic() - asked
        text = (
            f"trigger {name or '(unknown)'} blocked the event loop for {seconds:.1f} s, and all others with it; "
            f"await what takes long, or use asyncio.to_thread():\n{where}"
        )
        _logger.warning("%s", text)
        self._send(messages.Blocked(trigger_id, name, seconds))


def _stat(path: str) -> tuple[int, int]:
    try:
        found = Path(path).stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _dag_file(module: str, folder: Path) -> Path | None:
    """The DAG file that was loaded under this name."""
    digest, _, stem = module.removeprefix(loader.PREFIX).partition("_")
    if not module.startswith(loader.PREFIX):
        return None
    for path in folder.resolve().rglob(f"{stem}.py"):
        if hashlib.sha256(str(path).encode()).hexdigest()[:12] == digest:
            return path
    return None
