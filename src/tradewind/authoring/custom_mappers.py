"""Partition mappers with code of the user's own: what their code says of the key of an event.

Called in the child process of `loading.child`, never in the scheduler.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from tradewind.authoring.asset_schedules import PartitionedAssetTimetable
from tradewind.authoring.compile_assets import use_of
from tradewind.authoring.own_code import is_own
from tradewind.authoring.partitions import PartitionMapper, RollupMapper
from tradewind.authoring.timetable import Timetable
from tradewind.authoring.timezone import is_localized, parse_timezone, plain
from tradewind.core import partitions
from tradewind.core.assets import DEFAULT_MAPPER, mapper_at
from tradewind.errors import DagAuthoringError
from tradewind.spec.assets import Mapped, MappedKey

MOST_MEMBERS = 10_000
"""So many upstream keys may make up one downstream key."""


def mapper_for(timetable: Timetable, name: str, uri: str, aliases: Iterable[str]) -> PartitionMapper:
    """The mapper for the events of an asset, by the rule of `core.assets`.  Raises `DagAuthoringError` when the DAG has
    another schedule now."""
    if not isinstance(timetable, PartitionedAssetTimetable):
        raise DagAuthoringError("the DAG does not run by partitions of assets any more")
    pairs = [
        (use_of(leaf), mapper)
        for asset, mapper in timetable.partition_mapper_config.items()
        for leaf in asset.iter_leaves()
    ]
    place = mapper_at((use for use, _ in pairs), name, uri, aliases)
    return timetable.default_partition_mapper if place == DEFAULT_MAPPER else pairs[place][1]


def ask(mapper: PartitionMapper, key: str) -> Mapped:
    """What becomes of a key: ValueError is a refusal, as of the built-in mappers.  Raises whatever else its code
    raises, and TypeError for an answer that is none."""
    try:
        found = _keys(mapper, key)
        return Mapped(keys=tuple(_described(mapper, made) for made in found))
    except ValueError as error:
        return Mapped(refused=f"{type(mapper).__name__} refuses the key {key!r}: {error}")


def _keys(mapper: PartitionMapper, key: str) -> list[str]:
    answer: Any = mapper.to_downstream(key)
    if isinstance(answer, str):
        return [answer]
    most = mapper.spec().max_downstream_keys or partitions.MOST_KEYS
    return _texts(f"{type(mapper).__name__}.to_downstream({key!r})", answer, most + 1)


def _texts(what: str, answer: Any, most: int) -> list[str]:
    """The texts that code of a user returned, each once, in order, `most` at most."""
    if not isinstance(answer, Iterable) or isinstance(answer, bytes):
        raise TypeError(f"{what} returned {answer!r}, which is no text and no list of texts")
    found: dict[str, None] = {}
    for item in itertools.islice(answer, most):
        if not isinstance(item, str):
            raise TypeError(f"{what} returned {item!r} among its keys, which is no text")
        found[item] = None
    return list(found)


def _described(mapper: PartitionMapper, key: str) -> MappedKey:
    expected = None
    to_upstream = getattr(mapper, "to_upstream", None)
    if mapper.is_rollup and to_upstream is not None:
        what = f"to_upstream({key!r}) of {type(mapper).__name__}"
        members = _texts(what, to_upstream(key), MOST_MEMBERS + 1)
        if len(members) > MOST_MEMBERS:
            raise TypeError(f"{what} returned more than {MOST_MEMBERS:,} keys")
        expected = tuple(sorted(members))
    return MappedKey(key=key, expected=expected, date=_date(mapper, key))


def _date(mapper: PartitionMapper, key: str) -> dt.datetime | None:
    """The instant that a key stands for: what the mapper decodes it to, when that is a time."""
    if not is_own(mapper, PartitionMapper):
        if isinstance(mapper, RollupMapper):
            return _date(mapper.upstream_mapper, key)
        return partitions.partition_date(mapper.spec(), key)
    try:
        at = mapper.decode_downstream(key)
    except ValueError:
        return None
    if not isinstance(at, dt.datetime):
        return None
    if not is_localized(at):
        at = at.replace(tzinfo=parse_timezone(str(getattr(mapper, "timezone", "UTC"))))
    return plain(at)
