"""Times of outcomes are aware wherever an outcome comes from."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from tradewind.spec import wire

NAIVE, AWARE = datetime(2024, 1, 1), datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("fields", [{"at": NAIVE}, {"reschedule_at": NAIVE}, {"deadline": NAIVE}])
def test_a_naive_time_is_refused_where_it_arises(fields: dict[str, datetime]) -> None:
    with pytest.raises(ValueError, match="must be aware"):
        wire.Outcome(**{"attempt_id": "1", "state": "success", "at": AWARE, **fields})  # type: ignore[arg-type]


def test_a_naive_time_in_a_message_is_refused() -> None:
    body = wire.encode(wire.Outcome(attempt_id="1", state="success", at=AWARE))
    text = msgspec.json.encode(msgspec.msgpack.decode(body))
    message = msgspec.json.decode(text)
    assert wire.decode_from_worker(body) == wire.Outcome(attempt_id="1", state="success", at=AWARE)
    message["at"] = "2024-01-01T00:00:00"
    with pytest.raises(msgspec.ValidationError):
        wire.decode_from_worker(msgspec.msgpack.encode(message))
