"""The telemetry core: listeners come and go, and their failures stay theirs."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import pytest

from tradewind import telemetry


def test_all_listeners_hear_until_they_are_detached() -> None:
    heard: list[tuple[str, str, dict[str, Any]]] = []

    def listener(name: str) -> telemetry.Listener:
        return lambda event, fields: heard.append((name, event, dict(fields)))

    first = telemetry.attach(listener("a"))
    second = telemetry.attach(listener("b"))
    telemetry.emit("scheduler.step", runs=2, event="field")
    first()
    telemetry.emit("scheduler.step")
    second()
    telemetry.emit("scheduler.step")
    assert heard == [
        ("a", "scheduler.step", {"runs": 2, "event": "field"}),
        ("b", "scheduler.step", {"runs": 2, "event": "field"}),
        ("b", "scheduler.step", {}),
    ]


def test_a_failing_listener_hurts_nobody_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []

    def broken(event: str, fields: Mapping[str, Any]) -> None:
        raise RuntimeError("no network")

    detach = [telemetry.attach(broken), telemetry.attach(lambda event, fields: heard.append(event))]
    with caplog.at_level(logging.ERROR):
        telemetry.emit("one")
        telemetry.emit("two")
    for each in detach:
        each()
    assert heard == ["one", "two"]
    assert len(caplog.records) == 1


def test_one_listener_attached_twice_is_detached_one_by_one() -> None:
    heard: list[str] = []

    def listener(event: str, fields: Mapping[str, Any]) -> None:
        heard.append(event)

    first, second = telemetry.attach(listener), telemetry.attach(listener)
    first()
    telemetry.emit("once")
    second()
    second()  # harmless
    telemetry.emit("never")
    assert heard == ["once"]
