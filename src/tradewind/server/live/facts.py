"""From what changed to what is sent: reads the rows that somebody watches, once for all who do.

Called by `server.live.hub`, in its thread and for those who resume.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tradewind.core.pictures import code
from tradewind.server.drawing.common import ms
from tradewind.server.live.models import CellsEvent, DagEvent, GoneEvent, RunChange, RunEvent, TaskChange, TasksEvent
from tradewind.server.live.topics import dag_topic, run_topic, ti_topic
from tradewind.server.models.common import Answer
from tradewind.store.changes import Changed
from tradewind.store.reads import Row

if TYPE_CHECKING:
    from tradewind.store import Store

KNOWN_RUNS = 10_000
HINTS: dict[str, tuple[str, ...]] = {
    "failures": ("home",),
    "hitl": ("hitl", "home"),
    "imports": ("imports", "home"),
    "assets": ("assets", "home"),
    "backfills": ("backfills",),
    "kept_secrets": (),
    "pools": ("pools",),
    "secrets": (),
    "triggers": (),
}
"""What was noted -> the topics that are told to look."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An event and who gets it."""

    name: str
    data: str
    """JSON."""
    topics: frozenset[str]
    dag_id: str | None
    """Only for those who may see this DAG."""


@dataclass(slots=True)
class Merged:
    """What several transactions changed."""

    tasks: dict[int, dict[str, None]] = field(default_factory=dict)
    runs: dict[int, None] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)
    whole: set[int] = field(default_factory=set)
    dags: dict[str, None] = field(default_factory=dict)
    gone: dict[tuple[str, str | None], None] = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)


def merged(changes: Iterable[Changed]) -> Merged:
    """All of it together, each thing once."""
    found = Merged()
    for change in changes:
        for run_pk, ids in change.tasks.items():
            found.tasks.setdefault(run_pk, {}).update(dict.fromkeys(ids))
        found.runs.update(dict.fromkeys((*change.new, *change.runs, *change.whole)))
        found.new.update(change.new)
        found.whole.update(change.whole)
        found.dags.update(dict.fromkeys(change.dags))
        found.gone.update(dict.fromkeys((dag_id, run_id) for dag_id, run_id in change.gone))
        found.topics.update(change.topics)
    return found


