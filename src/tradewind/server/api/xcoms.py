"""XComs."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import HTTPException, Query
from fastapi.responses import StreamingResponse

from tradewind.errors import InvalidError, NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import BEYOND, PREFIX, api_router
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.xcoms import (
    XComCollectionResponse,
    XComCreateBody,
    XComResponse,
    XComResponseNative,
    XComResponseString,
    XComUpdateBody,
    xcom_fields,
)
from tradewind.server.params import (
    ALL,
    MAX_INT,
    DagId,
    Key,
    MapIndex,
    Paged,
    Pattern,
    RunId,
    TaskId,
    pattern,
    within,
)
from tradewind.server.xcom_values import is_described, json_pieces, shown
from tradewind.spec import serde
from tradewind.store.reads import Range, Row, XComFilter
from tradewind.store.xcoms import MAX_KEY

router = api_router(
    "XCom",
    VIEWER,
    prefix=f"{PREFIX}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}/taskInstances/{{task_id}}/xcomEntries",
)
beyond = api_router("Tradewind", VIEWER, prefix=BEYOND)


@router.get("", responses=errors())
def get_xcom_entries(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    page: Paged,
    key: Annotated[Pattern, pattern("xcom_key")],
    dag: Annotated[Pattern, pattern("dag_display_name")],
    run: Annotated[Pattern, pattern("run_id")],
    task: Annotated[Pattern, pattern("task_id")],
    logical_date: Annotated[Range, within("logical_date")],
    run_after: Annotated[Range, within("run_after")],
    xcom_key: str | None = None,
    map_index: Annotated[int | None, Query(ge=-1, le=MAX_INT)] = None,
    map_index_filter: Annotated[int | None, Query(ge=-1, le=MAX_INT)] = None,
) -> XComCollectionResponse:
    """XComs without their values; each of the three ids may be `~`."""
    indexes = [index for index in (map_index, map_index_filter) if index is not None]
    which = XComFilter(
        dag_id=_one(dag_id),
        run_id=_one(dag_run_id),
        task_id=_one(task_id),
        key=xcom_key,
        map_indexes=indexes or None,
        key_pattern=key.pattern,
        key_prefix=key.prefix,
        dag_name_pattern=dag.pattern,
        dag_name_prefix=dag.prefix,
        run_id_pattern=run.pattern,
        run_id_prefix=run.prefix,
        task_id_pattern=task.pattern,
        task_id_prefix=task.prefix,
        logical_date=logical_date,
        run_after=run_after,
    )
    rows = context.store.reads.xcoms.page(which, page)
    entries = [XComResponse(**xcom_fields(row)) for row in rows.items]
    return XComCollectionResponse(xcom_entries=entries, total_entries=rows.total)


@router.get("/{xcom_key:path}", response_model=XComResponseNative | XComResponseString, responses=errors(404))
def get_xcom_entry(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    xcom_key: Key,
    map_index: MapIndex = -1,
    deserialize: bool = False,
    stringify: bool = False,
) -> XComResponseNative | XComResponseString:
    """An XCom with its value: as plain JSON, or with `stringify` as one text, Python's `str()` of it.

    `deserialize` changes nothing: values are readable without it, and no object is ever made of them here.
    """
    row = _found(context, dag_id, dag_run_id, task_id, xcom_key, map_index)
    if stringify:
        value = shown(context.store, row["value"], row["key"])
        return XComResponseString(**xcom_fields(row), value=None if value is None else str(value))
    return _native(context, row)


@router.post("", status_code=201, dependencies=[USER], responses=errors(404, 409))
def create_xcom_entry(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, body: XComCreateBody
) -> XComResponseNative:
    """Write an XCom of a task instance."""
    _concrete(dag_id, dag_run_id, task_id)
    context.store.xcoms.set(
        dag_id,
        dag_run_id,
        task_id,
        body.key,
        _stored(body.value),
        map_index=body.map_index,
        now=context.now(),
        create=True,
        user=user.username,
    )
    return _native(context, _found(context, dag_id, dag_run_id, task_id, body.key, body.map_index))


@router.patch("/{xcom_key:path}", dependencies=[USER], responses=errors(404))
def update_xcom_entry(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, xcom_key: Key, body: XComUpdateBody
) -> XComResponseNative:
    """Replace the value of an XCom."""
    value = _stored(body.value)
    context.store.xcoms.change(
        dag_id,
        dag_run_id,
        task_id,
        xcom_key,
        value,
        map_index=body.map_index,
        now=context.now(),
        user=user.username,
    )
    return _native(context, _found(context, dag_id, dag_run_id, task_id, xcom_key, body.map_index))


@router.delete("/{xcom_key:path}", status_code=204, dependencies=[USER], responses=errors(404))
def delete_xcom_entry(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    xcom_key: Key,
    map_index: MapIndex = -1,
) -> None:
    """Delete an XCom."""
    context.store.xcoms.delete(
        dag_id, dag_run_id, task_id, xcom_key, map_index=map_index, user=user.username, now=context.now()
    )


@beyond.get(
    "/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/xcom",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/json": {"schema": {}}}, "description": "The value."}, **errors(404)},
)
def download_xcom(
    context: Context,
    dag_id: DagId,
    run_id: RunId,
    task_id: TaskId,
    key: Annotated[str, Query(min_length=1, max_length=MAX_KEY)],
    map_index: MapIndex = -1,
) -> StreamingResponse:
    """The value of an XCom of any size: JSON as it was stored, without secrets, as a file.

    When what lies beside the database was changed by somebody else, the answer breaks off.
    """
    row = _found(context, dag_id, run_id, task_id, key, map_index)
    headers = {"content-disposition": 'attachment; filename="xcom.json"'}
    pieces = json_pieces(context.store, row["value"], row["key"])
    return StreamingResponse(pieces, headers=headers, media_type="application/json")


def _stored(value: object) -> str:
    """The text of plain JSON; what looks like a tagged value in it is none.  Raises InvalidError."""
    try:
        return serde.dumps(value)
    except serde.SerdeError as error:
        raise InvalidError(str(error)) from None


def _one(identifier: str) -> str | None:
    return None if identifier == ALL else identifier


def _found(context: ServerContext, dag_id: str, run_id: str, task_id: str, key: str, map_index: int) -> Row:
    row = context.store.reads.xcoms.get(dag_id, run_id, task_id, key, map_index)
    if row is None:
        raise NotFoundError(f"task {task_id!r} of run {run_id!r} of DAG {dag_id!r} has no XCom {key!r}")
    return row


def _native(context: ServerContext, row: Row) -> XComResponseNative:
    value = shown(context.store, row["value"], row["key"])
    download = _address(row) if is_described(row["value"]) else None
    return XComResponseNative(**xcom_fields(row), value=value, download=download)


def _address(row: Row) -> str:
    """Where the whole value is."""
    dag_id, run_id, task_id = (quote(row[name], safe="") for name in ("dag_id", "run_id", "task_id"))
    query = urlencode({"key": row["key"], "map_index": row["map_index"]})
    return f"{BEYOND}/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/xcom?{query}"


def _concrete(*ids: str) -> None:
    if ALL in ids:
        raise HTTPException(400, "an XCom is written to one task instance: ~ does not name one")
