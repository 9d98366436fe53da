"""The graph of a DAG, the states of a run on it, and its timeline."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from fastapi.responses import Response

from tradewind.core.critical_path import Span, critical_path, latest
from tradewind.core.pictures import ABSENT, code
from tradewind.errors import NotFoundError
from tradewind.server import hidden
from tradewind.server.api.responses import errors
from tradewind.server.context import Context
from tradewind.server.drawing.common import STATE_CODES, bytes_text, ms
from tradewind.server.drawing.common import router as make_router
from tradewind.server.drawing.grid import rows_of
from tradewind.server.kept import Kept
from tradewind.server.models.common import Answer
from tradewind.server.params import MAX_INT, DagId, RunId
from tradewind.spec.assets import AssetUse
from tradewind.spec.assets import Condition as AssetCondition
from tradewind.spec.dag import DagSpec
from tradewind.store.reads.run_tasks import RunTasks, TaskSum

router = make_router()
_OVER = frozenset({"success", "failed", "skipped", "upstream_failed", "removed"})


class GraphNode(Answer):
    """A task, a task group, or an asset at the border."""

    id: str
    """Of a task or group its id; of an asset `asset:` and its name, `alias:` and its name."""
    kind: Literal["task", "group", "asset", "alias"]
    label: str
    parent: str | None
    """The innermost group it is in."""
    operator: str | None = None
    trigger_rule: str | None = None
    mapped: bool = False
    setup: bool = False
    teardown: bool = False
    sensor: bool = False
    uri: str | None = None
    tooltip: str | None = None
    color: str | None = None
    text_color: str | None = None


class GraphEdge(Answer):
    """From a node to one that comes after it."""

    source: str
    target: str
    label: str | None = None
    kind: Literal["task", "setup", "asset"] = "task"
    """`setup`: from a setup to its teardown; `asset`: an inlet, an outlet, or the schedule."""


class GraphResponse(Answer):
    """The graph of one version of a DAG."""

    dag_id: str
    version_number: int
    version_id: str
    """The same id, the same graph: a layout may be kept under it."""
    nodes: list[GraphNode]
    edges: list[GraphEdge]


class MappedCounts(Answer):
    """The instances of a mapped task by state."""

    task: int
    """Place in `tasks`."""
    counts: dict[str, int]


class GraphStatesResponse(Answer):
    """The states of a run by task; every list has an entry for each task.  Times are milliseconds since 1970 (UTC)."""

    position: int
    dag_id: str
    run_id: str
    run_state: str
    version_number: int
    tasks: list[str]
    states: str
    """Base64 of one byte a task; of a mapped one the state that stands for all its instances."""
    state_codes: list[str]
    try_number: list[int]
    start: list[int | None]
    end: list[int | None]
    critical_path: list[str]
    """The tasks that decided how long the run took, or takes, first to last; none that was skipped, or failed only for
    what was above it."""
    mapped: list[MappedCounts]


class TimelineResponse(Answer):
    """The tasks of a run over time; every list has an entry for each task.  Times are milliseconds since 1970 (UTC)."""

    position: int
    dag_id: str
    run_id: str
    run_state: str
    run_start: int | None
    run_end: int | None
    now: int
    tasks: list[str]
    """In the order of the grid; of a mapped task all instances together."""
    instances: list[int]
    states: str
    """Base64 of one byte a task."""
    state_codes: list[str]
    try_number: list[int]
    mapped: list[bool]
    ready: list[int | None]
    """When the last of the tasks before it had ended, or the run started; null: not yet."""
    queued: list[int | None]
    start: list[int | None]
    end: list[int | None]
    critical_path: list[CriticalTask]
    """The tasks that decided how long the run took, or takes, first to last; on the first page only."""
    next: int | None
    """Pass as `after` for more tasks."""


class CriticalTask(Answer):
    """A task on the critical path."""

    task_id: str
    waited_seconds: float
    """After the task before it had ended: for the scheduler, a slot, a retry."""
    worked_seconds: float


TimelineResponse.model_rebuild()
_kept: Kept[bytes] = Kept(64 * 1024 * 1024)
"""The answers for versions that were asked for lately: a version never changes."""
Version = Annotated[int | None, Query(ge=1, le=MAX_INT, description="Without it: the newest version.")]


@router.get("/dags/{dag_id}/graph", response_model=GraphResponse, responses=errors(404))
def get_dag_graph(context: Context, dag_id: DagId, version_number: Version = None) -> Response:
    """Tasks, groups, assets at the border, and the edges between them."""
    found = context.store.reads.versions.numbered(dag_id, version_number)
    if found is None:
        version = "" if version_number is None else f" version {version_number}"
        raise NotFoundError(f"there is no DAG {dag_id!r}{version}")
    uuid, number, spec = found
    masker = hidden.masker()
    key = (uuid, masker, masker.revision)  # before what is hidden is looked for
    body = _kept.get(key)
    if body is None:
        nodes, edges = _nodes(spec), _edges(spec)
        graph = GraphResponse.model_construct(
            dag_id=dag_id, version_number=number, version_id=uuid, nodes=nodes, edges=edges
        )
        body = graph.model_dump_json().encode()
        _kept.put(key, body, len(body))
    return Response(body, media_type="application/json")


@router.get("/dags/{dag_id}/runs/{run_id}/graph-states", responses=errors(404))
def get_run_graph_states(context: Context, dag_id: DagId, run_id: RunId) -> GraphStatesResponse:
    """The states of a run by task, of mapped tasks with their counts."""
    found = context.store.reads.run_tasks.tasks(dag_id, run_id)
    ids = _order(found)
    places = {task_id: place for place, task_id in enumerate(ids)}
    tasks = [found.tasks.get(task_id) for task_id in ids]
    return GraphStatesResponse(
        position=found.position,
        dag_id=dag_id,
        run_id=run_id,
        run_state=found.run["state"],
        version_number=found.run["version_number"],
        tasks=ids,
        states=bytes_text(ABSENT if task is None else code(task.state) for task in tasks),
        state_codes=STATE_CODES,
        try_number=[0 if task is None else task.try_number for task in tasks],
        start=[None if task is None else ms(task.start_date) for task in tasks],
        end=[None if task is None else ms(task.end_date) for task in tasks],
        critical_path=[task.task_id for task in path_of(found, context.now().timestamp())],
        mapped=[
            MappedCounts(task=places[task_id], counts={state or "no_status": n for state, n in counts.items()})
            for task_id, counts in found.counts.items()
        ],
    )


@router.get("/dags/{dag_id}/runs/{run_id}/timeline", responses=errors(404))
def get_run_timeline(
    context: Context,
    dag_id: DagId,
    run_id: RunId,
    after: Annotated[int, Query(ge=0, le=MAX_INT, description="`next` of the page before.")] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 2000,
) -> TimelineResponse:
    """When the tasks of a run were queued, started and ended, and which of them decided how long it took."""
    found = context.store.reads.run_tasks.tasks(dag_id, run_id, counts=False)
    now = context.now()
    ids = _order(found)
    page = ids[after : after + limit]
    tasks = [found.tasks.get(task_id) for task_id in page]
    return TimelineResponse(
        position=found.position,
        dag_id=dag_id,
        run_id=run_id,
        run_state=found.run["state"],
        run_start=ms(found.run["start_date"]),
        run_end=ms(found.run["end_date"]),
        now=round(now.timestamp() * 1000),
        tasks=page,
        instances=[0 if task is None else task.count for task in tasks],
        states=bytes_text(ABSENT if task is None else code(task.state) for task in tasks),
        state_codes=STATE_CODES,
        try_number=[0 if task is None else task.try_number for task in tasks],
        mapped=[task is not None and task.mapped for task in tasks],
        ready=_ready(found, page),
        queued=[None if task is None else ms(task.queued_at) for task in tasks],
        start=[None if task is None else ms(task.start_date) for task in tasks],
        end=[None if task is None or (task.state == "running") else ms(task.end_date) for task in tasks],
        critical_path=path_of(found, now.timestamp()) if after == 0 else [],
        next=after + limit if after + limit < len(ids) else None,
    )


def _ready(found: RunTasks, task_ids: list[str]) -> list[int | None]:
    """When nothing before the tasks was left to wait for."""
    upstream = {task.task_id: task.upstream for task in found.spec.tasks}
    over = {task_id: task.end_date for task_id, task in found.tasks.items() if task.end_date and task.state in _OVER}

    def ready(task_id: str) -> int | None:
        above = [name for name in upstream.get(task_id, ()) if name in found.tasks]
        if any(name not in over for name in above):
            return None
        return ms(max((over[name] for name in above), default=found.run["start_date"]))

    return [ready(task_id) for task_id in task_ids]


def path_of(found: RunTasks, now: float) -> list[CriticalTask]:
    """The tasks that decided how long the run took; `now`: seconds since 1970, for what still runs."""

    def span_of(task_id: str) -> Span | None:
        task = found.tasks.get(task_id)
        if task is None or task.start_date is None or not _on_path(task):
            return None
        end = task.end_date if task.state in _OVER else None
        return Span(task_id, task.start_date.timestamp(), now if end is None else end.timestamp())

    # of thousands of tasks only those are turned into numbers that may be the last
    begun = [task for task in found.tasks.values() if _on_path(task)]
    over = {task.task_id: task.end_date for task in begun if task.end_date is not None and task.state in _OVER}
    at = max(over.values(), default=None)
    ends = [task_id for task_id, end in over.items() if end == at]
    going = [task.task_id for task in begun if task.task_id not in over]
    last = latest(span for task_id in (*ends, *going) if (span := span_of(task_id)) is not None)
    upstream = {task.task_id: task.upstream for task in found.spec.tasks}
    started = found.run["start_date"]
    return [
        CriticalTask(
            task_id=stretch.task_id,
            waited_seconds=round(stretch.waited, 6),
            worked_seconds=round(stretch.worked, 6),
        )
        for stretch in critical_path(last, span_of, upstream, started.timestamp() if started is not None else None)
    ]


def _on_path(task: TaskSum) -> bool:
    """Whether it can have decided anything; what was removed while it ran has no end."""
    return task.ran and (task.end_date is not None or task.state not in _OVER)


def _order(found: RunTasks) -> list[str]:
    """The tasks of the run's version, then those that the run has besides."""
    ids = [task.task_id for task in rows_of(found.spec)]
    return ids + sorted(found.tasks.keys() - set(ids))


