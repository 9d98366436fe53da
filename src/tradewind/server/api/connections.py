"""Connections.  No answer ever holds a password."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import HTTPException

from tradewind.errors import InvalidError
from tradewind.server.api.bulk import Bulk, exists
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import OP, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.hidden import restored, restored_json
from tradewind.server.models.common import BulkResponse
from tradewind.server.models.settings import (
    MASK,
    BulkConnections,
    ConnectionBody,
    ConnectionCollectionResponse,
    ConnectionResponse,
    connection_answer,
)
from tradewind.server.params import Key, Paged, Pattern, UpdateMask, pattern
from tradewind.store.connections import Connections

router = api_router("Connection", OP)
_FIELDS = frozenset({"conn_type", "description", "host", "login", "password", "schema", "port", "extra"})


def _of(context: ServerContext, user: Principal) -> Connections:
    """Them, for changes that the audit log tells of."""
    return context.store.connections.by(user.username, context.now())


@router.get("/connections", responses=errors())
def get_connections(
    context: Context, page: Paged, name: Annotated[Pattern, pattern("connection_id")]
) -> ConnectionCollectionResponse:
    """Connections."""
    found = context.store.connections.page(page, pattern=name.pattern, prefix=name.prefix)
    answers = [connection_answer(each) for each in found.items]
    return ConnectionCollectionResponse(connections=answers, total_entries=found.total)


@router.get("/connections/{connection_id:path}", responses=errors(404))
def get_connection(context: Context, connection_id: Key) -> ConnectionResponse:
    """A connection."""
    return connection_answer(context.store.connections.get(connection_id))


@router.post("/connections", status_code=201, responses=errors(409))
def post_connection(context: Context, user: User, body: ConnectionBody) -> ConnectionResponse:
    """Create a connection."""
    _of(context, user).add(body.data())
    return connection_answer(context.store.connections.get(body.connection_id))


@router.patch("/connections/{connection_id:path}", responses=errors(404))
def patch_connection(
    context: Context, user: User, connection_id: Key, body: ConnectionBody, update_mask: UpdateMask = None
) -> ConnectionResponse:
    """Change a connection."""
    if body.connection_id != connection_id:
        raise HTTPException(400, "the id in the body is not the one in the path; a connection cannot be renamed")
    _update(context, user, body, update_mask)
    return connection_answer(context.store.connections.get(connection_id))


def _update(context: ServerContext, user: Principal, body: ConnectionBody, update_mask: Iterable[str] | None) -> None:
    sent = {"schema" if name == "database" else name for name in body.model_fields_set}
    fields = set(update_mask) if update_mask else sent
    fields -= {"connection_id", "team_name"}
    if unknown := fields - _FIELDS:
        raise InvalidError(f"a connection has no field {sorted(unknown)[0]!r}")
    if body.password == MASK:  # hidden values that come back as they were shown are not new ones
        fields.discard("password")
    data = body.data()
    if MASK in (data.extra or "") or MASK in (data.description or ""):
        old = context.store.connections.get(body.connection_id)
        changes = {"extra": data.extra and restored_json(data.extra, old.extra)}
        changes["description"] = restored(data.description, old.description)
        body = body.model_copy(update={name: value for name, value in changes.items() if name in fields})
    _of(context, user).update(body.data(), fields)


@router.delete("/connections/{connection_id:path}", status_code=204, responses=errors(404))
def delete_connection(context: Context, user: User, connection_id: Key) -> None:
    """Delete a connection."""
    _of(context, user).delete(connection_id)


@router.patch("/connections", responses=errors())
def bulk_connections(context: Context, user: User, body: BulkConnections) -> BulkResponse:
    """Create, change and delete connections."""
    connections = _of(context, user)

    def overwrite(entity: ConnectionBody) -> None:
        connections.set(entity.data())

    bulk = Bulk[ConnectionBody](
        noun="connections",
        key="connection_id",
        exists=lambda name: exists(connections.get, name),
        create=lambda entity: connections.add(entity.data()),
        overwrite=overwrite,
        update=lambda entity, mask: _update(context, user, entity, mask),
        delete=connections.delete,
    )
    return bulk.run(body.actions)
