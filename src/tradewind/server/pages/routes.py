"""Routes of the pages.  Every page is a plain GET; what changes something is a form that leads back to a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlsplit

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.staticfiles import StaticFiles

from tradewind.errors import InvalidError, TradewindError
from tradewind.server.api.auth import log_in
from tradewind.server.api.dag_runs import found_run
from tradewind.server.api.dags import found_dag
from tradewind.server.api.logs import log_reader
from tradewind.server.api.task_instances import found_task_instance
from tradewind.server.auth import COOKIE, Principal, identify
from tradewind.server.context import Context, ServerContext
from tradewind.server.errors import describe
from tradewind.server.logs import as_text, read_part
from tradewind.server.pages.views import HERE, dag_path, render, run_path, worst
from tradewind.server.params import MAX_INT, DagId, RunId, TaskId
from tradewind.server.tokens import TokenError
from tradewind.spec.ids import TaskKey
from tradewind.spec.states import FINISHED, FINISHED_RUN
from tradewind.store.reads import DagFilter, Page, Row, RunFilter, TaskInstanceFilter

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
DAGS_PER_PAGE, RUNS_PER_PAGE, TASKS_PER_PAGE = 50, 25, 500
RUNS_SHOWN = 12
GRID_CELLS, GRID_TASKS = 5000, 200
MAX_FIELDS = 20


def static_files() -> StaticFiles:
    """The style sheet and the script."""
    return StaticFiles(directory=HERE / "static")


def error_page(status: int, detail: str) -> HTMLResponse:
    """An error for a person."""
    return HTMLResponse(render("error.html", status=status, detail=detail, user=None, live=False), status)


# --- Who looks ----------------------------------------------------------------------------------------------


def _visitor(request: Request, context: Context) -> Principal:
    """Who asks; without a valid login the way leads to the login page and back."""
    try:
        principal = identify(context, request)
    except TokenError:
        principal = None
    if principal is None:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        target = "/login" if request.method != "GET" or back == "/" else f"/login?next={quote(back, safe='')}"
        raise HTTPException(303, "log in first", {"Location": target})
    return principal


Visitor = Annotated[Principal, Depends(_visitor)]


async def _form(request: Request) -> dict[str, str]:
    """Fields of a form sent by one of our pages."""
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send the form as application/x-www-form-urlencoded")
    try:
        fields = parse_qsl((await request.body()).decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise HTTPException(400, "the form cannot be read") from None
    return dict(fields)


Form = Annotated[dict[str, str], Depends(_form)]


def _local(path: str) -> str:
    """The path when it leads to a page of ours, else the home page."""
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or path.startswith("//") or "\\" in path:
        return "/"
    return path if all(character.isprintable() for character in path) else "/"


def _to(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


@router.get("/login")
def login_page(context: Context, next: str = "/") -> Any:
    """The login form."""
    if context.no_auth:
        return _to("/")
    return render("login.html", next=_local(next), problem=None, user=None, live=False)


@router.post("/login")
def login(request: Request, context: Context, form: Form) -> Any:
    """Check name and password, and remember them in a cookie."""
    target = _local(form.get("next", "/"))
    name = form.get("username", "")
    try:
        username = log_in(context, request, name, form.get("password", ""))
    except HTTPException as error:
        html = render("login.html", next=target, problem=error.detail, user=None, live=False)
        return HTMLResponse(html, error.status_code, error.headers)
    answer = _to(target)
    answer.set_cookie(
        COOKIE,
        context.tokens.issue(username),
        max_age=int(context.tokens.lifetime),
        httponly=True,
        samesite="strict",
        secure=context.secure_cookie or request.url.scheme == "https",
    )
    return answer


@router.post("/logout")
def logout() -> Any:
    """Forget the login."""
    answer = _to("/login")
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


# --- DAGs ---------------------------------------------------------------------------------------------------


@router.get("/")
def home(
    context: Context,
    user: Visitor,
    q: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=MAX_INT // DAGS_PER_PAGE)] = 1,
) -> Any:
    """DAGs with their newest runs."""
    reads = context.store.reads
    wanted = Page(DAGS_PER_PAGE, (page - 1) * DAGS_PER_PAGE)
    rows = reads.dags.page(DagFilter(dag_id_pattern=q or None), wanted)
    newest = reads.runs.latest([row["dag_id"] for row in rows.items], RUNS_SHOWN)
    problems = reads.import_errors.page(Page(20, order_by=("-timestamp",)))
    live = any(run["state"] not in FINISHED_RUN for runs in newest.values() for run in runs)
    return render(
        "home.html",
        user=user,
        dags=rows.items,
        runs=newest,
        problems=problems,
        q=q,
        page=page,
        total=rows.total or 0,
        per_page=DAGS_PER_PAGE,
        live=live or "slow",
    )


@router.get("/dags/{dag_id}")
def dag_page(
    context: Context, user: Visitor, dag_id: DagId, cursor: Annotated[str, Query(max_length=8000)] = ""
) -> Any:
    """A DAG: what its tasks did in the newest runs, and all runs page by page."""
    dag = found_dag(context, dag_id)
    runs = context.store.reads.runs.page(
        RunFilter(dag_ids=[dag_id]), Page(RUNS_PER_PAGE, order_by=("-run_after",), cursor=cursor)
    )
    grid_runs = [] if cursor else runs.items[: max(1, GRID_CELLS // max(len(dag["spec"].tasks), 1))][:RUNS_PER_PAGE]
    return render(
        "dag.html",
        user=user,
        dag=dag,
        spec=dag["spec"],
        runs=runs,
        grid_runs=grid_runs[::-1],
        grid=_grid(context, dag, grid_runs),
        more_tasks=max(0, len(dag["spec"].tasks) - GRID_TASKS),
        live=any(run["state"] not in FINISHED_RUN for run in runs.items) or "slow",
    )


def _grid(context: ServerContext, dag: Row, runs: list[Row]) -> list[tuple[str, list[str | bool | None]]]:
    """(task id, its state in each run, oldest first); False where the run does not have the task."""
    states = context.store.reads.task_instances.states_by_task([run["id"] for run in runs])
    return [
        (
            task.task_id,
            [
                worst(states[run["id"]][task.task_id]) if task.task_id in states[run["id"]] else False
                for run in reversed(runs)
            ],
        )
        for task in dag["spec"].tasks[:GRID_TASKS]
    ]


@router.post("/dags/{dag_id}/trigger")
def trigger(context: Context, user: Visitor, dag_id: DagId) -> Any:
    """Make a run now, and show it."""
    _needs_user(user)
    try:
        run = context.store.actions.trigger_run(
            dag_id, user=user.username, triggered_by="ui", now=context.now(), logical_date=context.now()
        )
    except InvalidError as error:
        raise HTTPException(400, describe(error)) from error
    return _to(run_path(run.dag_id, run.run_id))


@router.post("/dags/{dag_id}/pause")
def pause(context: Context, user: Visitor, dag_id: DagId, form: Form) -> Any:
    """Pause or unpause a DAG, and lead back."""
    _needs_user(user)
    paused = {"true": True, "false": False}.get(form.get("paused", ""))
    if paused is None:
        raise HTTPException(400, "the field paused is true or false")
    context.store.actions.set_paused(dag_id, paused, user=user.username, now=context.now())
    return _to(_local(form.get("next", dag_path(dag_id))))


def _needs_user(principal: Principal) -> None:
    if not principal.may("user"):
        raise HTTPException(403, f"{principal.username} may only look: the role is {principal.role}")


# --- Runs and tasks -----------------------------------------------------------------------------------------


@router.get("/dags/{dag_id}/runs/{run_id}")
def run_page(
    context: Context,
    user: Visitor,
    dag_id: DagId,
    run_id: RunId,
    page: Annotated[int, Query(ge=1, le=MAX_INT // TASKS_PER_PAGE)] = 1,
    task_id: Annotated[str | None, Query(max_length=250)] = None,
) -> Any:
    """A run and its tasks, a mapped task as one line; with `task_id` the instances of one mapped task."""
    run = found_run(context, dag_id, run_id)
    which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id], map_indexes=[-1])
    if task_id is not None:
        which = TaskInstanceFilter(dag_ids=[dag_id], run_ids=[run_id], task_ids=[task_id])
    wanted = Page(TASKS_PER_PAGE, (page - 1) * TASKS_PER_PAGE, ("task_id", "map_index"))
    rows = context.store.reads.task_instances.page(which, wanted)
    spec = context.store.reads.versions.spec(run["version_id"])
    assert spec is not None
    position = {task.task_id: index for index, task in enumerate(spec.tasks)}
    mapped = [] if task_id is not None or page > 1 else mapped_tasks(context, run["id"], rows.items)
    tasks = sorted(
        [*rows.items, *mapped], key=lambda row: (position.get(row["task_id"], len(position)), row["map_index"])
    )
    reads = context.store.reads.task_instances
    if task_id is None:
        counts = reads.counts([run["id"]])[run["id"]]
    else:
        counts = reads.states_by_task([run["id"]])[run["id"]].get(task_id, {})
    return render(
        "run.html",
        user=user,
        run=run,
        why=context.store.reads.explain.run(dag_id, run_id, context.now(), context.lease_ttl),
        tasks=tasks,
        of_task=task_id,
        counts=sorted(counts.items(), key=lambda item: item[0] or ""),
        page=page,
        total=rows.total or 0,
        per_page=TASKS_PER_PAGE,
        live=run["state"] not in FINISHED_RUN,
    )


def mapped_tasks(context: ServerContext, run_pk: int, shown: Sequence[Row]) -> list[Row]:
    """The mapped tasks of a run, each as one line with the number of its instances by state."""
    known = {row["task_id"] for row in shown}
    by_task = context.store.reads.task_instances.states_by_task([run_pk], mapped_only=True)[run_pk]
    return [
        {
            "task_id": task_id,
            "map_index": -1,
            "instances": sum(states.values()),
            "states": sorted(states.items(), key=lambda item: item[0] or ""),
            "state": worst(states),
        }
        for task_id, states in by_task.items()
        if task_id not in known
    ]


@router.get("/dags/{dag_id}/runs/{run_id}/tasks/{task_id}")
def task_page(
    context: Context,
    user: Visitor,
    dag_id: DagId,
    run_id: RunId,
    task_id: TaskId,
    map_index: Annotated[int, Query(ge=-1, le=MAX_INT)] = -1,
    try_number: Annotated[int | None, Query(ge=0, le=MAX_INT, alias="try")] = None,
) -> Any:
    """A task instance, its tries, and the log of one."""
    task = found_task_instance(context, dag_id, run_id, task_id, map_index)
    tries = context.store.reads.task_instances.tries(task["id"])
    numbers = sorted({attempt["try_number"] for attempt in tries})
    shown = try_number if try_number is not None else (numbers[-1] if numbers else task["try_number"])
    problem, lines, rest = None, [], None
    try:
        events, rest = read_part(log_reader(context, task, shown), None)
        lines = [(str(event.get("level") or "info").lower(), as_text(event).rstrip("\n")) for event in events]
    except TradewindError as error:
        problem = describe(error)
    failed = [attempt for attempt in tries if attempt["try_number"] == shown and attempt["error"]]
    return render(
        "task.html",
        user=user,
        task=task,
        why=context.store.reads.explain.task(
            dag_id, run_id, TaskKey(task_id, map_index), context.now(), context.lease_ttl
        ),
        numbers=numbers,
        shown=shown,
        lines=lines,
        more=rest is not None and task["state"] in FINISHED,
        problem=problem,
        error=failed[-1] if failed else None,
        live=task["state"] not in FINISHED,
    )
