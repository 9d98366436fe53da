"""Messages between the DAG processor and the child process that loads one DAG file.

Used by `loading.parse` (parent) and `loading.child`.  Frames are those of `runtime.framing`; requests for
Variables and Connections are the `Ask` and `Reply` of `spec.wire`.
"""

from __future__ import annotations

import msgspec

from tradewind.spec import wire
from tradewind.spec.dag import DagSpec, ImportErrorSpec


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Load this file."""

    bundle_path: str
    relative: str
    time_limit: float
    """Seconds."""


class Printing(msgspec.Struct, frozen=True, tag="printing"):
    """The first message; the read end of a pipe comes with it, which takes what the DAG file prints."""


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


encode = msgspec.msgpack.Encoder().encode
decode_job = msgspec.msgpack.Decoder(Job).decode
decode_from_child = msgspec.msgpack.Decoder(wire.Ask | Printing | Loaded).decode
decode_reply = msgspec.msgpack.Decoder(wire.Reply).decode
