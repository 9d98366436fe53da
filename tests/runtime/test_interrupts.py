"""Signals that the runtime handles: held back while it works, and not there in processes that user code forks."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import pytest

from tradewind.runtime import interrupts


class Heard(Exception):
    """What the handler raises."""


@pytest.fixture
def handled() -> Iterator[None]:
    """A handler of the runtime for SIGTERM in this process."""

    def handle(number: int, frame: FrameType | None) -> None:
        raise Heard

    before = signal.signal(signal.SIGTERM, interrupts.deferrable(handle))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def fork(child: Callable[[], None]) -> int:
    """A forked process that does this and ends with status 0; one that does not end is killed by its alarm."""
    pid = os.fork()
    if pid:
        return pid
    try:
        signal.alarm(20)
        child()
        os._exit(0)
    finally:
        os._exit(1)


def end_of(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def test_a_signal_waits_for_the_end_of_the_runtimes_own_work(handled: None) -> None:
    done = []
    with pytest.raises(Heard), interrupts.uninterrupted():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        done.append("whole")
    assert done == ["whole"]


FORKS = """
import os, signal
from tradewind.runtime import interrupts

signal.signal(signal.SIGTERM, interrupts.deferrable(lambda number, frame: None))
read, write = os.pipe()
for _ in range(300):
    pid = os.fork()
    if pid == 0:
        signal.alarm(20)  # who waits for ever is ended by another signal
        os.read(read, 1)
        os._exit(0)
    os.kill(pid, signal.SIGTERM)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGTERM
"""


def test_a_process_just_forked_ends_by_a_signal_before_its_first_line() -> None:
    subprocess.run([sys.executable, "-c", FORKS], check=True)  # a small process is forked in no time


def test_a_fork_of_a_thread_in_the_midst_of_the_runtimes_work_has_the_default(handled: None) -> None:
    ends = []

    def default() -> None:
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        assert not signal.pthread_sigmask(signal.SIG_BLOCK, ()) & {signal.SIGTERM, signal.SIGALRM}
        handler = interrupts.deferrable(lambda number, frame: os._exit(7))
        signal.signal(signal.SIGTERM, handler)
        signal.raise_signal(signal.SIGTERM)  # not deferred: the work that was going on is its parent's

    with interrupts.uninterrupted():
        thread = threading.Thread(target=lambda: ends.append(end_of(fork(default))))
        thread.start()
        thread.join()
    assert ends == [7]


def test_the_parent_keeps_its_handler_and_its_mask(handled: None) -> None:
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    try:
        assert end_of(fork(lambda: None)) == 0
        assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == mask | {signal.SIGALRM}
        with pytest.raises(Heard):
            signal.raise_signal(signal.SIGTERM)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def test_a_handler_of_the_users_is_inherited_as_ever() -> None:
    before = signal.signal(signal.SIGTERM, lambda number, frame: os._exit(5))
    try:
        assert end_of(fork(lambda: signal.raise_signal(signal.SIGTERM))) == 5
    finally:
        signal.signal(signal.SIGTERM, before)
