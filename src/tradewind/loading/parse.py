"""Loads DAG files in child processes and turns every way a file can go wrong into an import error.

Called by `services.dag_processor` (several threads at once) and by CLI commands that look at one file.  A
child is forked from a template process that has the authoring room imported already, so a parse costs about
ten milliseconds plus what the file itself does.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import select
import signal
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

import msgspec

from tradewind.errors import AirflowException, TradewindError
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.digest import Digests, content_digest, software
from tradewind.loading.lines import line_of_dump
from tradewind.loading.masked import FileSecrets
from tradewind.loading.protocol import (
    Ask,
    AskConnection,
    AskDeadline,
    Asking,
    AskKeys,
    AskPiece,
    AskPlugins,
    AskRuns,
    AskTimetable,
    Job,
    Loaded,
    Plugins,
    Printing,
    Told,
    decode_from_child,
    encode,
)
from tradewind.loading.texts import crash_message, timeout_message
from tradewind.runtime.framing import FrameError, FrameReader, send_frame
from tradewind.runtime.processes import kill_group
from tradewind.runtime.zygote import Died, Event, Exited, Spawned, Zygote, ZygoteError
from tradewind.spec import wire
from tradewind.spec.dag import ImportErrorSpec, ParsedFile

log = logging.getLogger("tradewind.loading")
output_log = logging.getLogger("tradewind.loading.output")

Serve = Callable[[wire.Request], object]
"""Answers a request of a DAG file; raises a class of `tradewind.errors`, which is sent back by name."""

DEFAULT_TIME_LIMIT: Final = 30.0
_KILL_GRACE = 2.0
"""Seconds between a file's time limit and the SIGKILL; the child ends itself before that when it can."""
_EXIT_TIMEOUT = 10.0
_PRELOAD = ("tradewind.loading.child", "pendulum", "jinja2", "croniter")
"""Beside the entry point, what nearly every DAG file needs and what is slow to import."""
_MAX_OUTPUT = 64 * 1024
_MAX_LINES = 200
_PART_OF_DAGS = (
    "AIRFLOW__CORE__MAX_TASK_RETRY_DELAY", "AIRFLOW__SCHEDULER__PARTITION_MAPPER_MAX_DOWNSTREAM_KEYS",
    "AIRFLOW__CORE__DEFAULT_TASK_RETRIES", "AIRFLOW__CORE__DEFAULT_TASK_RETRY_DELAY",
    "AIRFLOW__CORE__DEFAULT_TASK_EXECUTION_TIMEOUT", "AIRFLOW__CORE__EXECUTOR",
)  # fmt: skip
"""Variables of the environment that a compiled DAG depends on."""
_REPEATABLE = (wire.GetVariable, wire.GetConnection, wire.ListVariables)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parse and what is needed to know later whether it still holds."""

    file: ParsedFile
    answers: Mapping[wire.Request, str] = field(default_factory=dict)
    """What the file asked for, each with a keyed hash of the answer."""
    started_ns: int = 0
    """Wall clock before the file was read; an input that changed later was perhaps read too early."""
    timed_out: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)
    """dag_id -> line of the file that defines it."""


@dataclass(frozen=True, slots=True)
class KeysTold:
    """What became of the keys of a question, in order; of those after the last one nothing is known."""

    told: tuple[Told, ...]
    error: ImportErrorSpec | None
    """Why it ended early; None when the rest is only for lack of time."""
    loaded: bool
    """The file was loaded, so that an end before its time is the fault of the next key."""


class _TemplateGone(Exception):  # noqa: N818 - a fact; the file is tried again
    """The template process died during a parse: perhaps not the fault of the file."""


class _Template:
    """One template process and the exits of its children."""

    def __init__(self, environ: Mapping[str, str] | None) -> None:
        self._changed = threading.Condition()
        self._exits: dict[int, Exited] = {}
        self.dead = ""
        self.works = False
        """Whether it ever forked a child: a template that dies before that cannot blame a DAG file."""
        self.zygote = Zygote(_PRELOAD, on_event=self._take, environ=environ)
        self.zygote.start()

    def _take(self, event: Event) -> None:
        with self._changed:
            match event:
                case Exited(pid=pid):
                    self._exits[pid] = event
                case Spawned(pid=pid):
                    self.works = self.works or pid > 0
                case Died(reason=reason):
                    self.dead = reason
            self._changed.notify_all()

    def close(self) -> None:
        """End the process, and every wait for one of its children."""
        self.zygote.close()
        with self._changed:
            self.dead = self.dead or "the template process was closed"
            self._changed.notify_all()

    def wait_exit(self, pid: int, timeout: float) -> Exited | None:
        """The end of a child, or None when it still runs after `timeout` seconds.  Raises `_TemplateGone`."""
        with self._changed:
            self._changed.wait_for(lambda: pid in self._exits or bool(self.dead), max(0.0, timeout))
            exited = self._exits.pop(pid, None)
            if exited is None and self.dead:
                raise _TemplateGone(self.dead)
            return exited


class FileParser:
    """Parses DAG files; safe to use from several threads.  Close it, or use it as a context manager.

    `serve` answers the Variables and Connections that files read (without it they are not found);
    `time_limit` is in seconds per file; `environ` replaces the environment of the children.
    """

    def __init__(
        self,
        *,
        serve: Serve | None = None,
        time_limit: float = DEFAULT_TIME_LIMIT,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self._serve = serve
        self._time_limit = time_limit
        self.environ = environ
        # some settings are part of what a DAG is
        self._salt = " ".join([software(), *((environ or os.environ).get(name, "") for name in _PART_OF_DAGS)])
        # answers may be secrets: without this key, which never leaves the process, a digest could be used to
        # guess them
        self._key = os.urandom(32)
        self._lock = threading.Lock()
        self._template: _Template | None = None
        self._closed = False

    def parse(self, bundle: FolderBundle, relative: str) -> Parsed:
        """Load one file of the bundle.  What goes wrong in the file comes back as `ImportErrorSpec`.

        Raises `ZygoteError` or OSError when no child process can be started at all.
        """
        started_ns = time.time_ns()
        path = bundle.absolute(relative)
        talk = self._talk(bundle, relative, None)
        _log_output(path, talk.output)
        loaded = talk.finished
        digest = self.digest(Digests(bundle.path), relative, loaded.imports, talk.answers, failed=bool(loaded.errors))
        file = ParsedFile(
            relative_fileloc=relative,
            fileloc=str(path),
            digest=digest,
            imports=loaded.imports,
            dags=loaded.dags,
            errors=loaded.errors,
            seconds=loaded.seconds,
        )
        return Parsed(file, talk.answers, started_ns, talk.timed_out, loaded.lines)

    def ask(
        self, bundle: FolderBundle, relative: str, question: AskTimetable | AskRuns | AskPiece | AskDeadline
    ) -> Loaded:
        """What the custom timetable, or a deadline, of a DAG in the file says; an error of it is part of the answer.

        Raises `ZygoteError` or OSError when no child process can be started at all.
        """
        return self._ask(bundle, relative, question).finished

    def ask_keys(self, bundle: FolderBundle, relative: str, question: AskKeys) -> KeysTold:
        """What the partition mappers of a DAG in the file make of keys.  Raises as `ask`."""
        talk = self._ask(bundle, relative, question)
        errors = talk.finished.errors
        return KeysTold(tuple(talk.told), errors[0] if errors else None, talk.asking)

    def _ask(self, bundle: FolderBundle, relative: str, question: Ask) -> _Talk:
        talk = self._talk(bundle, relative, question)
        _log_output(bundle.absolute(relative), talk.output)
        return talk

    def check_connection(self, bundle: FolderBundle, connection: wire.ConnectionData) -> tuple[bool, str]:
        """Whether a connection works, and a sentence: asked of its hook, in a child process.

        Raises `ZygoteError` or OSError when no child process can be started at all.
        """
        talk = self._talk(bundle, "connection test", AskConnection(connection))
        assert talk.loaded is not None
        if talk.loaded.works is not None:
            return talk.loaded.works
        if talk.timed_out:
            return False, f"there was no answer within {self._time_limit:g} seconds"
        return False, f"the process of the test ended without an answer: {talk.loaded.errors[0].message}"

    def plugins(self, bundle: FolderBundle) -> Plugins:
        """What plugins there are, found by a child process.  Raises as `check_connection`."""
        talk = self._talk(bundle, "plugins", AskPlugins())
        assert talk.loaded is not None
        return talk.loaded.plugins or Plugins((), (("plugins", talk.loaded.errors[0].message),))

    def _talk(self, bundle: FolderBundle, relative: str, question: Ask | None) -> _Talk:
        """One conversation; a file that takes the template process with it is tried twice."""
        try:
            return _Talk(self, bundle, relative, question).run()
        except _TemplateGone as gone:
            log.warning("%s while %s was loaded; it is loaded once more", gone, bundle.absolute(relative))
            try:
                return _Talk(self, bundle, relative, question).run()
            except _TemplateGone as again:
                talk = _Talk(self, bundle, relative, question)
                talk.loaded = talk.failure(crash_message(relative, str(again), "", None))
                return talk

    def digest(
        self,
        digests: Digests,
        relative: str,
        imports: tuple[str, ...],
        answers: Mapping[wire.Request, str],
        *,
        failed: bool,
    ) -> str:
        """The digest a parse of these inputs has; that of a failed parse never equals that of a good one."""
        salt = f"{self._salt} failed" if failed else self._salt
        told = {repr(request): answer for request, answer in answers.items()}
        return content_digest(digests, relative, imports, told, salt=salt)

    def still_told(self, answers: Mapping[wire.Request, str]) -> bool:
        """Whether the Variables and Connections a file asked for have the values they had."""
        return all(self.answer(request, {}).digest == digest for request, digest in answers.items())

    def answer(self, request: wire.Request, answers: dict[wire.Request, str]) -> _Answer:
        """Ask `serve`; a repeatable request is noted in `answers`."""
        try:
            if self._serve is None and not isinstance(request, wire.KeepSecrets):
                raise AirflowException("Variables and Connections cannot be read here; set them in the environment")
            value, error = None if self._serve is None else self._serve(request), None
        except Exception as raised:
            if not isinstance(raised, AirflowException | TradewindError):
                log.exception("a request of a DAG file could not be answered: %s", type(request).__name__)
            value, error = None, (type(raised).__name__, str(raised))
        body = msgspec.msgpack.encode((value, error), enc_hook=repr, order="sorted")
        digest = hashlib.blake2b(body, key=self._key, digest_size=32).hexdigest()
        if isinstance(request, _REPEATABLE):
            answers[request] = digest
        return _Answer(value, error, digest)

    def template(self) -> _Template:
        """The running template process, started at the first use and again after its death."""
        with self._lock:
            if self._closed:
                raise ZygoteError("the parser was closed")
            if self._template is None or self._template.dead:
                if self._template is not None:
                    self._template.close()
                self._template = _Template(self.environ)
            return self._template

    @property
    def time_limit(self) -> float:
        """Seconds that a file may take."""
        return self._time_limit

    def close(self) -> None:
        """End all children and the template process.  May be called twice."""
        with self._lock:
            self._closed = True
            template, self._template = self._template, None
        if template is not None:
            template.close()

    def __enter__(self) -> FileParser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class _Answer:
    value: object
    error: tuple[str, str] | None
    digest: str


class _Talk:
    """The conversation with one child, from its fork to its end."""

    def __init__(self, parser: FileParser, bundle: FolderBundle, relative: str, question: Ask | None) -> None:
        self._question = question
        self._parser = parser
        self._bundle = bundle
        self._relative = relative
        self._path = bundle.absolute(relative)
        self._pipe = -1
        self._started = 0.0
        self.output = bytearray()
        self.answers: dict[wire.Request, str] = {}
        self.loaded: Loaded | None = None
        self._secrets = FileSecrets(parser.environ)
        self.asking = False
        self.told: list[Told] = []
        self.timed_out = False

    @property
    def finished(self) -> Loaded:
        """The outcome of a conversation that is over."""
        assert self.loaded is not None
        return self.loaded

    def run(self) -> _Talk:
        """Fork, listen, and see the child to its end; sets `loaded`.  Raises `_TemplateGone`."""
        template = self._parser.template()
        job = Job(
            bundle_path=str(self._bundle.path), relative=self._relative, time_limit=self._parser.time_limit,
            ask=self._question,
        )  # fmt: skip
        self._started = time.monotonic()
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                try:
                    pid = template.zygote.spawn("tradewind.loading.child:main", theirs, encode(job))
                except ZygoteError as error:
                    if template.dead and template.works:
                        raise _TemplateGone(str(error)) from error
                    raise
            self._started = time.monotonic()
            deadline = self._started + self._parser.time_limit + _KILL_GRACE
            problem = self._listen(ours, deadline)
            exited = self._see_out(template, pid, deadline, kill=bool(problem))
            self._drain()
            self.output = self._secrets.output(self.output)
            self.loaded = self._secrets.loaded(self.loaded or self._explain(problem, exited))
        finally:
            ours.close()
            if self._pipe >= 0:
                os.close(self._pipe)
        return self

    def _listen(self, sock: socket.socket, deadline: float) -> str:
        """Until the child reported or its socket ended; returns what is wrong when it must be killed."""
        frames = FrameReader()
        poller = select.poll()
        poller.register(sock, select.POLLIN)
        while self.loaded is None:
            ready = poller.poll(max(0.0, deadline - time.monotonic()) * 1000)
            if not ready:
                return "timeout"
            if any(descriptor == self._pipe for descriptor, _ in ready) and not self._read_output():
                poller.unregister(self._pipe)
            if all(descriptor != sock.fileno() for descriptor, _ in ready):
                continue
            try:
                data, descriptors, _, _ = socket.recv_fds(sock, 65536, 4)
            except ConnectionResetError:
                return ""
            if descriptors and self._pipe < 0:
                self._pipe = descriptors.pop(0)
                os.set_blocking(self._pipe, False)
                poller.register(self._pipe, select.POLLIN)
            for stray in descriptors:
                os.close(stray)
            if not data:
                return ""
            try:
                for body in frames.feed(data):
                    self._take(sock, body)
            except (FrameError, msgspec.MsgspecError) as error:
                return f"it wrote into the socket of its loader ({error})"
        return ""

    def _take(self, sock: socket.socket, body: bytes) -> None:
        match decode_from_child(body):
            case wire.Ask(request_id=number, request=request):
                answer = self._parser.answer(request, self.answers)
                self._secrets.given(request, answer.value)
                reply = wire.encode(wire.Reply(number, answer.value, answer.error))
                # a child that died meanwhile is seen at the next read
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                    send_frame(sock, reply)
            case Loaded() as loaded:
                self.loaded = loaded
            case Asking():
                self.asking = True
            case Told() as told:
                self.told.append(told)
            case Printing():
                pass

    def _see_out(self, template: _Template, pid: int, deadline: float, *, kill: bool) -> Exited:
        """Wait until the child, and all that it started, is gone; kill it when it does not go by itself."""
        if not kill:
            patience = _KILL_GRACE if self.loaded is not None else deadline - time.monotonic()
            exited = template.wait_exit(pid, patience)
            if exited is not None:
                return exited
        kill_group(pid)
        exited = template.wait_exit(pid, _EXIT_TIMEOUT)
        if exited is None:
            raise ZygoteError(f"process {pid}, which loads {self._path}, cannot be killed")
        return exited

    def _read_output(self) -> bool:
        """Take what was printed, up to a limit; False when all writers are gone."""
        try:
            data = os.read(self._pipe, 65536)
        except BlockingIOError:
            return True
        self.output += data[: max(0, _MAX_OUTPUT - len(self.output))]
        if len(self.output) >= _MAX_OUTPUT and data:
            # the end says why a process died: keep it, and the beginning
            half = _MAX_OUTPUT // 2
            self.output = self.output[:half] + (self.output[half:] + data)[-half:]
        return bool(data)

    def _drain(self) -> None:
        if self._pipe < 0:
            return
        poller = select.poll()
        poller.register(self._pipe, select.POLLIN)
        while poller.poll(0):
            if not self._read_output():
                return

    def _explain(self, problem: str, exited: Exited) -> Loaded:
        """Why there is no `Loaded`, as an import error."""
        dump = self.output.decode("utf-8", "backslashreplace")
        dumped = "Fatal Python error" in dump or "Timeout (" in dump
        line = line_of_dump(dump, self._path) if dumped else None
        ended_by_watchdog = exited.code == 1 and "Timeout (" in dump
        if problem == "timeout" or ended_by_watchdog:
            self.timed_out = True
            return self.failure(timeout_message(self._relative, self._parser.time_limit, line), line, dump)
        ended_by = problem or exited.sentence()
        number = signal.Signals(exited.signal).name if exited.signal is not None and not problem else ""
        return self.failure(crash_message(self._relative, ended_by, number, line), line, dump)

    def failure(self, message: str, line: int | None = None, dump: str = "") -> Loaded:
        """A `Loaded` with one import error; `dump` is shown as its traceback."""
        error = ImportErrorSpec(
            relative_fileloc=self._relative,
            fileloc=str(self._path),
            line=line,
            message=message,
            traceback=dump,
        )
        seconds = time.monotonic() - self._started if self._started else 0.0
        return Loaded(errors=(error,), seconds=seconds)


def _log_output(path: object, output: bytes | bytearray) -> None:
    """What a DAG file printed, line by line, to the processor's log."""
    lines = output.decode("utf-8", "backslashreplace").splitlines()
    for line in lines[:_MAX_LINES]:
        output_log.info("%s printed: %s", path, line)
    if len(lines) > _MAX_LINES:
        output_log.info("%s printed %d more lines, not shown", path, len(lines) - _MAX_LINES)
