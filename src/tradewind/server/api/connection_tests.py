"""Tests of connections.  The hook of a connection is user code: the DAG processor has it asked, not this process."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import Header, HTTPException

from tradewind.errors import InvalidError, NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import OP, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.hidden import restored_json
from tradewind.server.models.admin import (
    AsyncConnectionTestResponse,
    ConnectionTestQueuedResponse,
    ConnectionTestRequestBody,
    ConnectionTestResponse,
)
from tradewind.server.models.settings import MASK, ConnectionBody
from tradewind.spec.wire import ConnectionData
from tradewind.store.wakeup import TESTS

router = api_router("Connection", OP)
WAIT = 45.0
"""Seconds for which a request waits for the answer of a test."""
_EXECUTORS = frozenset({"LocalExecutor", "local_executor"})


@router.post("/connections/test", responses=errors())
def test_connection(context: Context, user: User, body: ConnectionBody) -> ConnectionTestResponse:
    """Whether a connection works; waits for the answer."""
    data = _to_test(context, body)
    if not context.processor_lives():
        return ConnectionTestResponse(
            status=False,
            message="no DAG processor runs, and connections are tested beside it: start one with "
            "`tradewind dag-processor` or `tradewind standalone`",
        )
    wakeup = context.store.wakeup(TESTS)
    try:
        token = _ask(context, user, data, exclusive=False)
        until = time.monotonic() + WAIT
        while (left := until - time.monotonic()) > 0:
            row = context.store.errands.test(token)
            if row is None:
                break
            if row["ended_at"] is not None:
                return ConnectionTestResponse(status=row["state"] == "success", message=row["message"] or "")
            wakeup.wait(left)
    finally:
        wakeup.close()
    return ConnectionTestResponse(status=False, message=f"there was no answer within {WAIT:g} seconds")


@router.post("/connections/enqueue-test", status_code=202, responses=errors(409))
def enqueue_connection_test(
    context: Context, user: User, body: ConnectionTestRequestBody
) -> ConnectionTestQueuedResponse:
    """Let a connection be tested; the token leads to the answer."""
    if body.executor is not None and body.executor.rpartition(".")[2] not in _EXECUTORS:
        raise InvalidError(f"there is no executor {body.executor!r}", fix="leave executor out")
    data = _to_test(context, body)
    token = _ask(context, user, data, exclusive=True, commit=body.commit_on_success)
    return ConnectionTestQueuedResponse(token=token, connection_id=data.conn_id, state="pending")


@router.get("/connections/enqueue-test", responses=errors(404))
def get_connection_test(
    context: Context, token: Annotated[str, Header(alias="Airflow-Connection-Test-Token", max_length=100)]
) -> AsyncConnectionTestResponse:
    """How far a test is, by its token; for an hour after its end."""
    row = context.store.errands.test(token)
    if row is None:
        raise NotFoundError("there is no connection test with this token; an answer is kept for an hour")
    return AsyncConnectionTestResponse(
        token=row["token"],
        connection_id=row["connection_id"],
        state=row["state"],
        result_message=row["message"],
        created_at=row["created_at"],
    )


def _ask(
    context: ServerContext, user: Principal, data: ConnectionData, *, exclusive: bool, commit: bool = False
) -> str:
    return context.store.errands.ask_test(
        data, user=user.username, now=context.now(), commit_on_success=commit, exclusive=exclusive
    )


def _to_test(context: ServerContext, body: ConnectionBody) -> ConnectionData:
    """The connection of a body; what it hides or leaves out is that of the stored one of the same address.

    Raises HTTPException 403 when tests are switched off, 400 when hidden values would go to another address.
    """
    if not context.test_connections:
        raise HTTPException(
            403, "connections are not tested here: set TRADEWIND_TEST_CONNECTION=enabled for the API server"
        )
    data = body.data()
    try:
        stored = context.store.connections.get(body.connection_id)
    except NotFoundError:
        return data
    sent = {"schema" if name == "database" else name for name in body.model_fields_set}
    moved = any(
        name in sent and (getattr(data, name) or None) != (getattr(stored, name) or None) for name in ("host", "port")
    )
    if moved:
        if data.password in (None, "", MASK) or MASK in (data.extra or ""):
            raise HTTPException(
                400,
                f"host or port is not that of the stored connection {body.connection_id!r}, whose password goes "
                "nowhere else: send the password, and extra without hidden values",
            )
        return data
    values = {name: getattr(data if name in sent else stored, name) for name in ConnectionData.__struct_fields__}
    if data.password == MASK:
        values["password"] = stored.password
    if data.extra and MASK in data.extra:
        values["extra"] = restored_json(data.extra, stored.extra)
    return ConnectionData(**{**values, "conn_id": data.conn_id})
