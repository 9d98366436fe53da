"""Tells whether a process of this host still lives.  Called by `store.leases` when it enters and judges
holders.

A process id alone is not enough, since ids are given again: the identity also names the start time of the
process, the boot of the machine and the pid namespace, so that a container is never judged by the process
table of another one.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path

_PROC = Path("/proc")


def this_host() -> str:
    """The name under which this host enters its processes."""
    return socket.gethostname()


def this_process() -> str:
    """Identity of the calling process: `pid:start:boot:namespace`, or `pid` alone where there is no /proc."""
    pid = os.getpid()
    start = _start_time(pid)
    return f"{pid}:{start}:{_boot()}" if start else str(pid)


def is_gone(process: str) -> bool:
    """True when the process with this identity, entered by this host, surely runs no more.

    False also when nothing can be said: the machine may only share its name with another one, or the process
    may live in another container.  Its lease then decides.
    """
    pid_text, _, rest = process.partition(":")
    if not pid_text.isdigit():
        return False
    pid = int(pid_text)
    if not rest:
        return not _signalable(pid)
    start, _, boot = rest.partition(":")
    if boot != _boot():
        return False
    return _start_time(pid) != start


def _start_time(pid: int) -> str | None:
    """Start of a live process in clock ticks since boot; None when it is gone, a zombie, or cannot be
    seen.
    """
    try:
        stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # the second field is the command in parentheses and may hold anything, also parentheses and spaces
    fields = stat.rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in "ZX":
        return None
    return fields[19]


def _boot() -> str:
    """The boot of the machine and the pid namespace; empty where there is no /proc."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return ""


def _signalable(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
