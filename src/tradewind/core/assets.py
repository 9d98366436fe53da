"""When a DAG that waits for assets runs, and on which events.  Pure: events in, runs to make out.

Called by `services.assets` for the consumers of the assets that changed; `missing` also by whoever explains why a DAG
waits.

Theory.  Events are a log, and its order decides.  The events of one emission (one attempt of a task, one call of the
API) are offered to a consumer together.  What a consumer has seen since its last run is its queue, one entry per asset;
when the condition holds, a run is made that consumes every event since the last one, and the queue is empty again.  So
each emission that completes a condition makes exactly one run, however fast emissions follow each other, and the
outcome depends on nothing but the log.  A paused consumer sees nothing, but its next run consumes what passed.

Which runs an event of a partition is for may be known to code of the user only (`to_ask`).  The emission is then put
aside for this consumer, and offered to it when the answers are there; the consumer has seen it when the log passed it,
paused or not since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from tradewind.core import partitions
from tradewind.core.partitions import PartitionKeyError
from tradewind.core.phrases import names, say
from tradewind.core.words import listed
from tradewind.spec.assets import AssetSchedule, AssetUse, Condition, Mapped, MappedKey, MapperSpec
from tradewind.spec.ids import run_id_for
from tradewind.spec.states import DagRunType


@dataclass(frozen=True, slots=True)
class Event:
    """One row of the log."""

    id: int
    at: datetime
    asset_id: int
    name: str
    uri: str
    emission: str
    aliases: tuple[tuple[int, str], ...] = ()
    """(id, name) of those through which it came."""
    partition_key: str | None = None
    partition_date: datetime | None = None
    """Of the run that emitted it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry of a consumer's queue: an asset that changed since its last run, directly or through an alias."""

    asset_id: int
    alias_id: int
    """0: directly."""
    name: str
    uri: str
    alias: str
    event_id: int
    at: datetime

    @property
    def key(self) -> tuple[int, int]:
        """What there is one entry of."""
        return self.asset_id, self.alias_id


@dataclass(frozen=True, slots=True)
class Received:
    """An event that a partition of a consumer waits with."""

    event: Event
    member: str
    """The key of the event: what it counts as in a rollup."""


@dataclass(slots=True)
class Consumer:
    """A DAG that waits for assets."""

    dag_id: str
    schedule: AssetSchedule
    since: int
    """The newest event that its runs consumed, or that was there before it."""
    paused: bool = False
    queue: dict[tuple[int, int], Seen] = field(default_factory=dict)
    partitions: dict[str, list[Received]] = field(default_factory=dict)
    """Downstream key -> what came for it since its last run."""
    needs: dict[str, dict[int, MappedKey]] = field(default_factory=dict)
    """Downstream key -> mapper (its place in the schedule: `mapper_at`) -> what code of the user said of the key."""


@dataclass(frozen=True, slots=True)
class Firing:
    """A run to make."""

    dag_id: str
    run_id: str
    at: datetime
    """Of the event that completed the condition."""
    since: int
    up_to: int
    """It consumes the events of its assets after `since`, up to this one (not of a partitioned schedule)."""
    reason: str
    partition_key: str | None = None
    partition_date: datetime | None = None
    events: tuple[int, ...] = ()
    """Of a partitioned schedule: what it consumes."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An event that a partitioned consumer cannot take."""

    dag_id: str
    event_id: int
    reason: str


def leaves(condition: Condition) -> Iterator[AssetUse]:
    """The assets, aliases and references of a condition."""
    if condition.use is not None:
        yield condition.use
    for part in condition.parts:
        yield from leaves(part)


def means(use: AssetUse, name: str, uri: str, aliases: Iterable[str], *, direct: bool = True) -> bool:
    """Whether an asset that changed, directly or through aliases, is what a leaf stands for."""
    match use.kind:
        case "alias":
            return use.name in aliases
        case "name":
            return direct and use.name == name
        case "uri":
            return direct and use.uri == uri
        case _:
            return direct and (use.name, use.uri) == (name, uri)


