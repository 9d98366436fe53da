"""What is given to one run under a secret name is masked while it runs, and shown fields keep their types."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.runtime import task_runner
from tradewind.runtime.masking import MASK, Masker
from tradewind.runtime.task_runner import shown_fields


def test_secrets_of_a_run_are_known_for_a_while() -> None:
    masker = Masker()
    masker.add("for-good")
    conf = {"password": "hunter-22", "rows": "plain-text", "nested": {"api_key": ["key-12345"]}, "max_tokens": 100_000}
    text = "hunter-22 plain-text key-12345 100000 for-good"
    with masker.lent(conf, {"token": "for-good"}):
        assert masker.mask(text) == f"{MASK} plain-text {MASK} 100000 {MASK}"
        masker.add("key-12345")  # it turns out to be that of a connection
    assert masker.mask(text) == f"hunter-22 plain-text {MASK} 100000 {MASK}"
    with pytest.raises(ZeroDivisionError), masker.lent(conf):
        raise ZeroDivisionError
    assert masker.mask("hunter-22") == "hunter-22"


class Odd:
    """No JSON; its text tells a secret."""

    def __str__(self) -> str:
        return "odd s3cret-value"


def test_fields_keep_their_types(monkeypatch: pytest.MonkeyPatch) -> None:
    masker = Masker()
    masker.add("s3cret-value")
    monkeypatch.setattr(task_runner, "masker", masker)
    monkeypatch.setattr(task_runner, "redact", masker.redact)
    at = datetime(2026, 3, 1, tzinfo=UTC)
    values: dict[str, Any] = {
        "bash_command": "echo s3cret-value",
        "json": '{"a": 1}',
        "op_args": [1, "s3cret-value", None],
        "env": {"PASSWORD": "x", "n": 2.5, "at": at},
        "nothing": None,
        "odd": [Odd()],
        "not_a_number": float("nan"),
        "long": ["x" * 2000] * 1000,
    }
    found = shown_fields(SimpleNamespace(template_fields=tuple(values), **values))
    assert found.pop("long").endswith("characters)")
    assert found == {
        "bash_command": f"echo {MASK}",
        "json": '{"a": 1}',
        "op_args": [1, MASK, None],
        "env": {"PASSWORD": MASK, "n": 2.5, "at": str(at)},
        "nothing": None,
        "odd": [f"odd {MASK}"],
        "not_a_number": "NaN",
    }
