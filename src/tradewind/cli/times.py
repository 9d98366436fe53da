"""Times on the command line: what users type, read as aware UTC datetimes."""

from __future__ import annotations

from datetime import UTC, datetime

from tradewind.errors import InvalidError


def parse_time(text: str) -> datetime:
    """An ISO 8601 date or time, or what people write (`2022-05-05 10:00`); UTC unless it says otherwise.

    Raises InvalidError.
    """
    found = try_time(text)
    if found is None:
        raise InvalidError(f"{text!r} is not a date or time", fix="write it as 2022-05-05 or 2022-05-05T10:00:00+00:00")
    return found


def try_time(text: str) -> datetime | None:
    """As `parse_time`, or None when the text is no time (it may be a run id)."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        # imported here: only unusual spellings need it
        from dateutil import parser

        if not text[:4].isdigit():  # a date starts with its year; a guess from a word would hide a typing error
            return None
        try:
            value = parser.parse(text)
        except (ValueError, OverflowError):
            return None
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
