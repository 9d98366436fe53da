"""What is written to the descriptors 1 and 2 of a worker, by C code or by subprocesses, goes to the attempt's log.

`worker` makes one `DescriptorCapture` for its lifetime.  Python's own `print` does not come through here (see
`logs.LineStream`), so an ordinary task costs no pipe traffic.
"""

from __future__ import annotations

import contextlib
import os
import select
import threading
from collections.abc import Callable


class DescriptorCapture:
    """Pipes in the place of the descriptors 1 and 2, read line by line.

    `emit(descriptor, line)` is called on the capture's thread, or on the thread that calls `drain`.
    """

    def __init__(self, emit: Callable[[int, str], None]) -> None:
        self._emit = emit
        self._lock = threading.Lock()
        self._sources: dict[int, int] = {}
        self._partial: dict[int, bytes] = {1: b"", 2: b""}

    def start(self) -> int:
        """Put the pipes in place; returns a descriptor of the former standard error."""
        original = os.dup(2)
        os.set_inheritable(original, False)
        poller = select.poll()
        for descriptor in (1, 2):
            read, write = os.pipe()
            os.set_blocking(read, False)
            os.dup2(write, descriptor, inheritable=True)
            os.close(write)
            self._sources[read] = descriptor
            poller.register(read, select.POLLIN)
        threading.Thread(target=self._read, args=(poller,), name="tradewind-capture", daemon=True).start()
        return original

    def _read(self, poller: select.poll) -> None:
        while True:
            for source, _ in poller.poll():
                with self._lock:
                    if not self._pump(source):
                        poller.unregister(source)

    def _pump(self, source: int) -> bool:
        """Read what is there; False at the end of the pipe."""
        descriptor = self._sources[source]
        with contextlib.suppress(BlockingIOError):
            while data := os.read(source, 65536):
                lines = (self._partial[descriptor] + data).split(b"\n")
                self._partial[descriptor] = lines.pop()
                for line in lines:
                    self._emit(descriptor, line.decode("utf-8", "replace").rstrip("\r"))
            return False
        return True

    def drain(self) -> None:
        """Emit all that was written before this call, the last unfinished line included."""
        with self._lock:
            for source, descriptor in self._sources.items():
                self._pump(source)
                if self._partial[descriptor]:
                    line, self._partial[descriptor] = self._partial[descriptor], b""
                    self._emit(descriptor, line.decode("utf-8", "replace"))
