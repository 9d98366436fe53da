"""The template process itself: `python -m tradewind.runtime.template FD MODULE...`, started by `zygote.Zygote`.

One thread, one loop: fork on request, reap what ended, kill what the ended left behind, report, and end everything
when the owner is gone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import select
import signal
import socket
import sys
import traceback
from collections import deque
from typing import NoReturn

from tradewind.runtime import processes
from tradewind.runtime.framing import FrameReader, frame
from tradewind.runtime.zygote import Exited, Failed, FromTemplate, Spawn, Spawned, Up, decode_spawn, encode

_MAX_SOCKETS = 64
"""Sockets taken per read; more arrive with the next read."""
_IGNORED_AT_WORK = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The owner decides when the template ends, by closing its socket; SIGKILL works as always."""


class Template:
    """State of the template process."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._pid = os.getpid()
        self._frames = FrameReader()
        self._sockets: deque[int] = deque()
        self._children: set[int] = set()
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        self._wake_write.setblocking(False)

    def run(self, preload: list[str]) -> int:
        """Until the owner is gone; returns the exit status."""
        processes.adopt_orphans()
        for number in _IGNORED_AT_WORK:
            signal.signal(number, signal.SIG_IGN)
        self._report(Up(self._pid))
        if not self._preload(preload):
            return 1
        signal.set_wakeup_fd(self._wake_write.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, stack: None)  # the wake-up descriptor does the work
        try:
            while self._turn():
                pass
        finally:
            self._kill_all()
        return 0

    def _preload(self, modules: list[str]) -> bool:
        gc.disable()  # a collection would only touch pages that the children then have to copy
        try:
            for name in modules:
                importlib.import_module(name)
        except BaseException:
            self._report(Failed("the preload failed:\n" + traceback.format_exc()))
            return False
        gc.freeze()
        return True

    def _turn(self) -> bool:
        readable, _, _ = select.select([self._control, self._wake_read], [], [])
        if self._wake_read in readable:
            with contextlib.suppress(BlockingIOError):
                while self._wake_read.recv(4096):
                    pass
            self._reap()
        return self._control not in readable or self._requests()

    def _requests(self) -> bool:
        """Fork what the owner asks for; False when the owner is gone."""
        try:
            data, sockets, _, _ = socket.recv_fds(self._control, 65536, _MAX_SOCKETS)
        except OSError:
            return False
        self._sockets.extend(sockets)
        for body in self._frames.feed(data):
            self._fork(decode_spawn(body), self._sockets.popleft())
        return bool(data)

    def _fork(self, request: Spawn, descriptor: int) -> None:
        try:
            pid = os.fork()
        except OSError as error:
            os.close(descriptor)
            self._report(Spawned(request.ticket, 0, f"no new process could be forked: {error}"))
            return
        if pid == 0:
            self._child(request, descriptor)
        os.close(descriptor)
        self._children.add(pid)
        self._report(Spawned(request.ticket, pid))

    def _child(self, request: Spawn, descriptor: int) -> NoReturn:
        """In the child: become a process of its own and run the entry point.  Never returns."""
        code = 1
        try:
            processes.die_with_parent(self._pid)
            processes.adopt_orphans()
            os.setsid()
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, *_IGNORED_AT_WORK):
                signal.signal(number, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            for left in self._sockets:
                os.close(left)
            for mine in (self._control, self._wake_read, self._wake_write):
                mine.close()
            gc.enable()
            module, _, function = request.entry.partition(":")
            entry = getattr(importlib.import_module(module), function)
            code = entry(socket.socket(fileno=descriptor), request.args) or 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except BaseException:
            # Standard error is all that is left to say it; the owner sees the exit status.
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                with contextlib.suppress(OSError, ValueError, AttributeError):
                    stream.flush()
            # No atexit handlers and no joining of threads: those belong to the template or to user code.
            os._exit(code)

    def _reap(self) -> None:
        while True:
            try:
                # Left unreaped at first: until then nobody else can get its pid, and the group is surely its own.
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            pid = ended.si_pid
            if pid not in self._children:
                os.waitpid(pid, 0)
                continue
            processes.kill_group(pid)
            _, status = os.waitpid(pid, 0)
            self._children.discard(pid)
            orphans = self._sweep()
            code = os.waitstatus_to_exitcode(status)
            self._report(Exited(pid, code if code >= 0 else None, -code if code < 0 else None, orphans))

    def _sweep(self) -> int:
        """Kill what ended children left behind; returns how many processes that were.

        Children adopt the orphans of what they start, so whatever hangs directly on the template without being one
        of its children descends from a child that has ended.
        """
        count = 0
        while orphans := [pid for pid in processes.children() if pid not in self._children]:
            for pid in orphans:
                processes.send_signal(pid, signal.SIGKILL)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
                count += 1
        return count

    def _report(self, message: FromTemplate) -> None:
        # A failure means that the owner is gone, which the next read will find, too.
        with contextlib.suppress(OSError):
            self._control.sendall(frame(encode(message)))

    def _kill_all(self) -> None:
        children, self._children = self._children, set()
        for pid in children:
            processes.send_signal(pid, signal.SIGKILL)
            processes.kill_group(pid)
        for pid in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
        self._sweep()


def main(argv: list[str]) -> int:
    """`FD MODULE...`: the control socket's descriptor and the modules to import before the first fork."""
    control = socket.socket(fileno=int(argv[0]))
    control.set_inheritable(False)
    return Template(control).run(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
