"""JSON of values as XComs hold them, for backends of one's own.  Airflow: `airflow.utils.json`.

`json.dumps(value, cls=XComEncoder)` and `json.loads(text, cls=XComDecoder)` keep what JSON has no type for.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from tradewind.spec import serde


class XComEncoder(json.JSONEncoder):
    """Writes dates, sets, tuples and all else that may be an XCom.  Raises `SerdeError`, a TypeError, for the rest."""

    def iterencode(self, o: Any, _one_shot: bool = False) -> Iterator[str]:  # `encode` calls it, too
        return super().iterencode(json.loads(serde.dumps(o, sys.maxsize)), _one_shot)


class XComDecoder(json.JSONDecoder):
    """Reads what the encoder wrote.  Raises `SerdeError` for a type that it does not know."""

    def decode(self, s: str, *args: Any) -> Any:
        return serde.loads(json.dumps(super().decode(s, *args)))


class WebEncoder(json.JSONEncoder):
    """Writes the same values so that people can read them: dates as ISO text, sets as lists."""

    def iterencode(self, o: Any, _one_shot: bool = False) -> Iterator[str]:
        return super().iterencode(serde.display(serde.dumps(o, sys.maxsize)), _one_shot)
