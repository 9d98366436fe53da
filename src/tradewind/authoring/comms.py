"""The way from user code to its supervisor: one function that sends a request and waits for the answer.

The runtime, parse children and the CLI install the channel; `variable`, `connection` and the runtime's task instance
use it.  User code never sees a database.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tradewind.errors import AirflowNotFoundException

if TYPE_CHECKING:  # msgspec need not be loaded to define a DAG
    from tradewind.spec.wire import Request

Channel = Callable[["Request"], Any]
_channel: Channel | None = None
Learner = Callable[[str | None, Any], None]
_learner: Learner | None = None


class NoSupervisor(AirflowNotFoundException):
    """This process has nobody to ask: the DAG file runs on its own."""


def set_channel(channel: Channel | None) -> Channel | None:
    """Install (or with None remove) the channel; returns the one before, to be put back."""
    global _channel
    before, _channel = _channel, channel
    return before


def set_learner(learner: Learner) -> None:
    """Have secrets that were found elsewhere than through the channel told to `learner`, which masks them."""
    global _learner
    _learner = learner


def learn(key: str | None, value: Any) -> None:
    """Tell of the Variable `key`, or of a Connection (None), that a secrets backend or the environment gave."""
    if _learner is not None:
        _learner(key, value)


def connected() -> bool:
    """Whether there is somebody to ask."""
    return _channel is not None


def request(req: Request) -> Any:
    """Send a request and wait for its value.  Raises what the supervisor answered, or `NoSupervisor`."""
    if _channel is None:
        raise NoSupervisor(
            f"nobody answers {type(req).__name__} here: this process is not connected to a Tradewind supervisor"
        )
    return _channel(req)
