"""Partition keys: from the key of an event to the keys of the runs it is for, and back.  Pure.

Called by `core.assets` for the events of partitioned schedules.  Windows count naive wall-clock steps, as Airflow's do:
a day has 24 hours in them also when the clock changes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from tradewind.core.timetables.base import zone
from tradewind.spec.assets import MappedKey, MapperSpec, Unit, WindowSpec

MOST_KEYS = 1000
"""Most keys that one event may become, when its mapper says nothing else (Airflow's default)."""
MAX_KEY = 250
"""Longest partition key, in characters."""
_DIGITS = {"%Y": r"\d{4}", **dict.fromkeys(("%m", "%d", "%H", "%M", "%S", "%V", "%U", "%W"), r"\d{2}")}


class PartitionKeyError(ValueError):
    """A key that a mapper cannot take, or too many keys."""


@contextmanager
def of_a_calendar(key: str) -> Iterator[None]:
    """Turn what fails inside into PartitionKeyError: sums of times at the ends of the calendar fail in many ways, and
    keys come from users."""
    try:
        yield
    except PartitionKeyError:
        raise
    except (ArithmeticError, ValueError) as error:
        raise PartitionKeyError(f"the key {key!r} leads to a time that no calendar has: {error}") from None


def has_code(mapper: MapperSpec) -> bool:
    """Whether only code of the user can tell what it makes of a key: such a mapper is asked in a child process."""
    own = mapper.kind == "custom" or (mapper.window is not None and mapper.window.unit == "custom")
    return own or any(has_code(part) for part in mapper.parts)


def downstream_keys(mapper: MapperSpec, key: str, most: int = MOST_KEYS) -> tuple[str, ...]:
    """The keys of the runs that an event with this key is for, each once, in order.

    Raises PartitionKeyError when the mapper refuses the key, or there are more than `max_downstream_keys`, and for a
    mapper that `has_code`.
    """
    if has_code(mapper):
        raise PartitionKeyError(f"only code of the user knows what becomes of the key {key!r}")
    with of_a_calendar(key):
        found = tuple(dict.fromkeys(_map(mapper, key)))
    return checked_keys(mapper, key, found, most)


def checked_keys(mapper: MapperSpec, key: str, found: tuple[str, ...], most: int = MOST_KEYS) -> tuple[str, ...]:
    """What a mapper made of a key, when it may be used.  Raises PartitionKeyError."""
    limit = mapper.max_downstream_keys or most
    if len(found) > limit:
        raise PartitionKeyError(f"the key {key!r} becomes {len(found)} keys, more than the {limit} that are allowed")
    for made in found:
        if not made or len(made) > MAX_KEY:
            raise PartitionKeyError(f"the key {key!r} becomes {made[:80]!r}, which is not 1 to {MAX_KEY} characters")
    return found


def run_id_part(key: str) -> str:
    """A partition key as a part of a run id: readable, and different for different keys."""
    short = key if len(key) <= 100 else f"{key[:80]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
    safe = "".join(letter if letter.isalnum() or letter in "_.~:+-" else "_" for letter in short)
    return safe if safe == key else f"{safe}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def expected(mapper: MapperSpec, downstream: str) -> frozenset[str] | None:
    """The upstream keys that make up a downstream key; None when the mapper does not roll up."""
    if mapper.kind != "rollup" or mapper.window is None or has_code(mapper):
        return None
    upstream = mapper.parts[0]
    if mapper.window.unit == "segment":
        return frozenset(mapper.window.segments)
    start = period_of(upstream, downstream)
    with of_a_calendar(downstream):
        return frozenset(upstream_key(upstream, at) for at in members(mapper.window, start))


def missing(
    mapper: MapperSpec, downstream: str, received: Iterable[str], told: MappedKey | None = None
) -> tuple[int, tuple[str, ...]]:
    """How many more upstream keys are needed, and those that did not come; 0 when the mapper is satisfied.

    `told`: what code of the user said about the downstream key.
    """
    if told is None:
        wanted = expected(mapper, downstream)
    else:
        wanted = None if told.expected is None else frozenset(told.expected)
    if wanted is None:
        return 0, ()
    absent = tuple(sorted(wanted.difference(received)))
    if mapper.minimum is None:
        return len(absent), absent
    needed = mapper.minimum if mapper.minimum > 0 else max(0, len(wanted) + mapper.minimum)
    return max(0, needed - (len(wanted) - len(absent))), absent


def partition_date(mapper: MapperSpec, downstream: str) -> datetime | None:
    """The instant (UTC) that a downstream key stands for; None when it stands for none."""
    match mapper.kind:
        case "start":
            with of_a_calendar(downstream):
                return _aware(mapper, period_of(mapper, downstream)).astimezone(UTC)
        case "rollup":
            return partition_date(mapper.parts[0], downstream)
        case "fan_out" | "chain":
            return partition_date(mapper.parts[-1], downstream)
        case "product":
            segments = downstream.split(mapper.delimiter)
            if len(segments) != len(mapper.parts):
                return None
            dates = [partition_date(part, text) for part, text in zip(mapper.parts, segments, strict=True)]
            known = [date for date in dates if date is not None]
            return known[0] if len(known) == 1 else None
        case _:
            return None


# --- One kind after the other -----------------------------------------------------------------------------------


def _map(mapper: MapperSpec, key: str) -> Iterable[str]:
    return _MAPPERS[mapper.kind](mapper, key)


def _identity(mapper: MapperSpec, key: str) -> Iterable[str]:
    return (key,)


def _fixed(mapper: MapperSpec, key: str) -> Iterable[str]:
    return mapper.keys


def _allowed(mapper: MapperSpec, key: str) -> Iterable[str]:
    if key not in mapper.keys:
        raise PartitionKeyError(f"the key {key!r} is not one of {', '.join(map(repr, mapper.keys))}")
    return (key,)


def _start(mapper: MapperSpec, key: str) -> Iterable[str]:
    return (key_text(mapper, start_of(mapper.unit, time_of(mapper, key))),)


def time_of(mapper: MapperSpec, key: str) -> datetime:
    """The time of an upstream key, on the clock of the mapper.  Raises PartitionKeyError."""
    try:
        at = datetime.strptime(key, mapper.input_format)  # noqa: DTZ007 - made aware below
    except ValueError as error:
        raise PartitionKeyError(f"the key {key!r} is not a time as {mapper.input_format!r}: {error}") from None
    return at.replace(tzinfo=zone(mapper.timezone)) if at.tzinfo is None else at.astimezone(zone(mapper.timezone))


def _chain(mapper: MapperSpec, key: str) -> Iterable[str]:
    keys: Iterable[str] = (key,)
    for part in mapper.parts:
        keys = [made for item in keys for made in _map(part, item)]
    return keys


def segments_of(mapper: MapperSpec, key: str) -> list[str]:
    """The parts of a key of a `product`, one for each mapper.  Raises PartitionKeyError."""
    segments = key.split(mapper.delimiter)
    if len(segments) != len(mapper.parts):
        raise PartitionKeyError(
            f"the key {key!r} has {len(segments)} parts between {mapper.delimiter!r}, not {len(mapper.parts)}"
        )
    return segments


def _product(mapper: MapperSpec, key: str) -> Iterable[str]:
    segments = segments_of(mapper, key)
    return (mapper.delimiter.join(_one(part, text) for part, text in zip(mapper.parts, segments, strict=True)),)


def _rollup(mapper: MapperSpec, key: str) -> Iterable[str]:
    return _map(mapper.parts[0], key)


def _fan_out(mapper: MapperSpec, key: str) -> Iterable[str]:
    upstream, downstream = mapper.parts
    window = mapper.window
    assert window is not None
    coarse = _one(upstream, key)
    if window.unit == "segment":
        return [_one(downstream, segment) for segment in window.segments]
    return [_member_text(downstream, at) for at in members(window, period_of(upstream, coarse))]


_MAPPERS: dict[str, Callable[[MapperSpec, str], Iterable[str]]] = {
    "identity": _identity,
    "fixed": _fixed,
    "allowed": _allowed,
    "start": _start,
    "chain": _chain,
    "product": _product,
    "rollup": _rollup,
    "fan_out": _fan_out,
}


def _one(mapper: MapperSpec, key: str) -> str:
    made = list(_map(mapper, key))
    if len(made) != 1:
        raise PartitionKeyError(f"a mapper inside another one must make one key of {key!r}, not {len(made)}")
    return made[0]


# --- Times ------------------------------------------------------------------------------------------------------


def start_of(unit: Unit, at: datetime) -> datetime:
    """The start of the hour, day, ISO week, month, quarter or year that contains `at`, on its own clock."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    if unit == "hour":
        return hour
    day = hour.replace(hour=0)
    match unit:
        case "day":
            return day
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)


def key_text(mapper: MapperSpec, at: datetime) -> str:
    """The downstream key of a period."""
    return at.strftime(mapper.output_format).replace("{quarter}", str((at.month - 1) // 3 + 1))


def _member_text(mapper: MapperSpec, at: datetime) -> str:
    return key_text(mapper, at) if mapper.kind == "start" else _one(mapper, at.isoformat())


def period_of(mapper: MapperSpec, key: str) -> datetime:
    """The naive start of the period that a key made by this mapper stands for.  Raises PartitionKeyError."""
    if mapper.kind != "start":
        raise PartitionKeyError(f"a window of time needs a mapper of time, not {mapper.kind}")
    found = key_pattern(mapper.output_format).fullmatch(key)
    if found is None:
        raise PartitionKeyError(f"the key {key!r} does not look like {mapper.output_format!r}")
    parts = {name: int(text) for name, text in found.groupdict().items()}
    month = (parts["quarter"] - 1) * 3 + 1 if "quarter" in parts else parts.get("m", 1)
    try:
        clock = (parts.get("H", 0), parts.get("M", 0), parts.get("S", 0))
        return datetime(parts["Y"], month, parts.get("d", 1), *clock)  # noqa: DTZ001 - a wall clock's time
    except (KeyError, ValueError) as error:
        raise PartitionKeyError(f"the key {key!r} is not a time as {mapper.output_format!r}: {error}") from None


def key_pattern(output_format: str) -> re.Pattern[str]:
    """What keys of a format look like, with a group for each part.  Raises PartitionKeyError for a part used twice."""
    pattern, at, seen = "", 0, set()
    while at < len(output_format):
        pair = output_format[at : at + 2]
        if pair in _DIGITS or output_format.startswith("{quarter}", at):
            name, size, shape = ("quarter", 9, "[1-4]") if pair == "{q" else (pair[1], 2, _DIGITS[pair])
            if name in seen:
                raise PartitionKeyError(f"the format {output_format!r} has the part {name!r} twice")
            seen.add(name)
            pattern += f"(?P<{name}>{shape})"
            at += size
        else:
            pattern += re.escape(output_format[at])
            at += 1
    return re.compile(pattern)


def _aware(mapper: MapperSpec, at: datetime) -> datetime:
    # a time that the clock leaps over becomes the one it leaps to
    return at.replace(tzinfo=zone(mapper.timezone)).astimezone(UTC).astimezone(zone(mapper.timezone))


def upstream_key(mapper: MapperSpec, at: datetime) -> str:
    """The upstream key of a naive time on the clock of the mapper."""
    return _aware(mapper, at).strftime(mapper.input_format)


def members(window: WindowSpec, start: datetime) -> Iterable[datetime]:
    """The naive starts of the smaller periods of a larger one."""
    if window.unit == "month":
        return _days_of_month(window, start)
    count, step = _STEPS[window.unit]
    first = step(start, 1 - count) if window.backward else start
    return (step(first, number) for number in range(count))


def _days_of_month(window: WindowSpec, start: datetime) -> Iterable[datetime]:
    if window.backward:  # the days after the first one of the month before, up to this one
        first = _months(start, -1)
        return (first + timedelta(days=number + 1) for number in range((start - first).days))
    return (start + timedelta(days=number) for number in range((_months(start, 1) - start).days))


def _months(at: datetime, count: int) -> datetime:
    total = at.month - 1 + count
    return at.replace(year=at.year + total // 12, month=total % 12 + 1, day=1)


_STEPS: dict[str, tuple[int, Callable[[datetime, int], datetime]]] = {
    "hour": (60, lambda at, count: at + timedelta(minutes=count)),
    "day": (24, lambda at, count: at + timedelta(hours=count)),
    "week": (7, lambda at, count: at + timedelta(days=count)),
    "quarter": (3, _months),
    "year": (12, _months),
}
