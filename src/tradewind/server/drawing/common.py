"""What the payloads for drawing share: times as numbers, positions of lists, the words of states."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.params import Depends

from tradewind.core.pictures import CODES
from tradewind.errors import InvalidError
from tradewind.server.api.router import BEYOND, api_router
from tradewind.server.auth import VIEWER
from tradewind.server.models.common import Answer
from tradewind.store.reads import Row

TAG = "Tradewind"
STATE_CODES = list(CODES)

Mark = Annotated[str | None, Query(max_length=2000, description="Where to go on: `next` of the page before.")]


def router(*guards: Depends) -> APIRouter:
    """A router of this part of the API; without guards for those who may read."""
    return api_router(TAG, *(guards or (VIEWER,)), prefix=BEYOND)


def ms(at: datetime | None) -> int | None:
    """Milliseconds since 1970, UTC."""
    return None if at is None else round(at.timestamp() * 1000)


def times(rows: Iterable[Row], name: str) -> list[int | None]:
    """A column of times, as `ms`."""
    return [ms(row[name]) for row in rows]


def bytes_text(codes: Iterable[int]) -> str:
    """Bytes as base64."""
    return base64.b64encode(bytes(codes)).decode()


def seal(*values: Any) -> str:
    """A place in a list, as text for a client."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")


def unseal(text: str, *kinds: type) -> list[Any]:
    """The values of `seal`.  Raises InvalidError when the text is none that a list of this kind gave out."""
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if isinstance(values, list) and len(values) == len(kinds):
            return [_value(value, kind) for value, kind in zip(values, kinds, strict=True)]
    except (binascii.Error, ValueError, TypeError):
        pass
    raise InvalidError("the mark is not one that this list gave out", fix="start without it")


def _value(value: Any, kind: type) -> Any:
    if kind is datetime:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError(value)
        return at
    if type(value) is not kind or (isinstance(value, int) and not -(2**63) <= value < 2**63):
        raise ValueError(value)
    return value


class RunBar(Answer):
    """A run as a bar: what a list needs of it."""

    id: int
    run_id: str
    run_type: str
    state: str
    tolerated: bool
    """It succeeded although a task failed."""
    run_after: datetime
    logical_date: datetime | None = None
    queued_at: datetime | None = None
    start_date: datetime | None
    end_date: datetime | None


def run_bar(row: Row) -> RunBar:
    """From a row of a run."""
    return RunBar(**{name: row[name] for name in RunBar.model_fields if name in row})
