"""The child process that loads one DAG file: forked from the zygote, ends after one file.

Started by `loading.parse` through `runtime.zygote`.  Whatever the file does (fail, hang, exit, crash, fork,
print) stays in this process; the parent turns its end into an import error when no `Loaded` arrived.
"""

from __future__ import annotations

import faulthandler
import importlib
import itertools
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO

import msgspec

from tradewind.authoring import comms
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.connection import PREFIXES, Connection
from tradewind.authoring.custom_deadlines import evaluate
from tradewind.authoring.custom_mappers import ask as ask_mapper
from tradewind.authoring.custom_mappers import mapper_for
from tradewind.authoring.custom_timetables import foresee, manual_interval, next_piece, runs_between
from tradewind.authoring.dag import DAG
from tradewind.authoring.import_errors import describe_error
from tradewind.authoring.loader import load_file
from tradewind.authoring.plugins import describe_plugins
from tradewind.loading.inputs import Inputs
from tradewind.loading.lines import line_of_dag, line_of_traceback
from tradewind.loading.protocol import (
    AskConnection,
    AskDeadline,
    Asking,
    AskKeys,
    AskPiece,
    AskPlugins,
    AskRuns,
    AskTimetable,
    FromChild,
    Job,
    Loaded,
    Plugins,
    Printing,
    Told,
    decode_job,
    decode_reply,
    encode,
)
from tradewind.loading.texts import exit_message, timeout_message
from tradewind.runtime.channel import error_from
from tradewind.runtime.framing import FrameReader, frame, send_frame
from tradewind.runtime.masking import Masker, learn_found
from tradewind.runtime.secret_values import of_connection
from tradewind.spec import wire
from tradewind.spec.dag import CatchupPolicy, DagSpec, ImportErrorSpec
from tradewind.spec.schedule import Interval

WATCHDOG_GRACE = 0.7
"""Seconds between the exception that says the time is up and the end of a process that swallowed it."""


class TimeIsUp(BaseException):
    """Raised in the DAG file when its time limit passed.  A BaseException, so that `except Exception` cannot
    hide it.
    """


def main(sock: socket.socket, args: bytes) -> int:
    """Entry point: load the file named in `args`, send one `Loaded`.  Returns the exit status."""
    job = decode_job(args)
    _redirect_output(sock)
    # a process that the DAG file forks runs on in the middle of the load: it must not answer for this one
    os.register_at_fork(after_in_child=sock.close)
    # two edits in one second could leave bytecode that looks current and is not; and the folder may be read-
    # only
    sys.dont_write_bytecode = True
    importlib.invalidate_caches()
    channel = Channel(sock)
    comms.set_channel(channel.request)
    if not isinstance(job.ask, AskConnection):  # one that is tested need not be stored
        comms.set_learner(learn_found)
    match job.ask:
        case None:
            channel.send(_load(job))
        case AskKeys():
            channel.send(_map_keys(job, job.ask, channel.send))
        case AskConnection(connection):
            channel.send(_check(job, connection))
        case AskPlugins():
            channel.send(_plugins(job))
        case _:
            channel.send(_answer(job, job.ask))
    return 0


def _load(job: Job) -> Loaded:
    started = time.perf_counter()
    inputs = Inputs(job.bundle_path)
    path = Path(job.bundle_path, job.relative)
    specs: list[DagSpec] = []
    failures: list[ImportErrorSpec] = []
    lines: dict[str, int] = {}
    error: BaseException | None = None
    try:
        _arm(job.time_limit)
        try:
            loaded = load_file(path, Path(job.bundle_path))
            for dag_id, dag in loaded.dags.items():
                if line := _line_of(dag, path):
                    lines[dag_id] = line
                try:
                    spec = compile_dag(dag, fileloc=str(path), relative_fileloc=job.relative)
                    spec.meaning()  # what cannot become JSON must fail here, where its file can be named
                    specs.append(spec)
                except Exception as failure:
                    failures.append(_describe(failure, path, job, lines.get(dag_id)))
        finally:
            _disarm()
    except BaseException as failure:
        error = failure
        failures.append(_describe(failure, path, job, None))
    inputs.stop()
    imports = inputs.of(job.relative, error)
    return Loaded(
        dags=tuple(specs),
        errors=tuple(failures),
        imports=imports,
        lines=lines,
        seconds=time.perf_counter() - started,
    )