def holds(condition: Condition, met: frozenset[AssetUse]) -> bool:
    """Whether a condition is met when these leaves are."""
    if condition.use is not None:
        return condition.use in met
    results = (holds(part, met) for part in condition.parts)
    return all(results) if condition.op == "all" else any(results)


def met_by(condition: Condition, seen: Iterable[Seen]) -> frozenset[AssetUse]:
    """The leaves that a queue fulfils."""
    entries = list(seen)
    return frozenset(
        use
        for use in leaves(condition)
        if any(
            means(use, item.name, item.uri, (item.alias,) if item.alias_id else (), direct=not item.alias_id)
            for item in entries
        )
    )


def missing(condition: Condition, seen: Iterable[Seen]) -> tuple[AssetUse, ...]:
    """The leaves of which an update would bring the DAG nearer to a run; empty when the condition is met.

    Of an `any` that is not met those are all its leaves: one of them is enough.
    """
    return tuple(dict.fromkeys(_unmet(condition, met_by(condition, seen))))


def _unmet(condition: Condition, met: frozenset[AssetUse]) -> Iterator[AssetUse]:
    if holds(condition, met):
        return
    if condition.use is not None:
        yield condition.use
    for part in condition.parts:
        yield from _unmet(part, met)


def why_waiting(condition: Condition, seen: Iterable[Seen]) -> str | None:
    """A sentence that names the updates the DAG waits for; None when its condition is met."""
    entries = list(seen)
    absent = missing(condition, entries)
    if not absent:
        return None
    total = len(set(leaves(condition)))
    if total == 1:
        return say("assets.one", assets=label(absent[0]))
    if condition.op == "any" and not any(part.parts for part in condition.parts):
        return say("assets.any", assets=names(map(label, absent), code=False))
    here = len(met_by(condition, entries))
    key = "assets.last" if len(absent) == 1 else "assets.some"
    return say(key, assets=names(map(label, absent), code=False), here=here, total=total)


def label(use: AssetUse) -> str:
    """How a leaf is shown."""
    return f"alias {use.name}" if use.kind == "alias" else use.name or use.uri


DEFAULT_MAPPER = -1


def mapper_at(uses: Iterable[AssetUse], name: str, uri: str, aliases: Iterable[str] = ()) -> int:
    """Which of the mappers of a schedule, for these assets each, is for the events of an asset; or DEFAULT_MAPPER."""
    names = tuple(aliases)
    return next((place for place, use in enumerate(uses) if means(use, name, uri, names)), DEFAULT_MAPPER)


def mapper_for(schedule: AssetSchedule, name: str, uri: str, aliases: Iterable[str] = ()) -> MapperSpec:
    """The mapper for the events of an asset."""
    place = mapper_at((entry.use for entry in schedule.mappers), name, uri, aliases)
    return schedule.default_mapper if place == DEFAULT_MAPPER else schedule.mappers[place].mapper


def emissions(events: Sequence[Event]) -> Iterator[list[Event]]:
    """The log in pieces that are decided together."""
    for _, group in groupby(events, key=lambda event: event.emission):
        yield list(group)


def offer(consumer: Consumer, events: Sequence[Event]) -> tuple[list[Firing], list[Refused]]:
    """Show one emission to a consumer: its queue or partitions change, and runs may follow.

    Events that are `to_ask` are left out: `offer_mapped` is for them.
    """
    wanted = _wanted(consumer, events)
    if not wanted:
        return [], []
    if consumer.schedule.partitioned:
        asked = {event.id for event in to_ask(consumer, events)}
        return _offer_partitioned(consumer, [event for event in wanted if event.id not in asked], {})
    firing = _offer_plain(consumer, [event for event in wanted if event.partition_key is None])
    return ([firing] if firing is not None else []), []


