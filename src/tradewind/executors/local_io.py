"""The selector of `executors.local`: which worker sockets can be read or written, and wake-ups from other threads."""

from __future__ import annotations

import contextlib
import selectors
import socket

from tradewind.executors.local_worker import WorkerHandle


class SocketLoop:
    """Waits on worker sockets.  Only the I/O thread calls it, except `wake`, which any thread may call."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        self._wake_write.setblocking(False)
        self._selector.register(self._wake_read, selectors.EVENT_READ, None)

    def wake(self) -> None:
        """Make `wait` return."""
        with contextlib.suppress(OSError):  # full: it will wake up anyway; closed: the loop has ended
            self._wake_write.send(b"\0")

    def wait(self, timeout: float | None) -> list[WorkerHandle]:
        """Wait up to `timeout` seconds; returns the workers whose sockets have something to read."""
        readable: list[WorkerHandle] = []
        for key, mask in self._selector.select(timeout):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    while self._wake_read.recv(4096):
                        pass
            elif mask & selectors.EVENT_READ:
                readable.append(key.data)
        return readable

    def add(self, handle: WorkerHandle) -> None:
        """Watch a worker's socket, if it is not watched yet and has not ended."""
        if not handle.registered and not handle.ended:
            handle.registered = True
            self._selector.register(handle.sock, selectors.EVENT_READ, handle)

    def want_write(self, handle: WorkerHandle, wanted: bool) -> None:
        """Whether to return from `wait` when the socket takes more bytes."""
        if handle.registered:
            mask = selectors.EVENT_READ | (selectors.EVENT_WRITE if wanted else 0)
            self._selector.modify(handle.sock, mask, handle)

    def remove(self, handle: WorkerHandle) -> None:
        """Watch it no longer."""
        if handle.registered:
            handle.registered = False
            self._selector.unregister(handle.sock)

    def close(self) -> None:
        """Release what it holds."""
        self._selector.close()
        self._wake_read.close()
        self._wake_write.close()
