"""Asks partition mappers with code of the user's own, which runs in child processes, and stores what they say.

Runs beside the DAG processor, which has the DAG files; the leader puts the questions (`services.assets`).  A question
stays until it is answered, so none is lost when a process dies; an answer is taken once.  DAGs are asked side by side,
each by one child at a time, so that a mapper that is slow, fails or crashes holds up nobody else.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser, KeysTold
from tradewind.loading.protocol import AskKeys, KeyOf
from tradewind.ports.clock import Clock
from tradewind.ports.mappings import KeyAnswer, KeyItem, KeyQuestion, MappingStore
from tradewind.ports.store import WakeUp
from tradewind.runtime.zygote import ZygoteError
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

SWEEP_SECONDS = 2.0
"""How often it looks for questions that no wake-up told of."""
KEYS_AT_ONCE = 500
"""So many keys are asked about in one child process."""
AT_A_TIME = 4
"""So many DAGs are asked at the same time."""
AGAIN = timedelta(minutes=1)
"""A mapper that failed is asked again after this time, then after twice as long, and so on up to `LATEST`."""
LATEST = timedelta(minutes=5)


class KeyMapper:
    """Answers questions to partition mappers."""

    def __init__(self, store: MappingStore, parser: FileParser, clock: Clock) -> None:
        self._store = store
        self._parser = parser
        self._clock = clock
        self._busy: set[str] = set()
        """DAGs that are being asked."""
        self._lock = threading.Lock()

    def serve(self, stop: threading.Event, wakeup: WakeUp) -> None:
        """Until `stop` is set: answer what is asked.  Closes `wakeup`."""
        pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="key-mapper")
        try:
            while not stop.is_set():
                try:
                    for question in self._take():
                        pool.submit(self._work, question)
                    wakeup.wait(SWEEP_SECONDS)
                except Exception:
                    log.exception("questions to partition mappers cannot be answered; trying again")
                    stop.wait(SWEEP_SECONDS)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            wakeup.close()

    def answer(self) -> int:
        """Answer the questions that stand, one DAG after the other; how many keys were asked about."""
        questions = self._take()
        for question in questions:
            self._work(question)
        return sum(len(question.items) for question in questions)

    def _take(self) -> list[KeyQuestion]:
        with self._lock:
            questions = self._store.questions(self._clock.now(), self._busy, KEYS_AT_ONCE)
            self._busy.update(question.dag_id for question in questions)
        return questions

    def _work(self, question: KeyQuestion) -> None:
        """Ask about everything that a DAG has to ask about."""
        following: KeyQuestion | None = question
        try:
            while following is not None and self._ask(following):
                following = self._store.more(question.dag_id, self._clock.now(), KEYS_AT_ONCE)
        except ZygoteError as error:
            # mostly because this process ends; the events wait in the database for the next one
            log.warning("the partition mappers of %s cannot be asked now: %s", question.dag_id, error)
        except Exception:
            log.exception("the partition mappers of %s cannot be asked; trying again", question.dag_id)
        finally:
            with self._lock:
                self._busy.discard(question.dag_id)

    def _ask(self, question: KeyQuestion) -> bool:
        """Ask one child process; whether to go on at once."""
        source = question.source
        keys = tuple(KeyOf(name=item.name, uri=item.uri, aliases=item.aliases, key=item.key) for item in question.items)
        bundle = FolderBundle("asked", Path(source.bundle_path))
        told = self._parser.ask_keys(bundle, source.relative_fileloc, AskKeys(dag_id=question.dag_id, keys=keys))
        now = self._clock.now()
        answers, hold = _answers(question.items, told, now)
        self._store.save(question, answers, now, hold)
        failed = [answer for answer in answers if answer.error is not None]
        emit("mapper.asked", dag_id=question.dag_id, keys=len(answers), failed=len(failed))
        if failed:
            reason = failed[-1].error.message if failed[-1].error is not None else ""
            log.error("a partition mapper of %s failed: %s", question.dag_id, reason)
        return hold is None and bool(answers)


def _answers(items: Sequence[KeyItem], told: KeysTold, now: datetime) -> tuple[list[KeyAnswer], datetime | None]:
    """What became of each key that was come to, and until when the DAG is left alone."""
    answers = [
        KeyAnswer(item, one.mapped, one.error, None if one.error is None else now + _pause(item))
        for item, one in zip(items, told.told, strict=False)
    ]
    if told.error is None:
        return answers, None
    # a child that ended early: the key that it was at is to blame, or all of them when the file does not load
    left = items[len(answers) :]
    blamed = left[:1] if told.loaded else left
    answers += [KeyAnswer(item, None, told.error, now + _pause(item)) for item in blamed]
    hold = max((now + _pause(item) for item in blamed), default=now + AGAIN)
    return answers, hold


def _pause(item: KeyItem) -> timedelta:
    """How long to wait after one more failure."""
    return min(timedelta(seconds=AGAIN.total_seconds() * 2.0 ** min(item.tries, 10)), LATEST)
