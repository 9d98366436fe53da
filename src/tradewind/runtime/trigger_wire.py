"""Messages between a triggerer and the process that runs its triggers.  Frames as in `spec.wire`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from tradewind.spec import wire

ENTRY = "tradewind.runtime.trigger_host:main"
PRELOAD = ("tradewind.runtime.trigger_host", "asyncio", "pendulum", "zoneinfo")
"""What the template imports, so that a host that died is replaced quickly."""


class HostConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What the triggerer tells its host process, MessagePack in the entry's arguments."""

    bundle_path: str = ""
    """Folder of the DAG files: modules with triggers may lie there."""
    log_level: str = "INFO"


class Start(msgspec.Struct, frozen=True, kw_only=True, tag="start"):
    """Run a trigger."""

    id: str
    kind: str
    classpath: str
    kwargs: str
    log_path: str = ""
    """Absolute; empty: the triggerer's own log."""
    bundle_path: str = ""
    about: dict[str, Any] = {}


class Cancel(msgspec.Struct, frozen=True, tag="cancel"):
    """End a trigger: `on_kill` when its task needs it no more, and `cleanup`."""

    id: str
    kill: bool


class Quit(msgspec.Struct, frozen=True, tag="quit"):
    """Clean up all triggers and end."""


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """First message of a host."""

    pid: int


class Brought(msgspec.Struct, frozen=True, kw_only=True, tag="brought"):
    """A trigger fired, or failed; see `ports.triggers.TriggerReport`."""

    id: str
    outcome: Literal["event", "failed", "success", "failure", "skipped"]
    event: str
    at: datetime


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """A trigger is cleaned up and gone."""

    id: str


class Blocked(msgspec.Struct, frozen=True, tag="blocked"):
    """A trigger held up all others for so many seconds."""

    id: str
    name: str
    seconds: float


ToHost = Start | Cancel | Quit | wire.Reply
FromHost = Ready | Brought | Ended | Blocked | wire.Ask

encode = msgspec.msgpack.Encoder().encode
decode_to_host = msgspec.msgpack.Decoder(ToHost).decode
decode_from_host = msgspec.msgpack.Decoder(FromHost).decode