def _answer(job: Job, ask: AskTimetable | AskRuns | AskPiece | AskDeadline) -> Loaded:
    """Load the file, and ask the timetable, or a deadline, of one of its DAGs."""
    path = Path(job.bundle_path, job.relative)
    try:
        _arm(job.time_limit)
        try:
            dag = load_file(path, Path(job.bundle_path)).find(ask.dag_id)
            if isinstance(ask, AskDeadline):
                return Loaded(moment=evaluate(dag, ask.task_id, ask.number, ask.run, ask.runtimes))
            if isinstance(ask, AskRuns):
                return Loaded(runs=runs_between(dag.timetable, ask.wanted))
            if isinstance(ask, AskPiece):
                runs, more = next_piece(dag.timetable, ask.stretch, ask.earliest, ask.latest, ask.most)
                return Loaded(runs=runs, more=more)
            if ask.manual is not None:
                found = manual_interval(dag.timetable, ask.manual)
                return Loaded(interval=(found.start, found.end))
            last = Interval(*ask.last) if ask.last is not None else None
            policy = ask.policy or CatchupPolicy(kind="latest")
            return Loaded(
                forecast=foresee(dag.timetable, last, ask.last_run_after, ask.earliest, ask.latest, policy, ask.now)
            )
        finally:
            _disarm()
    except BaseException as failure:
        return Loaded(errors=(_describe(failure, path, job, None),))


def _map_keys(job: Job, ask: AskKeys, send: Callable[[FromChild], None]) -> Loaded:
    """Load the file, and ask the partition mappers of one of its DAGs about one key after the other.

    Keys that it does not come to in half of its time are left out: they are asked about in another child.
    """
    path = Path(job.bundle_path, job.relative)
    started = time.monotonic()
    try:
        _arm(job.time_limit)
        try:
            dag = load_file(path, Path(job.bundle_path)).find(ask.dag_id)
            send(Asking())
            for item in ask.keys:
                if time.monotonic() - started > job.time_limit / 2:
                    break
                try:
                    mapper = mapper_for(dag.timetable, item.name, item.uri, item.aliases)
                    told = Told(mapped=ask_mapper(mapper, item.key))
                except Exception as failure:
                    told = Told(error=_describe(failure, path, job, None))
                send(told)
        finally:
            _disarm()
    except BaseException as failure:
        return Loaded(errors=(_describe(failure, path, job, None),))
    return Loaded()


def _check(job: Job, data: wire.ConnectionData) -> Loaded:
    """Ask the hook of a connection whether it works."""
    made = Connection(**msgspec.structs.asdict(data))
    # it need not be stored: nobody else knows what of it is secret
    secrets = Masker()
    secrets.learn(of_connection(data.password, data.extra))
    # the hooks of providers look the connection up by its id; the environment comes first and is of this process
    os.environ[f"{PREFIXES[0]}{data.conn_id.upper()}"] = made.as_json()
    try:
        _arm(job.time_limit)
        try:
            works, message = made.test_connection()
            return Loaded(works=(works, secrets.mask(message)))
        finally:
            _disarm()
    except TimeIsUp:
        return Loaded(works=(False, f"there was no answer within {job.time_limit:g} seconds"))
    except BaseException as error:
        return Loaded(works=(False, secrets.mask(f"{type(error).__name__}: {error}")))


