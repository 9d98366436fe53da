"""What the operating system knows of processes: parents, marks in their environment, and ways to end them.

Called by `zygote` and its template process, by `worker`, and by `executors.local` (`bury`).  Linux gives all of it;
elsewhere the calls that need `/proc` or `prctl` say so by their return value, and sockets that reach their end do the
work instead.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

OWNER_VARIABLE = "TRADEWIND_OWNER"
"""In the environment of a template process and all that descends from it: `<pid>:<start ticks>` of its owner."""
ATTEMPT_VARIABLE = "TRADEWIND_ATTEMPT_ID"
"""In the environment of every program that a task starts: the attempt it belongs to."""

_PROC = Path("/proc")
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def _prctl(option: int, value: int) -> bool:
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.prctl(option, ctypes.c_ulong(value), 0, 0, 0)) == 0


def die_with_parent(parent: int) -> bool:
    """Have the kernel kill this process when the process `parent` ends; False where there is no such thing.

    Ends this process at once when `parent` is gone already.
    """
    if not _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL):
        return False
    if os.getppid() != parent:
        os._exit(0)
    return True


def adopt_orphans() -> bool:
    """Become the parent of descendants whose parent ends; False where there is no such thing."""
    return _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def start_ticks(pid: int) -> int | None:
    """When the process started, in kernel ticks since boot: with the pid, its identity.  None when it is gone."""
    try:
        stat = (_PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    fields = stat[stat.rindex(b")") + 2 :].split()
    return None if fields[0] in (b"Z", b"X") else int(fields[19])


def identity(pid: int) -> str:
    """`<pid>:<start ticks>`, the value of `OWNER_VARIABLE`."""
    return f"{pid}:{start_ticks(pid) or 0}"


def identity_lives(text: str) -> bool:
    """Whether the process that `identity` named still runs.  Unreadable text counts as gone."""
    pid, _, ticks = text.partition(":")
    return pid.isdigit() and start_ticks(int(pid)) == int(ticks or 0)


def children() -> list[int]:
    """Pids of the direct children of this process, zombies included; empty where `/proc` is missing."""
    try:
        found: list[int] = []
        for task in (_PROC / "self" / "task").iterdir():
            found += map(int, (task / "children").read_text().split())
        return found
    except OSError:
        me = os.getpid()
        return [pid for pid in all_pids() if _parent(pid) == me]


def _parent(pid: int) -> int | None:
    try:
        stat = (_PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    return int(stat[stat.rindex(b")") + 2 :].split()[1])


def all_pids() -> list[int]:
    """Every process of this host that can be seen; empty where `/proc` is missing."""
    try:
        return [int(name) for name in os.listdir(_PROC) if name.isdigit()]  # noqa: PTH208 - names only, no stat
    except OSError:
        return []


def environment_of(pid: int) -> dict[str, str]:
    """The environment that the process was started with; empty when it is gone or belongs to somebody else."""
    try:
        raw = (_PROC / str(pid) / "environ").read_bytes()
    except OSError:
        return {}
    pairs = (entry.partition(b"=") for entry in raw.split(b"\0") if entry)
    return {name.decode(errors="replace"): value.decode(errors="replace") for name, _, value in pairs}


def command_of(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        raw = (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return []
    return [part.decode(errors="replace") for part in raw.rstrip(b"\0").split(b"\0")]


def find(belongs: Callable[[int], bool]) -> list[int]:
    """Pids of the processes, other than this one, that satisfy `belongs` and have not ended."""
    me = os.getpid()
    return [pid for pid in all_pids() if pid != me and belongs(pid) and start_ticks(pid) is not None]


def send_signal(pid: int, number: int) -> bool:
    """Send a signal; False when the process is gone."""
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True


def kill_group(group: int) -> None:
    """SIGKILL to a process group, if any of it is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def end_matching(belongs: Callable[[int], bool], timeout: float = 10.0) -> int:
    """SIGKILL every process (given by its pid) that satisfies `belongs` and wait until they are gone.

    Looks again until none is found, because a process may have started another one meanwhile.  Returns how many
    were killed.  Raises TimeoutError when some are still there after `timeout` seconds.
    """
    deadline = time.monotonic() + timeout
    ended = 0
    while found := find(belongs):
        for pid in found:
            ended += _kill_checked(pid, belongs)
        left = wait_gone(found, deadline - time.monotonic())
        if left:
            raise TimeoutError(f"processes {sorted(left)} are still there {timeout:g} s after SIGKILL")
    return ended


def _kill_checked(pid: int, belongs: Callable[[int], bool]) -> bool:
    """Kill the process through a handle taken before a second look, so that a reused pid is never hit."""
    if not hasattr(os, "pidfd_open"):
        return send_signal(pid, signal.SIGKILL)
    try:
        handle = os.pidfd_open(pid)
    except OSError:
        return False
    try:
        if not belongs(pid):
            return False
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        return False
    finally:
        os.close(handle)
    return True


def wait_gone(pids: Iterable[int], timeout: float) -> set[int]:
    """Wait until the processes have ended (a zombie counts as ended); returns those that have not in time."""
    deadline = time.monotonic() + max(0.0, timeout)
    handles: dict[int, int] = {}
    try:
        for pid in set(pids):
            # A process that is gone cannot be opened: nothing to wait for.
            with contextlib.suppress(OSError):
                handles[os.pidfd_open(pid)] = pid
        poller = select.poll()
        for handle in handles:
            poller.register(handle, select.POLLIN)
        left = set(handles)
        while left:
            remaining = deadline - time.monotonic()
            ready = poller.poll(max(0.0, remaining) * 1000)
            for handle, _ in ready:
                poller.unregister(handle)
                left.discard(handle)
            if not ready and remaining <= 0:
                break
        return {handles[handle] for handle in left}
    finally:
        for handle in handles:
            os.close(handle)
