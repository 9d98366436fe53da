"""Variables."""

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
from tradewind.server.hidden import restored_json
from tradewind.server.models.common import BulkResponse
from tradewind.server.models.settings import (
    MASK,
    BulkVariables,
    VariableBody,
    VariableCollectionResponse,
    VariableResponse,
    variable_answer,
)
from tradewind.server.params import Key, Paged, Pattern, UpdateMask, pattern
from tradewind.store.variables import Variables

router = api_router("Variable", OP)

_FIELDS = frozenset({"value", "description"})


def _of(context: ServerContext, user: Principal) -> Variables:
    """Them, for changes that the audit log tells of."""
    return context.store.variables.by(user.username, context.now())


@router.get("/variables", responses=errors())
def get_variables(
    context: Context, page: Paged, key: Annotated[Pattern, pattern("variable_key")]
) -> VariableCollectionResponse:
    """Variables."""
    found = context.store.variables.page(page, pattern=key.pattern, prefix=key.prefix)
    answers = [variable_answer(each) for each in found.items]
    return VariableCollectionResponse(variables=answers, total_entries=found.total)


@router.get("/variables/{variable_key:path}", responses=errors(404))
def get_variable(context: Context, variable_key: Key) -> VariableResponse:
    """A variable."""
    return variable_answer(context.store.variables.record(variable_key))


@router.post("/variables", status_code=201, responses=errors(409))
def post_variable(context: Context, user: User, body: VariableBody) -> VariableResponse:
    """Create a variable."""
    _of(context, user).set(body.key, body.text(), body.description, create=True)
    return variable_answer(context.store.variables.record(body.key))


@router.patch("/variables/{variable_key:path}", responses=errors(404))
def patch_variable(
    context: Context, user: User, variable_key: Key, body: VariableBody, update_mask: UpdateMask = None
) -> VariableResponse:
    """Change a variable."""
    if body.key != variable_key:
        raise HTTPException(400, "the key in the body is not the one in the path; a variable cannot be renamed")
    _update(context, user, body, update_mask)
    return variable_answer(context.store.variables.record(variable_key))


def _update(context: ServerContext, user: Principal, body: VariableBody, update_mask: Iterable[str] | None) -> None:
    fields = (set(update_mask) if update_mask else body.model_fields_set) - {"key", "team_name"}
    if unknown := fields - _FIELDS:
        raise InvalidError(f"a variable has no field {sorted(unknown)[0]!r}")
    changes: dict[str, str | None] = {}
    if "value" in fields:
        changes["value"] = body.text()
    if "description" in fields:
        changes["description"] = body.description
    if any(MASK in (text or "") for text in changes.values()):
        # hidden values that come back as they were shown are not new ones
        old = context.store.variables.record(body.key)
        changes = {name: text and restored_json(text, getattr(old, name)) for name, text in changes.items()}
        changes = {name: text for name, text in changes.items() if text != getattr(old, name)}
    _of(context, user).update(body.key, changes)


@router.delete("/variables/{variable_key:path}", status_code=204, responses=errors(404))
def delete_variable(context: Context, user: User, variable_key: Key) -> None:
    """Delete a variable."""
    _of(context, user).delete(variable_key)


@router.patch("/variables", responses=errors())
def bulk_variables(context: Context, user: User, body: BulkVariables) -> BulkResponse:
    """Create, change and delete variables."""
    variables = _of(context, user)
    bulk = Bulk[VariableBody](
        noun="variables",
        key="key",
        exists=lambda name: exists(variables.record, name),
        create=lambda entity: _discard(variables.set(entity.key, entity.text(), entity.description, create=True)),
        overwrite=lambda entity: _discard(variables.set(entity.key, entity.text(), entity.description)),
        update=lambda entity, mask: _update(context, user, entity, mask),
        delete=variables.delete,
    )
    return bulk.run(body.actions)


def _discard(_: object) -> None:
    """Turns an expression into a statement."""
