"""What wakes the scheduler and the triggerer."""

from __future__ import annotations

import queue
import threading

from tradewind.services.inbox import DatabaseChanged, take, watch_database


class Changes:
    """Fails, then says in turn whether something changed, and then that it is over."""

    def __init__(self, closing: threading.Event, *answers: bool | Exception) -> None:
        self._answers, self._closing = list(answers), closing
        self.closed = False

    def wait(self, timeout: float) -> bool:
        assert timeout > 0
        answer = self._answers.pop(0)
        if not self._answers:
            self._closing.set()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        self.closed = True


def test_each_change_is_told_and_what_was_opened_is_closed() -> None:
    closing, inbox = threading.Event(), queue.SimpleQueue[DatabaseChanged]()
    changes = Changes(closing, True, False, True)
    watch_database(changes, closing, inbox.put)
    assert take(inbox, 0.0) == [DatabaseChanged()] * 2 and changes.closed


def test_a_database_that_cannot_be_watched_is_watched_again() -> None:
    closing, inbox = threading.Event(), queue.SimpleQueue[DatabaseChanged]()
    changes = Changes(closing, OSError("gone"), True)
    watch_database(changes, closing, inbox.put)
    assert take(inbox, 0.0) == [DatabaseChanged()]


def test_no_more_is_taken_than_one_step_can_do() -> None:
    inbox = queue.SimpleQueue[int]()
    for number in range(5):
        inbox.put(number)
    assert take(inbox, 0.0, 3) == [0, 1, 2] and take(inbox, 5.0) == [3, 4] and take(inbox, 0.0) == []
