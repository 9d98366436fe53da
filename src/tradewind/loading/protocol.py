"""Messages between the DAG processor and the child process that loads one DAG file.

Used by `loading.parse` (parent) and `loading.child`.  Frames are those of `runtime.framing`; requests for
Variables and Connections are the `Ask` and `Reply` of `spec.wire`.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from tradewind.spec import wire
from tradewind.spec.assets import Mapped
from tradewind.spec.dag import CatchupPolicy, DagSpec, ImportErrorSpec
from tradewind.spec.forecast import Forecast, ForeseenRun, RunsWanted, Stretch


class AskTimetable(msgspec.Struct, frozen=True, kw_only=True, tag="timetable"):
    """What a custom timetable is asked; times are UTC."""

    dag_id: str
    now: datetime
    manual: datetime | None = None
    """The data interval of a manual run for this time is wanted; otherwise the next runs."""
    last: tuple[datetime, datetime] | None = None
    """Data interval of the newest scheduled run."""
    last_run_after: datetime | None = None
    earliest: datetime | None = None
    latest: datetime | None = None
    policy: CatchupPolicy | None = None


class AskRuns(msgspec.Struct, frozen=True, kw_only=True, tag="runs"):
    """Which runs the custom timetable of a DAG makes in these spans."""

    dag_id: str
    wanted: RunsWanted


class AskPiece(msgspec.Struct, frozen=True, kw_only=True, tag="piece"):
    """Which runs of the custom timetable of a DAG come next in a stretch."""

    dag_id: str
    stretch: Stretch
    earliest: datetime | None
    latest: datetime | None
    most: int


class KeyOf(msgspec.Struct, frozen=True, kw_only=True):
    """The partition key of an asset event."""

    name: str
    uri: str
    aliases: tuple[str, ...]
    key: str


class AskKeys(msgspec.Struct, frozen=True, kw_only=True, tag="keys"):
    """What the partition mappers of a DAG make of these keys."""

    dag_id: str
    keys: tuple[KeyOf, ...]


class AskDeadline(msgspec.Struct, frozen=True, kw_only=True, tag="deadline"):
    """From which moment a deadline counts whose reference has code of the author's own."""

    dag_id: str
    task_id: str
    """Empty: of the run."""
    number: int
    """Place among the deadlines of the DAG or task."""
    run: wire.RunInfo
    runtimes: tuple[float, ...]
    """Seconds that the newest successful runs took, newest first."""


class AskConnection(msgspec.Struct, frozen=True, tag="connection"):
    """Whether a connection works; no file is loaded."""

    connection: wire.ConnectionData


class AskPlugins(msgspec.Struct, frozen=True, tag="plugins"):
    """Which plugins there are; no file is loaded."""


class Plugins(msgspec.Struct, frozen=True):
    """What each plugin has, as JSON, and why others cannot be loaded."""

    found: tuple[tuple[str, str], ...]
    """Name, JSON."""
    errors: tuple[tuple[str, str], ...]
    """File or package, error."""


Ask = AskTimetable | AskRuns | AskPiece | AskKeys | AskDeadline | AskConnection | AskPlugins


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Load this file."""

    bundle_path: str
    relative: str
    time_limit: float
    """Seconds."""
    ask: Ask | None = None
    """Not the DAGs are wanted, but what code of one of them says."""


class Printing(msgspec.Struct, frozen=True, tag="printing"):
    """The first message; the read end of a pipe comes with it, which takes what the DAG file prints."""


class Asking(msgspec.Struct, frozen=True, tag="asking"):
    """The file was loaded: what follows is the fault of the mapper that is asked."""


class Told(msgspec.Struct, frozen=True, kw_only=True, tag="told"):
    """What became of one key of `AskKeys`; they come in order."""

    mapped: Mapped | None = None
    error: ImportErrorSpec | None = None
    """The code failed."""


class Loaded(msgspec.Struct, frozen=True, kw_only=True, tag="loaded"):
    """The outcome: the last message of a child."""

    dags: tuple[DagSpec, ...] = ()
    errors: tuple[ImportErrorSpec, ...] = ()
    imports: tuple[str, ...] = ()
    """Bundle-relative paths of the modules that were imported and the other files and folders that were read.
    """
    lines: dict[str, int] = {}
    """dag_id -> line of the DAG file that defines it, as far as there is one."""
    seconds: float = 0.0
    forecast: Forecast | None = None
    """Answer to `AskTimetable`, unless it failed: then there is an error."""
    interval: tuple[datetime, datetime] | None = None
    runs: tuple[ForeseenRun, ...] = ()
    """Answer to `AskRuns` and `AskPiece`."""
    more: bool = False
    """Others may follow them."""
    moment: datetime | None = None
    """Answer to `AskDeadline`; None without an error: the deadline does not apply."""
    works: tuple[bool, str] | None = None
    """Answer to `AskConnection`."""
    plugins: Plugins | None = None
    """Answer to `AskPlugins`."""


FromChild = Asking | Told | Loaded

encode = msgspec.msgpack.Encoder().encode
decode_job = msgspec.msgpack.Decoder(Job).decode
decode_from_child = msgspec.msgpack.Decoder(wire.Ask | Printing | FromChild).decode
decode_reply = msgspec.msgpack.Decoder(wire.Reply).decode
