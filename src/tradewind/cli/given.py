"""Values that arguments give as text: JSON objects, and regular expressions over names."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tradewind.errors import InvalidError, NotFoundError


def matching(pattern: str, names: Sequence[str]) -> list[str]:
    """Names in which the regular expression is found.  Raises InvalidError, or NotFoundError when there
    is none."""
    try:
        expression = re.compile(pattern)
    except re.error as error:
        raise InvalidError(f"{pattern!r} is not a regular expression: {error}", fix="correct it") from None
    found = [name for name in names if expression.search(name)]
    if not found:
        raise NotFoundError(f"nothing fits {pattern!r}", fix=f"it may be one of: {', '.join(names[:20]) or 'nothing'}")
    return found


def read_lines(path: str) -> list[str]:
    """The lines of a text file that are not empty; `-` is standard input.  Raises InvalidError."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidError(
            f"{path} cannot be read: {error}", fix="give a text file with a value in each line"
        ) from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_object(option: str, text: str | None) -> dict[str, Any]:
    """The JSON object of an option, empty when it was not given.  Raises InvalidError."""
    if text is None:
        return {}
    try:
        value = json.loads(text)
    except ValueError as error:
        raise InvalidError(f"{option} {text!r} is not JSON: {error}", fix='write it as \'{"key": "value"}\'') from None
    if not isinstance(value, dict):
        raise InvalidError(f"{option} {text!r} is not a JSON object", fix='write it as \'{"key": "value"}\'')
    return value
