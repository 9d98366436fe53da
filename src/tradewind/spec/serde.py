"""XCom values as JSON text.

Written by tasks (`runtime`), stored as they are, read by tasks and shown by `server` and `cli` (`display`).  JSON types
stay what they are; other standard types are tagged, `{"__type__": "datetime", "value": "..."}`, and come back as
themselves.  Only the types named here are ever made: data can never make a worker import a class.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import math
import sys
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from enum import Enum
from pathlib import PurePath, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

SOFT_LIMIT = 64 * 1024
"""Characters of JSON text; what is larger is kept beside the database (see `runtime.large_values`)."""
HARD_LIMIT = 16 * 1024 * 1024
"""Characters of JSON text that `dumps` makes unless it is told otherwise; larger values are refused."""
BLOB, BACKEND = "blob", "backend"
"""Tags of a value that lies elsewhere, and of one that a custom XCom backend made."""
_TAG = "__type__"
_MAX_DEPTH = 200


class SerdeError(TypeError):
    """A value that cannot be an XCom, or a text that is none."""


class XComTooLarge(SerdeError):  # noqa: N818 - says what it is
    """A value whose text is longer than `HARD_LIMIT`."""


@dataclasses.dataclass(frozen=True, slots=True)
class Extension:
    """Types that need libraries: known to workers, never to the server, which only shows their summary."""

    encode: Callable[[Any, str], tuple[str, Any] | None]
    """(value, its place) -> (name, JSON value whose last item is a summary), or None when it is not one of them."""
    readers: Mapping[str, Callable[[Any], Any]]
    """Name -> reader of the JSON value."""


_extensions: list[Extension] = []


def extend(extension: Extension) -> None:
    """Know further types from now on, in this process."""
    if extension not in _extensions:
        _extensions.append(extension)
        _READERS.update(extension.readers)


def tagged(name: str, value: Any) -> str:
    """JSON text of a tagged value; `value` is plain JSON."""
    return json.dumps(_tagged(name, value), separators=(",", ":"))


def tag_of(text: str) -> str | None:
    """The tag of a JSON text that is a tagged value as a whole, found without reading all of it."""
    start = f'{{"{_TAG}":"'
    return text[len(start) : text.index('"', len(start))] if text.startswith(start) else None


def inner(text: str) -> Any:
    """The value inside a JSON text that is tagged as a whole.  Raises SerdeError."""
    try:
        return _decode(json.loads(text)["value"])
    except (ValueError, TypeError, KeyError) as error:
        raise SerdeError(f"an XCom cannot be read: {error}") from error


def dumps(value: Any, limit: int = HARD_LIMIT) -> str:
    """The JSON text of a value, of at most `limit` characters.

    Raises SerdeError naming the place, the type and what to return instead, and XComTooLarge.
    """
    text = json.dumps(_encode(value, "value", 0), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if "\x00" in text or not text.isascii():
        text = _storable(text, value)
    if len(text) > limit:
        raise XComTooLarge(
            f"an XCom of {len(text):,} characters is over the limit of {limit:,}; write the data to a file, "
            "a bucket or a table and return its address"
        )
    return text


def loads(text: str) -> Any:
    """The value of a JSON text made by `dumps` (or of any JSON).  Raises SerdeError."""
    try:
        return _decode(json.loads(text))
    except SerdeError:
        raise
    except (ValueError, TypeError, KeyError, ArithmeticError, OverflowError) as error:
        raise SerdeError(f"an XCom cannot be read: {error}") from error


def display(text: str) -> Any:
    """The value as plain JSON for people and for the REST API: tagged values become text, sets become lists."""
    return _plain(json.loads(text))


def _storable(text: str, value: Any) -> str:
    """JSON text that every database takes: lone surrogates stay escaped."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(_encode(value, "value", 0), separators=(",", ":"), allow_nan=False)
    return text


# --- Writing -------------------------------------------------------------------------------------------------


def _tagged(name: str, value: Any) -> dict[str, Any]:
    return {_TAG: name, "value": value}


def _encode(value: Any, place: str, depth: int) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if depth > _MAX_DEPTH:
        raise SerdeError(f"{place[:200]} is nested more than {_MAX_DEPTH} levels deep, or contains itself")
    if kind is float:
        return value if math.isfinite(value) else _tagged("float", repr(value))
    if kind is list:
        return [_encode(item, f"{place}[{index}]", depth + 1) for index, item in enumerate(value)]
    if kind is dict:
        return _encode_mapping(value, place, depth)
    writer = _WRITERS.get(kind)
    if writer is not None:
        return writer(value, place, depth)
    return _encode_other(value, place, depth)


def _encode_mapping(value: Mapping[Any, Any], place: str, depth: int) -> Any:
    if all(type(key) is str for key in value) and _TAG not in value:
        return {key: _encode(item, f"{place}[{key!r}]", depth + 1) for key, item in value.items()}
    # JSON has only text for keys; other keys, and a key that looks like our tag, travel as pairs.
    pairs = [
        [_encode(key, f"a key of {place}", depth + 1), _encode(item, f"{place}[{key!r}]", depth + 1)]
        for key, item in value.items()
    ]
    return _tagged("dict", pairs)