class Facts:
    """Reads what changed.  Used under the lock of the hub."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._runs: OrderedDict[int, tuple[str, str]] = OrderedDict()
        """Run key -> (dag id, run id), which never change."""

    def events(self, changes: Sequence[Changed], position: int, wanted: Callable[[str], bool]) -> list[Sent]:
        """The events for those topics that somebody wants."""
        found = merged(changes)
        names = self._names({*found.runs, *found.tasks})
        return [
            *self._gone(found, position, wanted),
            *self._dags(found, position, wanted),
            *self._run_events(found, names, position, wanted),
            *self._task_events(found, names, position, wanted),
        ]

    @staticmethod
    def hints(changes: Iterable[Changed]) -> set[str]:
        """The topics whose watchers are to look anew."""
        found: set[str] = set()
        for change in changes:
            if change.runs or change.new or change.gone or change.dags:
                found.add("home")
            for topic in change.topics:
                found.update(HINTS.get(topic, ()))
        return found

    def _names(self, run_pks: Collection[int]) -> dict[int, tuple[str, str]]:
        missing = [run_pk for run_pk in run_pks if run_pk not in self._runs]
        if missing:
            self._runs.update(self._store.reads.watched.names(missing))
        found = {}
        for run_pk in run_pks:
            if run_pk in self._runs:
                self._runs.move_to_end(run_pk)
                found[run_pk] = self._runs[run_pk]
        while len(self._runs) > KNOWN_RUNS:
            self._runs.popitem(last=False)
        return found

    def _gone(self, found: Merged, position: int, wanted: Callable[[str], bool]) -> Iterable[Sent]:
        for dag_id, run_id in found.gone:
            topics = ["dags", dag_topic(dag_id)]
            if run_id is not None:
                topics.append(run_topic(dag_id, run_id))
            if any(map(wanted, topics)):
                yield _sent(GoneEvent(position=position, dag_id=dag_id, run_id=run_id), topics, dag_id)

    def _dags(self, found: Merged, position: int, wanted: Callable[[str], bool]) -> Iterable[Sent]:
        ids = [dag_id for dag_id in found.dags if wanted("dags") or wanted(dag_topic(dag_id))]
        for row in self._store.reads.watched.dags(ids):
            event = DagEvent(position=position, **row)
            yield _sent(event, ("dags", dag_topic(row["dag_id"])), row["dag_id"])

    def _run_events(
        self, found: Merged, names: dict[int, tuple[str, str]], position: int, wanted: Callable[[str], bool]
    ) -> Iterable[Sent]:
        topics = {
            run_pk: ("dags", dag_topic(names[run_pk][0]), run_topic(*names[run_pk]))
            for run_pk in found.runs
            if run_pk in names
        }
        pks = [run_pk for run_pk, keys in topics.items() if any(map(wanted, keys))]
        for row in self._store.reads.watched.runs(pks):
            event = RunEvent(
                position=position,
                dag_id=row["dag_id"],
                run=RunChange(**{name: row[name] for name in RunChange.model_fields}),
                new=row["id"] in found.new,
                refetch=row["id"] in found.whole,
            )
            yield _sent(event, topics[row["id"]], row["dag_id"])

    def _task_events(
        self, found: Merged, names: dict[int, tuple[str, str]], position: int, wanted: Callable[[str], bool]
    ) -> Iterable[Sent]:
        interesting = {
            run_pk: ids
            for run_pk, ids in found.tasks.items()
            if run_pk in names and run_pk not in found.whole and self._watched(names[run_pk], wanted)
        }
        rows = self._store.reads.watched.tasks([ti_id for ids in interesting.values() for ti_id in ids])
        by_run: defaultdict[int, list[Row]] = defaultdict(list)
        for row in rows:
            by_run[row["dag_run_id"]].append(row)
        for run_pk, items in by_run.items():
            yield from self._of_run(run_pk, *names[run_pk], items, position, wanted)

    @staticmethod
    def _watched(name: tuple[str, str], wanted: Callable[[str], bool]) -> bool:
        dag_id, run_id = name
        # whoever watches a task instance is also counted under the beginning of its topic
        return wanted(dag_topic(dag_id)) or wanted(run_topic(dag_id, run_id)) or wanted(f"ti{run_topic(*name)[3:]}")

    def _of_run(
        self, run_pk: int, dag_id: str, run_id: str, items: list[Row], position: int, wanted: Callable[[str], bool]
    ) -> Iterable[Sent]:
        changes = [_task_change(row) for row in items]
        if wanted(run_topic(dag_id, run_id)):
            event = TasksEvent(position=position, dag_id=dag_id, run_id=run_id, run_pk=run_pk, items=changes)
            yield _sent(event, (run_topic(dag_id, run_id),), dag_id)
        for change in changes:
            topic = ti_topic(dag_id, run_id, change.task_id, change.map_index)
            if wanted(topic):
                single = TasksEvent(position=position, dag_id=dag_id, run_id=run_id, run_pk=run_pk, items=[change])
                yield _sent(single, (topic,), dag_id)
        if wanted(dag_topic(dag_id)):
            codes = {row["task_id"]: code(row["state"]) for row in items if row["map_index"] < 0}
            mapped = sorted({row["task_id"] for row in items if row["map_index"] >= 0})
            codes |= self._store.reads.grid.cells_of(run_pk, mapped)
            cells = CellsEvent(
                position=position,
                dag_id=dag_id,
                run_id=run_id,
                run_pk=run_pk,
                tasks=list(codes),
                codes=list(codes.values()),
            )
            yield _sent(cells, (dag_topic(dag_id),), dag_id)


def _task_change(row: Row) -> TaskChange:
    return TaskChange(
        task_id=row["task_id"],
        map_index=row["map_index"],
        name=row["rendered_map_index"],
        state=row["state"],
        try_number=row["try_number"],
        queued=ms(row["queued_at"]),
        start=ms(row["start_date"]),
        end=ms(row["end_date"]),
        has_note=bool(row["has_note"]),
        reason=row["reason"],
    )


def _sent(event: Answer, topics: Iterable[str], dag_id: str | None) -> Sent:
    name: str = event.kind  # type: ignore[attr-defined]
    return Sent(name, event.model_dump_json(), frozenset(topics), dag_id)