def to_ask(consumer: Consumer, events: Sequence[Event]) -> list[Event]:
    """The events of an emission that wait until code of the user said what runs they are for.

    All that have a key, when that concerns one of them: an emission is decided as a whole.
    """
    if not consumer.schedule.partitioned:
        return []
    keyed = [event for event in _wanted(consumer, events) if event.partition_key is not None]
    return keyed if any(partitions.has_code(_mapper(consumer, event)) for event in keyed) else []


def offer_mapped(
    consumer: Consumer, events: Sequence[Event], answers: Mapping[int, Mapped]
) -> tuple[list[Firing], list[Refused]]:
    """Show events of one emission to a partitioned consumer, with what code of the user said of each (by its id)."""
    wanted = [event for event in events if _concerns(consumer.schedule, event)]
    return _offer_partitioned(consumer, wanted, answers)


def _wanted(consumer: Consumer, events: Sequence[Event]) -> list[Event]:
    if consumer.paused:
        return []
    return [event for event in events if event.id > consumer.since and _concerns(consumer.schedule, event)]


def _concerns(schedule: AssetSchedule, event: Event) -> bool:
    aliases = [name for _, name in event.aliases]
    return any(means(use, event.name, event.uri, aliases) for use in leaves(schedule.condition))


def _offer_plain(consumer: Consumer, events: Sequence[Event]) -> Firing | None:
    condition = consumer.schedule.condition
    for event in events:
        for alias_id, alias in ((0, ""), *event.aliases):
            seen = Seen(event.asset_id, alias_id, event.name, event.uri, alias, event.id, event.at)
            if met_by(condition, [seen]):
                consumer.queue.setdefault(seen.key, seen)
    if not events or not holds(condition, met_by(condition, consumer.queue.values())):
        return None
    last = events[-1]
    names = listed((item.name for item in sorted(consumer.queue.values(), key=lambda item: item.event_id)), mark="")
    firing = Firing(
        dag_id=consumer.dag_id,
        run_id=f"{run_id_for(DagRunType.ASSET_TRIGGERED, last.at)}_{last.id}",
        at=last.at,
        since=consumer.since,
        up_to=last.id,
        reason=str(say("recorded.assets_updated", assets=names)),
    )
    consumer.queue.clear()
    consumer.since = last.id
    return firing


# --- Partitions -------------------------------------------------------------------------------------------------


def keys_of(consumer: Consumer, events: Sequence[Event], answers: Mapping[int, Mapped] | None = None) -> set[str]:
    """The downstream keys that events are for: what must be known of the consumer before they are offered."""
    found: set[str] = set()
    for event in events:
        if event.partition_key is not None and _concerns(consumer.schedule, event):
            try:
                found.update(_keys(consumer, event, event.partition_key, answers or {}))
            except PartitionKeyError:  # who offers it reports it, or it is asked about
                continue
    return found


def _place(consumer: Consumer, event: Event) -> int:
    uses = (entry.use for entry in consumer.schedule.mappers)
    return mapper_at(uses, event.name, event.uri, [name for _, name in event.aliases])


def _mapper(consumer: Consumer, event: Event) -> MapperSpec:
    return mapper_for(consumer.schedule, event.name, event.uri, [name for _, name in event.aliases])


def _keys(consumer: Consumer, event: Event, key: str, answers: Mapping[int, Mapped]) -> tuple[str, ...]:
    """What runs an event is for.  Raises PartitionKeyError."""
    mapper, answer = _mapper(consumer, event), answers.get(event.id)
    if answer is None:
        return partitions.downstream_keys(mapper, key)
    if answer.refused:
        raise PartitionKeyError(answer.refused)
    return partitions.checked_keys(mapper, key, tuple(dict.fromkeys(item.key for item in answer.keys)))