def _encode_items(name: str) -> Callable[[Any, str, int], Any]:
    def write(value: Any, place: str, depth: int) -> Any:
        items = [_encode(item, f"{place}[{index}]", depth + 1) for index, item in enumerate(value)]
        if name in ("set", "frozenset"):
            # A set has no order; the same set should have the same text.
            items.sort(key=lambda item: json.dumps(item, sort_keys=True))
        return _tagged(name, items)

    return write


def _encode_datetime(value: datetime, place: str, depth: int) -> Any:
    return _tagged("datetime", [_wall(value), *_zone(value, place)])


def _wall(value: datetime) -> str:
    text = value.replace(tzinfo=None).isoformat()
    return text + ("/fold" if value.fold else "")


def _zone(value: datetime, place: str) -> list[Any]:
    """Zone name (or none) and offset in seconds, which together give the same instant and the same zone."""
    if value.tzinfo is None:
        return [None, None]
    name = getattr(value.tzinfo, "key", None) or getattr(value.tzinfo, "name", None)
    offset = value.utcoffset()
    if offset is None:
        raise SerdeError(f"{place} has a time zone without an offset: {value!r}")
    return [name if isinstance(name, str) else None, offset.total_seconds()]


def _encode_time(value: time, place: str, depth: int) -> Any:
    offset = value.utcoffset()
    return _tagged("time", [value.replace(tzinfo=None).isoformat(), None if offset is None else offset.total_seconds()])


def _encode_timedelta(value: timedelta, place: str, depth: int) -> Any:
    return _tagged("timedelta", [value.days, value.seconds, value.microseconds])


_WRITERS: dict[type, Callable[[Any, str, int], Any]] = {
    tuple: _encode_items("tuple"),
    set: _encode_items("set"),
    frozenset: _encode_items("frozenset"),
    datetime: _encode_datetime,
    date: lambda value, place, depth: _tagged("date", value.isoformat()),
    time: _encode_time,
    timedelta: _encode_timedelta,
    Decimal: lambda value, place, depth: _tagged("decimal", str(value)),
    bytes: lambda value, place, depth: _tagged("bytes", base64.b64encode(value).decode("ascii")),
    bytearray: lambda value, place, depth: _tagged("bytes", base64.b64encode(value).decode("ascii")),
    uuid.UUID: lambda value, place, depth: _tagged("uuid", str(value)),
}


def _encode_other(value: Any, place: str, depth: int) -> Any:
    """Subclasses and kin of the known types; everything else is an error."""
    module = type(value).__module__.partition(".")[0]
    if module == "pendulum":
        return _encode_pendulum(value, place, depth)
    if isinstance(value, Enum):
        return _encode(value.value, place, depth + 1)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
        return _encode_mapping(fields, place, depth + 1)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return _encode_mapping(dict(zip(value._fields, value, strict=True)), place, depth + 1)
    if hasattr(type(value), "__attrs_attrs__"):
        fields = {item.name: getattr(value, item.name) for item in type(value).__attrs_attrs__}
        return _encode_mapping(fields, place, depth + 1)
    if hasattr(type(value), "model_fields") and hasattr(value, "model_dump"):  # a pydantic model
        return _encode_mapping(value.model_dump(), place, depth + 1)
    if isinstance(value, PurePath):
        return _tagged("path", value.as_posix())
    if module == "numpy" and hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        return _encode(value.item(), place, depth + 1)
    for extension in _extensions:
        found = extension.encode(value, place)
        if found is not None:
            return _tagged(*found)
    # A subclass of a known type is stored as that type.
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int | float):
        return _encode(int(value) if isinstance(value, int) else float(value), place, depth)
    if isinstance(value, Mapping):
        return _encode_mapping(value, place, depth)
    if isinstance(value, list):
        return _encode(list(value), place, depth)
    for base, writer in _WRITERS.items():
        if isinstance(value, base):
            return writer(value, place, depth)
    raise SerdeError(_refusal(value, place))


def _encode_pendulum(value: Any, place: str, depth: int) -> Any:
    name = type(value).__name__
    if isinstance(value, datetime):
        return _tagged("pendulum.datetime", [_wall(value), *_zone(value, place)])
    if name == "Date":
        return _tagged("pendulum.date", value.isoformat())
    if isinstance(value, time):
        return _encode_time(value, place, depth)
    if isinstance(value, timedelta):
        return _encode_timedelta(timedelta(seconds=0) + timedelta(microseconds=_microseconds(value)), place, depth)
    if isinstance(value, tzinfo):
        return str(getattr(value, "name", value))
    raise SerdeError(_refusal(value, place))


def _microseconds(value: timedelta) -> int:
    # A pendulum Duration counts its days and weeks in attributes of its own; the total is the same in both.
    return round(value.total_seconds() * 1_000_000)


