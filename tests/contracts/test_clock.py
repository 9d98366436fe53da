"""The tests' clock moves only when it is told to."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tradewind.testing.clock import VirtualClock

START = datetime(2024, 1, 1, tzinfo=UTC)


def test_time_stands_still_until_it_is_moved() -> None:
    clock = VirtualClock(datetime(2024, 1, 1, 9, tzinfo=timezone(timedelta(hours=9))))
    assert (clock.now(), clock.monotonic()) == (START, 0.0)
    assert clock.advance(90) == START + timedelta(seconds=90)
    assert clock.advance_to(START + timedelta(hours=1)) == clock.now()
    assert clock.monotonic() == 3600.0
    assert clock.now().tzinfo is UTC


def test_a_wall_clock_that_is_set_does_not_move_the_other() -> None:
    clock = VirtualClock(START)
    clock.advance(10)
    clock.jump(timedelta(hours=-1))
    assert (clock.now(), clock.monotonic()) == (START + timedelta(seconds=10, hours=-1), 10.0)


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="cannot go back"):
        VirtualClock().advance(-1)
    with pytest.raises(ValueError, match="naive"):
        VirtualClock(datetime(2024, 1, 1))


def test_a_thread_waits_for_virtual_time() -> None:
    clock = VirtualClock(START)
    reached: list[bool] = []
    thread = threading.Thread(target=lambda: reached.append(clock.wait_until(START + timedelta(days=1), 30)))
    thread.start()
    clock.advance(timedelta(hours=23))
    clock.advance(timedelta(hours=1))
    thread.join(60)
    assert reached == [True]
    assert not clock.wait_until(START + timedelta(days=2), 0.01)
