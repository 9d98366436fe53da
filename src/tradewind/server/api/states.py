"""State stores of task instances and assets."""

from __future__ import annotations

import json
from datetime import timedelta

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import PREFIX, api_router
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.states import (
    AssetStateStoreBody,
    AssetStateStoreCollectionResponse,
    AssetStateStoreResponse,
    TaskStateStoreBody,
    TaskStateStoreCollectionResponse,
    TaskStateStorePatchBody,
    TaskStateStoreResponse,
    asset_entry,
    task_entry,
)
from tradewind.server.params import DagId, Key, MapIndex, Paged, RunId, TaskId
from tradewind.store.states import Asset, Entry

tasks = api_router(
    "Task State Store",
    VIEWER,
    prefix=f"{PREFIX}/dags/{{dag_id}}/dagRuns/{{dag_run_id}}/taskInstances/{{task_id}}/state-store",
)
_BY_API = json.dumps({"kind": "api"})
assets = api_router("Asset State Store", VIEWER, prefix=f"{PREFIX}/assets/{{asset_id}}/state-store")


@tasks.get("", responses=errors(404))
def list_task_state_store(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, page: Paged, map_index: MapIndex = -1
) -> TaskStateStoreCollectionResponse:
    """The entries of a task instance, by key."""
    owner = context.store.task_states.owner(dag_id, dag_run_id, task_id, map_index)
    found, total = context.store.task_states.list(owner, context.now(), page.limit, page.offset)
    return TaskStateStoreCollectionResponse(
        task_state_store=[task_entry(entry) for entry in found], total_entries=total
    )


@tasks.get("/{key:path}", responses=errors(404))
def get_task_state_store(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, key: Key, map_index: MapIndex = -1
) -> TaskStateStoreResponse:
    """One entry."""
    owner = context.store.task_states.owner(dag_id, dag_run_id, task_id, map_index)
    return task_entry(context.store.task_states.get(owner, key, context.now()))


@tasks.put("/{key:path}", status_code=204, dependencies=[USER], responses=errors(404))
def set_task_state_store(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    key: Key,
    body: TaskStateStoreBody,
    map_index: MapIndex = -1,
) -> None:
    """Write an entry."""
    now = context.now()
    expires: timedelta | None
    if body.expires_at == "default":
        expires = context.state_retention
    else:
        expires = None if body.expires_at is None else body.expires_at - now
    owner = context.store.task_states.owner(dag_id, dag_run_id, task_id, map_index)
    context.store.task_states.by(user.username, context.now()).set(owner, key, json.dumps(body.value), now, expires)


@tasks.patch("/{key:path}", dependencies=[USER], responses=errors(404))
def patch_task_state_store(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    key: Key,
    body: TaskStateStorePatchBody,
    map_index: MapIndex = -1,
) -> TaskStateStoreResponse:
    """Replace the value of an entry."""
    now = context.now()
    states = context.store.task_states.by(user.username, now)
    owner = states.owner(dag_id, dag_run_id, task_id, map_index)
    entry: Entry = states.get(owner, key, now)
    states.set(owner, key, json.dumps(body.value), now, None if entry.expires_at is None else entry.expires_at - now)
    return task_entry(states.get(owner, key, now))


@tasks.delete("/{key:path}", status_code=204, dependencies=[USER], responses=errors(404))
def delete_task_state_store(
    context: Context, user: User, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, key: Key, map_index: MapIndex = -1
) -> None:
    """Delete an entry."""
    owner = context.store.task_states.owner(dag_id, dag_run_id, task_id, map_index)
    context.store.task_states.by(user.username, context.now()).delete(owner, key)


@tasks.delete("", status_code=204, dependencies=[USER], responses=errors(404))
def clear_task_state_store(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndex = -1,
    all_map_indices: bool = False,
) -> None:
    """Delete all entries of a task instance, or of all instances of the task."""
    owner = context.store.task_states.owner(dag_id, dag_run_id, task_id, map_index)
    context.store.task_states.by(user.username, context.now()).delete(owner, all_map_indexes=all_map_indices)


@assets.get("", responses=errors(404))
def list_asset_state_store(context: Context, asset_id: int, page: Paged) -> AssetStateStoreCollectionResponse:
    """The entries of an asset, by key."""
    name, _ = _asset(context, asset_id)
    found, total = context.store.asset_states.list(name, page.limit, page.offset)
    return AssetStateStoreCollectionResponse(
        asset_state_store=[asset_entry(entry) for entry in found], total_entries=total
    )


@assets.get("/{key:path}", responses=errors(404))
def get_asset_state_store(context: Context, asset_id: int, key: Key) -> AssetStateStoreResponse:
    """One entry."""
    name, _ = _asset(context, asset_id)
    entry = context.store.asset_states.get(name, key)
    if entry is None:
        raise NotFoundError(f"asset {name!r} has no entry {key!r} in its state store")
    return asset_entry(entry)


@assets.put("/{key:path}", status_code=204, dependencies=[USER], responses=errors(404))
def set_asset_state_store(context: Context, user: User, asset_id: int, key: Key, body: AssetStateStoreBody) -> None:
    """Write an entry."""
    asset = _asset(context, asset_id)
    context.store.asset_states.by(user.username, context.now()).set(
        asset, key, json.dumps(body.value), context.now(), _BY_API
    )


@assets.delete("/{key:path}", status_code=204, dependencies=[USER], responses=errors(404))
def delete_asset_state_store(context: Context, user: User, asset_id: int, key: Key) -> None:
    """Delete an entry."""
    name, _ = _asset(context, asset_id)
    context.store.asset_states.by(user.username, context.now()).delete(name, key)


@assets.delete("", status_code=204, dependencies=[USER], responses=errors(404))
def clear_asset_state_store(context: Context, user: User, asset_id: int) -> None:
    """Delete all entries of an asset."""
    name, _ = _asset(context, asset_id)
    context.store.asset_states.by(user.username, context.now()).delete(name)


def _asset(context: ServerContext, asset_id: int) -> Asset:
    row = context.store.reads.assets.get(asset_id)
    return str(row["name"]), str(row["uri"])
