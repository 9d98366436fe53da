"""The audit log: who changed what, and what was there before and after.  For administrators."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query

from tradewind.server.access.models import AuditCollectionResponse, audit_answer
from tradewind.server.api.responses import errors
from tradewind.server.auth import ADMIN
from tradewind.server.context import Context
from tradewind.server.drawing.common import Mark, seal, unseal
from tradewind.server.drawing.common import router as make_router
from tradewind.server.params import QueryTime
from tradewind.store.reads import AuditFilter

router = make_router(ADMIN)
Word = Annotated[str | None, Query(max_length=500)]


@router.get("/audit", responses=errors())
def get_audit(
    context: Context,
    mark: Mark = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    who: Word = None,
    event: Word = None,
    via: Annotated[Literal["api", "ui", "cli"] | None, Query()] = None,
    dag_id: Word = None,
    since: QueryTime | None = None,
    until: QueryTime | None = None,
) -> AuditCollectionResponse:
    """Changes, the newest first.  Secrets are in none of them."""
    before = None if mark is None else unseal(mark, int)[0]
    which = AuditFilter(owner=who, event=event, via=via, dag_id=dag_id, since=since, until=until)
    rows, more = context.store.reads.audit.page(which, limit, before)
    return AuditCollectionResponse(
        entries=[audit_answer(row) for row in rows],
        next=seal(rows[-1]["id"]) if more else None,
        kinds=context.store.reads.audit.kinds() if mark is None else [],
    )