# --- The graph ----------------------------------------------------------------------------------------------


def _nodes(spec: DagSpec) -> list[GraphNode]:
    nodes = [
        GraphNode.model_construct(
            id=group.group_id,
            kind="group",
            label=group.display_name or group.group_id.rpartition(".")[2],
            parent=group.parent,
            mapped=group.expand is not None,
            tooltip=group.tooltip or None,
        )
        for group in spec.groups
    ]
    nodes += [
        GraphNode.model_construct(
            id=task.task_id,
            kind="task",
            label=task.task_display_name or task.task_id.removeprefix(f"{task.group}." if task.group else ""),
            parent=task.group,
            operator=task.operator_name or task.operator,
            trigger_rule=task.trigger_rule.value,
            mapped=task.expand is not None,
            setup=task.is_setup,
            teardown=task.is_teardown,
            sensor=task.is_sensor,
            color=task.ui_color,
            text_color=task.ui_fgcolor,
        )
        for task in spec.tasks
    ]
    uses = [*_scheduling(spec), *(use for task in spec.tasks for use in (*task.inlets, *task.outlets))]
    seen: dict[str, GraphNode] = {}
    for use in uses:
        name = _border(use)
        kind: Literal["asset", "alias"] = "alias" if use.kind == "alias" else "asset"
        seen.setdefault(
            name, GraphNode(id=name, kind=kind, label=use.name or use.uri, parent=None, uri=use.uri or None)
        )
    return nodes + list(seen.values())