def _offer_partitioned(
    consumer: Consumer, events: Sequence[Event], answers: Mapping[int, Mapped]
) -> tuple[list[Firing], list[Refused]]:
    touched: dict[str, Event] = {}
    refused: list[Refused] = []
    for event in events:
        if event.partition_key is None:
            text = f"an event of {event.name} has no partition key, and this DAG runs by partition"
            refused.append(Refused(consumer.dag_id, event.id, text))
            continue
        try:
            keys = _keys(consumer, event, event.partition_key, answers)
        except PartitionKeyError as error:
            refused.append(Refused(consumer.dag_id, event.id, f"an event of {event.name}: {error}"))
            continue
        if event.id in answers and partitions.has_code(_mapper(consumer, event)):
            for item in answers[event.id].keys:
                consumer.needs.setdefault(item.key, {})[_place(consumer, event)] = item
        for key in keys:
            consumer.partitions.setdefault(key, []).append(Received(event, event.partition_key))
            touched[key] = event
    firings = [_partition_firing(consumer, key, last) for key, last in touched.items() if not missing_of(consumer, key)]
    for firing in firings:
        assert firing.partition_key is not None
        del consumer.partitions[firing.partition_key]
        consumer.needs.pop(firing.partition_key, None)
    return firings, refused


def missing_of(consumer: Consumer, key: str) -> tuple[str, ...]:
    """What a partition waits for, each as a text; empty when it is complete."""
    received: defaultdict[AssetUse, list[Received]] = defaultdict(list)
    condition = consumer.schedule.condition
    for item in consumer.partitions.get(key, ()):
        event = item.event
        for use in leaves(condition):
            if means(use, event.name, event.uri, [name for _, name in event.aliases]):
                received[use].append(item)
    met, texts = set(), {}
    for use in leaves(condition):
        items = received[use]
        if not items:
            texts[use] = label(use)
            continue
        try:
            mapper, told = _mapper(consumer, items[0].event), _told(consumer, key, items[0].event)
            needed, absent = partitions.missing(mapper, key, [item.member for item in items], told)
        except PartitionKeyError as error:
            needed, absent = 1, (str(error),)
        if needed and not absent:
            texts[use] = f"{needed} more of {label(use)} than its window has: the wait policy can never be met"
        elif needed:
            texts[use] = f"{needed} more of {label(use)} ({listed(absent, mark='')})"
        else:
            met.add(use)
    return tuple(texts[use] for use in dict.fromkeys(_unmet(condition, frozenset(met))))


def _told(consumer: Consumer, key: str, event: Event) -> MappedKey | None:
    return consumer.needs.get(key, {}).get(_place(consumer, event))


def _partition_firing(consumer: Consumer, key: str, last: Event) -> Firing:
    received = consumer.partitions[key]
    names = listed((item.event.name for item in received), mark="")
    return Firing(
        dag_id=consumer.dag_id,
        run_id=f"{run_id_for(DagRunType.ASSET_TRIGGERED, last.at)}_{last.id}_{partitions.run_id_part(key)}",
        at=last.at,
        since=consumer.since,
        up_to=last.id,
        reason=str(say("recorded.partition_complete", partition=key, assets=names)),
        partition_key=key,
        partition_date=_date(consumer, key, received),
        events=tuple(dict.fromkeys(item.event.id for item in received)),
    )


def _date(consumer: Consumer, key: str, received: Sequence[Received]) -> datetime | None:
    """The instant of a partition: what the key says, or what all runs that emitted events for it agree on."""
    dates: set[datetime | None] = set()
    for item in received:
        mapper, told = _mapper(consumer, item.event), _told(consumer, key, item.event)
        if told is not None:
            dates.add(told.date)
            continue
        try:
            at = item.event.partition_date if mapper.kind == "identity" else partitions.partition_date(mapper, key)
        except PartitionKeyError:
            at = None
        dates.add(at)
    known = dates - {None}
    return known.pop() if len(known) == 1 else None