def _refusal(value: Any, place: str) -> str:
    kind = type(value)
    module = kind.__module__.partition(".")[0]
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if module in ("pandas", "polars", "pyarrow") or hasattr(value, "to_dict"):
        fix = "return value.to_dict(...) for a small result, or write it to a file or a table and return its address"
    elif module == "numpy":
        fix = "return value.tolist()"
    elif hasattr(value, "__next__"):
        fix = "return a list, list(value): an iterator can be read only once and not in another process"
    elif isinstance(value, type) or callable(value):
        fix = "return its name or its result"
    else:
        fix = "return a dict of its fields, or a text"
    return f"{place} is a {name}, which cannot be an XCom; {fix}"


# --- Reading -------------------------------------------------------------------------------------------------


def _decode(data: Any) -> Any:
    if isinstance(data, list):
        return [_decode(item) for item in data]
    if not isinstance(data, dict):
        return data
    if _TAG not in data:
        return {key: _decode(item) for key, item in data.items()}
    reader = _READERS.get(data[_TAG])
    if reader is None or set(data) != {_TAG, "value"}:
        raise SerdeError(f"an XCom has a part of unknown type {data[_TAG]!r}; it was written by a newer version")
    return reader(data["value"])


def _read_wall(text: str) -> datetime:
    wall, _, fold = text.partition("/")
    return datetime.fromisoformat(wall).replace(fold=int(fold == "fold"))


def _read_datetime(value: list[Any]) -> datetime:
    wall, name, offset = _read_wall(value[0]), value[1], value[2]
    if offset is None:
        return wall
    fixed = timezone.utc if offset == 0 else timezone(timedelta(seconds=offset))  # noqa: UP017 - beside timezone()
    if name is None or (name == "UTC" and offset == 0):
        return wall.replace(tzinfo=fixed)
    try:
        zone = ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # a zone this machine does not know, or an abbreviation
        return wall.replace(tzinfo=fixed)
    there = wall.replace(tzinfo=zone)
    # The rules of the zone may differ between two machines; the instant must not.
    same = there.utcoffset() == timedelta(seconds=offset)
    return there if same else wall.replace(tzinfo=fixed).astimezone(zone)


def _read_pendulum_datetime(value: list[Any]) -> datetime:
    plain = _read_datetime(value)
    import pendulum  # 40 ms; only when such a value is read

    if plain.tzinfo is None:
        return pendulum.naive(*plain.timetuple()[:6], plain.microsecond)
    return pendulum.instance(plain)


def _read_pendulum_date(value: str) -> date:
    import pendulum  # as above

    plain = date.fromisoformat(value)
    return pendulum.date(plain.year, plain.month, plain.day)


def _read_time(value: list[Any]) -> time:
    zone = None if value[1] is None else timezone(timedelta(seconds=value[1]))
    return time.fromisoformat(value[0]).replace(tzinfo=zone)


def _read_pairs(value: list[Any]) -> dict[Any, Any]:
    return {_hashable(_decode(key)): _decode(item) for key, item in value}


def _hashable(key: Any) -> Any:
    return tuple(key) if isinstance(key, list) else key


def _read_path(value: str) -> PurePath:
    # Imported here by name, because a path of another system must stay a path.
    from pathlib import Path

    return PurePosixPath(value) if sys.platform == "win32" else Path(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "float": float,
    "dict": _read_pairs,
    "tuple": lambda value: tuple(_decode(value)),
    "set": lambda value: {_hashable(item) for item in _decode(value)},
    "frozenset": lambda value: frozenset(_hashable(item) for item in _decode(value)),
    "datetime": _read_datetime,
    "date": date.fromisoformat,
    "time": _read_time,
    "timedelta": lambda value: timedelta(value[0], value[1], value[2]),
    "decimal": Decimal,
    "bytes": base64.b64decode,
    "uuid": uuid.UUID,
    "path": _read_path,
    "pendulum.datetime": _read_pendulum_datetime,
    "pendulum.date": _read_pendulum_date,
}


def _plain(data: Any) -> Any:
    if isinstance(data, list):
        return [_plain(item) for item in data]
    if not isinstance(data, dict):
        return data
    if _TAG not in data or set(data) != {_TAG, "value"}:
        return {key: _plain(item) for key, item in data.items()}
    name, value = data[_TAG], data["value"]
    if name == BLOB:
        return value[-1]
    if name == BACKEND:
        return _readable(value)
    if name.startswith("library."):
        return value[-1]  # the rest is binary
    if name in ("tuple", "set", "frozenset"):
        return _plain(value)
    if name == "dict":
        return {_key_text(_plain(key)): _plain(item) for key, item in value}
    if name in ("datetime", "pendulum.datetime"):
        return _read_datetime(value).isoformat()
    if name == "time":
        return _read_time(value).isoformat()
    if name == "timedelta":
        return timedelta(value[0], value[1], value[2]).total_seconds()
    return value


def _key_text(key: Any) -> str:
    return key if isinstance(key, str) else json.dumps(key, ensure_ascii=False)


def _readable(stored: Any) -> Any:
    """What a custom backend stored; JSON text, as most of them write, is read."""
    if not isinstance(stored, str):
        return _plain(stored)
    try:
        return _plain(json.loads(stored))
    except ValueError:
        return stored
