"""A holder or worker of this host whose process is gone is dead at once, however long its lease runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from tradewind.store import Store, process, tables
from tradewind.store.engine import write
from tradewind.store.process import is_gone, this_process
from tradewind.testing.contracts.store_values import NOW, RIVAL

HOUR = timedelta(hours=1)
HOLDER = "00000000-0000-7000-8000-0000000000aa"
HOLD = """
import sys
from datetime import datetime, timedelta, UTC
from tradewind.store import Store
store = Store(sys.argv[1])
now = datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)
assert store.leases.acquire("scheduler", sys.argv[2], now, timedelta(hours=1))
store.leases.register(sys.argv[2], "local_executor", now)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(store_url: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that leads, and is registered as a worker."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, store_url, HOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    yield child
    child.kill()
    child.communicate()


def test_a_lease_is_free_when_its_holder_was_killed(store: Store, holder: subprocess.Popen[str]) -> None:
    assert not store.leases.acquire("scheduler", RIVAL, NOW, HOUR)
    assert store.leases.dead_workers([HOLDER], NOW, HOUR) == {}
    holder.send_signal(signal.SIGKILL)
    os.waitid(os.P_PID, holder.pid, os.WEXITED | os.WNOWAIT)  # it is a zombie now
    reason = store.leases.dead_workers([HOLDER], NOW, HOUR)[HOLDER]
    assert f"process {holder.pid} of local_executor {HOLDER}" in reason
    assert "is gone" in reason
    assert store.leases.acquire("scheduler", RIVAL, NOW, HOUR)


def test_a_stopped_process_is_not_gone(store: Store, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGSTOP)
    assert not store.leases.acquire("scheduler", RIVAL, NOW, HOUR)


def test_processes_of_other_hosts_live_until_their_lease_expires(store: Store, holder: subprocess.Popen[str]) -> None:
    with write(store.engine) as connection:
        for table in (tables.lease, tables.worker):
            connection.execute(update(table).values(hostname="elsewhere"))
    holder.kill()
    holder.wait()
    assert not store.leases.acquire("scheduler", RIVAL, NOW, HOUR)
    assert store.leases.dead_workers([HOLDER], NOW, HOUR) == {}
    assert list(store.leases.dead_workers([HOLDER], NOW + HOUR, HOUR)) == [HOLDER]
    assert store.leases.acquire("scheduler", RIVAL, NOW + HOUR, HOUR)


def test_this_process_lives() -> None:
    assert not is_gone(this_process())
    assert len(this_process()) <= 100


def test_a_pid_that_was_given_again_is_another_process() -> None:
    pid, start, boot = this_process().split(":", 2)
    assert is_gone(f"{pid}:{int(start) + 1}:{boot}")


@pytest.mark.parametrize("part", ["boot", "namespace"])
def test_nothing_is_said_of_another_boot_or_container(part: str) -> None:
    """The names of hosts are not unique: a wrong guess would make two leaders."""
    pid, start, boot, namespace = this_process().split(":")
    other = f"999999999:{start}:other:{namespace}" if part == "boot" else f"999999999:{start}:{boot}:{namespace}1"
    assert not is_gone(other)
    assert is_gone(f"999999999:{start}:{boot}:{namespace}")
    assert pid == str(os.getpid())


@pytest.mark.parametrize("text", ["", "x", "x:1:2:3", ":"])
def test_an_identity_that_cannot_be_read_is_not_judged(text: str) -> None:
    assert not is_gone(text)


def test_without_proc_the_pid_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(process, "_PROC", tmp_path)
    assert this_process() == str(os.getpid())
    assert not is_gone(this_process())
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    assert is_gone(str(child.pid))
    # pid 1 belongs to somebody else, or to us: it lives either way
    assert not is_gone("1")