def _plugins(job: Job) -> Loaded:
    """Load all plugins and tell what they have."""
    try:
        _arm(job.time_limit)
        try:
            found, problems = describe_plugins()
        finally:
            _disarm()
    except BaseException as error:
        text = f"the plugins were not loaded within {job.time_limit:g} seconds"
        problem = text if isinstance(error, TimeIsUp) else f"{type(error).__name__}: {error}"
        return Loaded(plugins=Plugins((), (("plugins", problem),)))
    return Loaded(
        plugins=Plugins(tuple((each["name"], json.dumps(each)) for each in found), tuple(sorted(problems.items())))
    )


def _line_of(dag: DAG, path: Path) -> int | None:
    place = dag.place
    return place.line if Path(place.file) == path.resolve() else line_of_dag(path, dag.dag_id)


def _describe(error: BaseException, path: Path, job: Job, line: int | None) -> ImportErrorSpec:
    """The error as the user sees it, with file, line, message and fix."""
    described = describe_error(error, path, job.relative, Path(job.bundle_path))
    message = described.message
    if isinstance(error, TimeIsUp | SystemExit):
        line = line_of_traceback(error.__traceback__, path) or described.line
        if isinstance(error, SystemExit):
            message = exit_message(job.relative, error.code, line)
        else:
            message = timeout_message(job.relative, job.time_limit, line)
    # the file is known by its path in the bundle, also where links lead elsewhere
    return msgspec.structs.replace(
        described, fileloc=str(path), line=described.line if described.line else line, message=message
    )


def _arm(limit: float) -> None:
    """After `limit` seconds raise in the file; if that is swallowed, write all stacks and end the process."""
    signal.signal(signal.SIGALRM, _time_is_up)
    signal.setitimer(signal.ITIMER_REAL, limit)
    faulthandler.dump_traceback_later(limit + WATCHDOG_GRACE, exit=True, file=2)


def _disarm() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    faulthandler.cancel_dump_traceback_later()


def _time_is_up(number: int, stack: FrameType | None) -> NoReturn:
    raise TimeIsUp


def _redirect_output(sock: socket.socket) -> None:
    """What the file and the programs it starts print goes into a pipe, which the parent writes to its log."""
    read_end, write_end = os.pipe()
    socket.send_fds(sock, [frame(encode(Printing()))], [read_end])
    for stream in (1, 2):
        os.dup2(write_end, stream)
    os.close(read_end)
    os.close(write_end)
    # new streams: those of the template process may believe that they write to a file
    sys.stdout = sys.__stdout__ = _line_stream(1)  # type: ignore[assignment,misc]
    sys.stderr = sys.__stderr__ = _line_stream(2)  # type: ignore[assignment,misc]
    faulthandler.enable(file=2)


def _line_stream(descriptor: int) -> TextIO:
    return open(descriptor, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)


class Channel:
    """Requests of the DAG file (Variables, Connections) to the processor and the answers, one at a time.

    Plainer than `runtime.channel`, which has a reader thread: nobody speaks to this process unasked, and a
    process that runs arbitrary files for a few milliseconds is better off without threads of ours.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._frames = FrameReader()
        self._ids = itertools.count(1)
        self._lock = threading.Lock()

    def send(self, loaded: FromChild) -> None:
        """Report the outcome, or a part of it; a thread that the file left behind must not write into it."""
        with self._lock:
            send_frame(self._sock, encode(loaded))

    def request(self, request: wire.Request) -> Any:
        """The answer; raises the class of `tradewind.errors` that the processor answered with."""
        with self._lock:
            number = next(self._ids)
            send_frame(self._sock, wire.encode(wire.Ask(number, request)))
            while True:
                data = self._sock.recv(65536)
                if not data:
                    raise ConnectionError("the DAG processor is gone")
                for body in self._frames.feed(data):
                    reply = decode_reply(body)
                    # an answer to a request that was cut short by the time limit comes late and belongs to
                    # nobody
                    if reply.request_id == number:
                        if reply.error is not None:
                            raise error_from(*reply.error)
                        return reply.value
