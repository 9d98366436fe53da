"""The template process: forks in order, reports every exit, leaves no descendant."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tradewind.runtime import processes
from tradewind.runtime.zygote import Died, Event, Exited, Spawned, Zygote, ZygoteError


def echo(sock: socket.socket, args: bytes) -> int:
    """Child: say who it is, then do what it is told."""
    sock.sendall(b"%d %d %s" % (os.getpid(), os.getsid(0), args))
    order = sock.recv(64)
    if order == b"family":
        # A grandchild in a session of its own, whose parent ends at once.
        script = "import subprocess as s; print(s.Popen(['sleep', '1000'], stdout=-3, start_new_session=True).pid)"
        inner = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, check=True)
        sock.sendall(inner.stdout)
        sock.recv(1)
    if order == b"raise":
        raise SystemExit(7)
    return int(order or b"0")


ENTRY = f"{__name__}:echo"


@pytest.fixture
def events() -> queue.Queue[Event]:
    return queue.Queue()


@pytest.fixture
def zygote(events: queue.Queue[Event]) -> Iterator[Zygote]:
    environ = dict(os.environ, PYTHONPATH=str(Path(__file__).parent))
    with Zygote(["json"], on_event=events.put, environ=environ) as template:
        yield template


def spawn(zygote: Zygote, args: bytes = b"x") -> tuple[int, socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        pid = zygote.spawn(ENTRY, theirs, args)
    said = ours.recv(100).split(b" ", 2)
    assert said == [b"%d" % pid, b"%d" % pid, args], "a process and a session of its own"
    return pid, ours


def exit_of(events: queue.Queue[Event], pid: int) -> Exited:
    while True:
        event = events.get(timeout=60)
        if isinstance(event, Exited) and event.pid == pid:
            return event


@pytest.mark.parametrize(("order", "code"), [(b"0", 0), (b"3", 3), (b"raise", 7)])
def test_exit_status(zygote: Zygote, events: queue.Queue[Event], order: bytes, code: int) -> None:
    pid, sock = spawn(zygote, b"some args")
    with sock:
        sock.sendall(order)
        event = exit_of(events, pid)
    assert (event.code, event.signal) == (code, None)
    assert event.sentence() == f"process {pid} exited with status {code}"


def test_a_killed_child_takes_its_family_with_it(zygote: Zygote, events: queue.Queue[Event]) -> None:
    pid, sock = spawn(zygote)
    other, other_sock = spawn(zygote)
    with sock, other_sock:
        sock.sendall(b"family")
        grandchild = int(sock.recv(20))
        assert processes.start_ticks(grandchild) is not None
        os.kill(pid, signal.SIGKILL)
        event = exit_of(events, pid)
        assert (event.code, event.signal, event.orphans) == (None, signal.SIGKILL, 1)
        assert processes.start_ticks(grandchild) is None
        other_sock.sendall(b"5")
        assert exit_of(events, other).code == 5


def test_many_at_once(zygote: Zygote, events: queue.Queue[Event]) -> None:
    pairs = [socket.socketpair() for _ in range(20)]
    tickets = [zygote.spawn_soon(ENTRY, theirs, b"%d" % n) for n, (_, theirs) in enumerate(pairs)]
    for number, (ours, theirs) in enumerate(pairs):
        theirs.close()
        assert ours.recv(100).split()[2] == b"%d" % number, "each child has the socket that came with its request"
        ours.close()
    seen = [events.get(timeout=60) for _ in range(40)]
    assert {event.ticket for event in seen if isinstance(event, Spawned)} == set(tickets)
    assert sum(isinstance(event, Exited) and event.code == 0 for event in seen) == 20


def test_close_ends_all(zygote: Zygote) -> None:
    pid, sock = spawn(zygote)
    with sock:
        sock.sendall(b"family")
        family = int(sock.recv(20))
        zygote.close()
    assert processes.wait_gone([zygote.pid, pid, family], 0.0) == set()
    with pytest.raises(ZygoteError, match="closed"):
        spawn(zygote)


def test_death_of_the_template_is_told_and_children_die(zygote: Zygote, events: queue.Queue[Event]) -> None:
    pid, sock = spawn(zygote)
    with sock:
        os.kill(zygote.pid, signal.SIGKILL)
        while not isinstance(event := events.get(timeout=60), Died):
            pass
        assert "killed by signal 9" in event.reason
        assert processes.wait_gone([pid], 60.0) == set()
        with pytest.raises(ZygoteError):
            spawn(zygote)


def test_a_preload_that_fails_is_told(events: queue.Queue[Event]) -> None:
    ours, theirs = socket.socketpair()
    zygote = Zygote(["no.such.module"], on_event=events.put).start()
    with ours, theirs, pytest.raises(ZygoteError, match="No module named 'no'"):
        zygote.spawn(ENTRY, theirs)
    zygote.close()


def test_an_entry_that_does_not_exist_is_an_exit(events: queue.Queue[Event], capfd: pytest.CaptureFixture[str]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, Zygote(on_event=events.put) as zygote:
        pid = zygote.spawn("no.such.module:main", theirs)
        assert exit_of(events, pid).code == 1
    assert "No module named 'no'" in capfd.readouterr().err
