"""Roles: for administrators."""

from __future__ import annotations

from tradewind.server.access.models import (
    NewRoleBody,
    RoleBody,
    RoleCollectionResponse,
    RoleResponse,
    grants,
    limited,
    role_answer,
)
from tradewind.server.api.responses import errors
from tradewind.server.auth import ADMIN, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import router as make_router
from tradewind.server.params import Key
from tradewind.store.rights import Roles

router = make_router(ADMIN)


def _of(context: ServerContext, user: Principal) -> Roles:
    return context.store.roles.by(user.username, context.now())


@router.get("/roles", responses=errors())
def get_roles(context: Context) -> RoleCollectionResponse:
    """The four roles that there are always, and those that were made."""
    return RoleCollectionResponse(roles=[role_answer(each) for each in context.store.roles.list()])


@router.post("/roles", status_code=201, responses=errors(409))
def create_role(context: Context, user: User, body: NewRoleBody) -> RoleResponse:
    """Make a role that stands on one of the four, for all DAGs or some."""
    made = _of(context, user).create(
        body.name,
        body.base,
        dag_limited=bool(limited(body.dag_limited, body.dags)),
        grants=grants(body.dags) or (),
        description=body.description,
        now=context.now(),
    )
    return role_answer(made)


@router.patch("/roles/{name}", responses=errors(404))
def update_role(context: Context, user: User, name: Key, body: RoleBody) -> RoleResponse:
    """Change a role."""
    changed = _of(context, user).update(
        name,
        base=body.base,
        dag_limited=limited(body.dag_limited, body.dags),
        grants=grants(body.dags),
        description=body.description,
    )
    return role_answer(changed)


@router.delete("/roles/{name}", status_code=204, responses=errors(404, 409))
def delete_role(context: Context, user: User, name: Key) -> None:
    """Remove a role that nobody has."""
    _of(context, user).delete(name)