def _edges(spec: DagSpec) -> list[GraphEdge]:
    labels = {(above, below): label for above, below, label in spec.edge_labels}
    setups = {task.task_id for task in spec.tasks if task.is_setup}
    teardowns = {task.task_id for task in spec.tasks if task.is_teardown}
    edges = [
        GraphEdge.model_construct(
            source=above,
            target=task.task_id,
            label=labels.get((above, task.task_id)),
            kind="setup" if above in setups and task.task_id in teardowns else "task",
        )
        for task in spec.tasks
        for above in task.upstream
    ]
    roots = [task.task_id for task in spec.tasks if not task.upstream]
    for use in _scheduling(spec):
        edges += [GraphEdge.model_construct(source=_border(use), target=root, kind="asset") for root in roots]
    for task in spec.tasks:
        edges += [
            GraphEdge.model_construct(source=_border(use), target=task.task_id, kind="asset") for use in task.inlets
        ]
        edges += [
            GraphEdge.model_construct(source=task.task_id, target=_border(use), kind="asset") for use in task.outlets
        ]
    return edges


def _border(use: AssetUse) -> str:
    return f"{'alias' if use.kind == 'alias' else 'asset'}:{use.name or use.uri}"


def _scheduling(spec: DagSpec) -> list[AssetUse]:
    """The assets that the schedule waits for, each once."""
    found: dict[AssetUse, None] = {}

    def walk(condition: AssetCondition) -> None:
        if condition.use is not None:
            found.setdefault(condition.use)
        for part in condition.parts:
            walk(part)

    if spec.asset_schedule is not None:
        walk(spec.asset_schedule.condition)
    return list(found)
