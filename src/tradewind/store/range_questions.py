"""Asks a custom timetable which runs it makes in a range, or would make now, and waits for the answer: its code runs in
a child process beside the DAG processor (`services.forecaster`), which is told through the database.

Called by `store.backfill_spans` and `store.previews`, outside any transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Engine, delete, insert, select

from tradewind.errors import InvalidError, UnansweredError
from tradewind.spec.forecast import Forecast, Restricted, RunsFound, RunsWanted, decode_found
from tradewind.store.engine import read, write
from tradewind.store.signals import NOTIFY
from tradewind.store.tables import range_question, worker
from tradewind.store.wakeup import Watched, open_wakeup

WAIT_SECONDS = 45.0
"""Longer than a DAG file may take to load, so that the file's own error arrives."""
PREVIEW_SECONDS = 20.0
"""Somebody who only wants to look does not wait as long."""
_LOOK_SECONDS = 1.0


def ask_runs(
    engine: Engine, dag_id: str, wanted: RunsWanted, now: Callable[[], datetime], wait: float = WAIT_SECONDS
) -> RunsFound:
    """The answer.  Raises UnansweredError when none comes in `wait` seconds, InvalidError when the code failed."""
    with read(engine) as connection:
        there = select(worker.c.id).where(worker.c.kind == "dag_processor", worker.c.ended_at.is_(None)).limit(1)
        if connection.execute(there).first() is None:
            raise _unanswered(dag_id, "no DAG processor runs")
    values = {
        "dag_id": dag_id,
        "body": msgspec.json.encode(wanted).decode(),
        "expires_at": now() + timedelta(seconds=wait),
    }
    with write(engine) as connection:
        key = connection.execute(insert(range_question).values(values)).inserted_primary_key
        assert key is not None
        number = int(key[0])
        if connection.dialect.name == "postgresql":
            connection.execute(NOTIFY)
    try:
        text = _wait(engine, number, wait)
    finally:
        with write(engine) as connection:
            connection.execute(delete(range_question).where(range_question.c.id == number))
    if text is None:
        raise _unanswered(dag_id, f"nobody answered within {wait:g} seconds")
    answer = decode_found(text)
    if answer.error:
        raise InvalidError(f"the timetable of DAG {dag_id!r} failed: {answer.error}", fix="correct the timetable")
    return answer


def ask_forecast(engine: Engine, dag_id: str, wanted: Restricted, now: datetime, wait: float) -> Forecast:
    """Which runs the timetable would make now.  Raises as `ask_runs`."""
    question = RunsWanted(spans=(), most=0, now=wanted)
    found = ask_runs(engine, dag_id, question, lambda: now, wait).forecast
    if found is None:
        raise _unanswered(dag_id, "the DAG processor that answers is older than this version")
    return found


def _wait(engine: Engine, number: int, seconds: float) -> str | None:
    query = select(range_question.c.answer).where(range_question.c.id == number)
    deadline = time.monotonic() + seconds
    fingerprint = f"SELECT answer IS NULL FROM range_question WHERE id = {number}"  # noqa: S608 - a number of ours
    wakeup = open_wakeup(engine, Watched(fingerprint, 0.02))
    try:
        while True:
            with read(engine) as connection:
                text = connection.execute(query).scalar()
            left = deadline - time.monotonic()
            if text is not None or left <= 0:
                return None if text is None else str(text)
            wakeup.wait(min(left, _LOOK_SECONDS))
    finally:
        wakeup.close()


def _unanswered(dag_id: str, why: str) -> UnansweredError:
    return UnansweredError(
        f"only the code of the timetable of DAG {dag_id!r} knows its runs, and {why}",
        fix="see that the DAG processor runs and is not busy: tradewind dag-processor",
    )
