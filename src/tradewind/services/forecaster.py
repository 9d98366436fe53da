"""Asks custom timetables, and deadline references of the user's own, whose code runs in child processes, and stores
what they say.

Runs beside the DAG processor, which has the DAG files; `services.calendar`, `services.deadlines` and whoever triggers a
run put the questions, as do `services.backfills` for the next runs of a backfill.  A question stays until it is
answered, so none is lost when a process dies; one of whoever plans a backfill or looks before unpausing stays as long
as somebody waits.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from pathlib import Path

import msgspec

from tradewind.core.forecast import restricted
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.loading.protocol import AskDeadline, AskPiece, AskRuns, AskTimetable, Loaded
from tradewind.ports.callbacks import AskedDeadline, DeadlineQuestions
from tradewind.ports.clock import Clock
from tradewind.ports.schedule import ForecastStore, Question, RangeQuestion
from tradewind.ports.store import WakeUp
from tradewind.spec.forecast import Forecast, Restricted, RunsFound
from tradewind.spec.moments import later
from tradewind.spec.schedule import Interval
from tradewind.spec.wire import DagSource
from tradewind.telemetry import emit

log = logging.getLogger(__name__)

SWEEP_SECONDS = 2.0
"""How often it looks for questions that no wake-up told of."""
AT_ONCE = 20
PIECE = 1000
"""Most runs of a backfill that are listed at once."""


class Forecaster:
    """Answers questions to code of users, one after the other; those of timetables first."""

    def __init__(self, store: ForecastStore, parser: FileParser, clock: Clock, deadlines: DeadlineQuestions) -> None:
        self._store = store
        self._deadlines = deadlines
        self._parser = parser
        self._clock = clock
        self._told: dict[str, str] = {}
        """DAG -> the error of its timetable that the log has last."""

    def serve(self, stop: threading.Event, wakeup: WakeUp) -> None:
        """Until `stop` is set: answer what is asked.  Closes `wakeup`."""
        try:
            while not stop.is_set():
                try:
                    if self.answer() == 0:
                        wakeup.wait(SWEEP_SECONDS)
                except Exception:
                    log.exception("questions to timetables and deadlines cannot be answered; trying again")
                    stop.wait(SWEEP_SECONDS)
        finally:
            wakeup.close()

    def answer(self) -> int:
        """Answer the questions that stand; how many there were."""
        count = self._answer_ranges()
        questions = self._store.questions(AT_ONCE)
        for question in questions:
            if question.backfill_id:
                self._answer_backfill(question)
            elif question.run_pk:
                self._answer_run(question)
            else:
                self._store.save(question, self._foresee(question))
            count += 1 + self._answer_ranges()
        if count:
            return count
        asked = self._deadlines.asked(1)
        for deadline in asked:
            self._answer_deadline(deadline)
        return len(asked)

    def _answer_deadline(self, asked: AskedDeadline) -> None:
        row, now = asked.row, self._clock.now()
        if asked.source is None:
            self._deadlines.answer(asked, None, "the DAG is gone, and its code with it", now)
            return
        ask = AskDeadline(
            dag_id=row.dag_id, task_id=row.task_id, number=row.number, run=asked.run, runtimes=asked.runtimes
        )
        answer = self._put(asked.source, ask)
        error = answer.errors[0].message if answer.errors else ""
        if error:
            log.error("a deadline of run %s of %s cannot be told: %s", asked.run.run_id, row.dag_id, error)
            emit("deadline.failed", dag_id=row.dag_id, run_id=asked.run.run_id, reason=error)
        else:
            emit("deadline.asked", dag_id=row.dag_id, run_id=asked.run.run_id, applies=answer.moment is not None)
        due = None if answer.moment is None else later(answer.moment, row.due_at - row.created_at)
        self._deadlines.answer(asked, None if error else due, error, now)

    def _answer_ranges(self) -> int:
        """Somebody waits for these answers: they come before all others."""
        ranges = self._store.ranges(self._clock.now())
        for wanted in ranges:
            self._store.save_runs(wanted, self._answer_range(wanted))
        return len(ranges)

    def _answer_range(self, question: RangeQuestion) -> RunsFound:
        asked = question.wanted.now
        ask: AskTimetable | AskRuns = AskRuns(dag_id=question.dag_id, wanted=question.wanted)
        if asked is not None:
            ask = _next_runs(question.dag_id, self._clock.now(), asked)
        answer = self._put(question.source, ask)
        if not answer.errors:
            emit("timetable.asked", dag_id=question.dag_id, runs=len(answer.runs))
            return RunsFound(runs=answer.runs, forecast=answer.forecast)
        error = answer.errors[0]
        log.error("the timetable of %s failed: %s", question.dag_id, error.message)
        emit("timetable.failed", dag_id=question.dag_id, reason=error.message)
        line = "" if error.line is None else f", line {error.line}"
        return RunsFound(error=f"{error.message} ({error.relative_fileloc}{line})")

    def _foresee(self, question: Question) -> Forecast:
        now = self._clock.now()
        answer = self._ask(
            question,
            _next_runs(question.dag_id, now, restricted(question.spec, question.last, question.last_run_after)),
        )
        if answer.forecast is not None:
            self._told.pop(question.dag_id, None)
            emit("timetable.asked", dag_id=question.dag_id, runs=len(answer.forecast.runs))
            return answer.forecast
        error = answer.errors[0]
        level = logging.DEBUG if self._told.get(question.dag_id) == error.message else logging.ERROR
        self._told[question.dag_id] = error.message  # it is asked every minute: the same is not said again
        log.log(level, "the timetable of %s failed: %s", question.dag_id, error.message)
        emit("timetable.failed", dag_id=question.dag_id, reason=error.message)
        return Forecast(computed_at=now, error=error.message, line=error.line, traceback=error.traceback)

    def _answer_backfill(self, question: Question) -> None:
        assert question.stretch is not None
        now = self._clock.now()
        piece = AskPiece(
            dag_id=question.dag_id, stretch=question.stretch, earliest=question.earliest, latest=question.latest,
            most=PIECE,
        )  # fmt: skip
        answer = self._put(question.source, piece)
        error = f"its timetable failed: {answer.errors[0].message}" if answer.errors else ""
        if error:
            log.error("backfill %s of %s pauses: %s", question.backfill_id, question.dag_id, error)
            emit("timetable.failed", dag_id=question.dag_id, reason=answer.errors[0].message)
        else:
            emit("timetable.asked", dag_id=question.dag_id, runs=len(answer.runs))
        self._store.save_piece(question, answer.runs, answer.more, error, now)

    def _answer_run(self, question: Question) -> None:
        now = self._clock.now()
        answer = self._ask(question, AskTimetable(dag_id=question.dag_id, now=now, manual=question.run_after))
        interval = Interval(*answer.interval) if answer.interval is not None else None
        error = "" if interval is not None else f"its timetable failed: {answer.errors[0].message}"
        self._store.save_interval(question, interval, error, now)

    def _ask(self, question: Question, ask: AskTimetable) -> Loaded:
        return self._put(question.source, ask)

    def _put(self, source: DagSource, ask: AskTimetable | AskRuns | AskPiece | AskDeadline) -> Loaded:
        return self._parser.ask(FolderBundle("asked", Path(source.bundle_path)), source.relative_fileloc, ask)


def _next_runs(dag_id: str, now: datetime, wanted: Restricted) -> AskTimetable:
    return AskTimetable(dag_id=dag_id, now=now, **msgspec.structs.asdict(wanted))
