"""Pools."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import HTTPException

from tradewind.errors import InvalidError
from tradewind.server.api.bulk import Bulk, exists
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.auth import OP, VIEWER, Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.common import BulkResponse
from tradewind.server.models.settings import (
    BulkPools,
    PoolBody,
    PoolCollectionResponse,
    PoolPatchBody,
    PoolResponse,
    pool_answer,
)
from tradewind.server.params import Key, Paged, Pattern, UpdateMask, pattern
from tradewind.spec.ids import DEFAULT_POOL
from tradewind.store.pools import Pools

router = api_router("Pool", VIEWER)
_FIELDS = frozenset({"slots", "description", "include_deferred"})


def _of(context: ServerContext, user: Principal) -> Pools:
    """Them, for changes that the audit log tells of."""
    return context.store.pools.by(user.username, context.now())


@router.get("/pools", responses=errors())
def get_pools(context: Context, page: Paged, name: Annotated[Pattern, pattern("pool_name")]) -> PoolCollectionResponse:
    """Pools and how full they are."""
    found = context.store.pools.page(page, pattern=name.pattern, prefix=name.prefix)
    return PoolCollectionResponse(pools=[pool_answer(each) for each in found.items], total_entries=found.total)


@router.get("/pools/{pool_name:path}", responses=errors(404))
def get_pool(context: Context, pool_name: Key) -> PoolResponse:
    """A pool and how full it is."""
    return pool_answer(context.store.pools.get(pool_name))


@router.post("/pools", status_code=201, dependencies=[OP], responses=errors(409))
def post_pool(context: Context, user: User, body: PoolBody) -> PoolResponse:
    """Create a pool."""
    return pool_answer(_of(context, user).add(body.name, body.slots, body.description, body.include_deferred))


@router.patch("/pools/{pool_name:path}", dependencies=[OP], responses=errors(404))
def patch_pool(
    context: Context, user: User, pool_name: Key, body: PoolPatchBody, update_mask: UpdateMask = None
) -> PoolResponse:
    """Change a pool."""
    if body.pool is not None and body.pool != pool_name:
        raise HTTPException(400, "the name in the body is not the one in the path; a pool cannot be renamed")
    fields = set(update_mask) if update_mask else set(body.model_fields_set)
    changes = {name: getattr(body, name) for name in _checked(fields)}
    # null for a number or a flag says nothing; a description may be removed
    changes = {name: value for name, value in changes.items() if value is not None or name == "description"}
    return pool_answer(_of(context, user).update(pool_name, changes))


def _checked(fields: Iterable[str]) -> set[str]:
    wanted = set(fields) - {"pool", "name", "team_name"}
    if unknown := wanted - _FIELDS:
        raise InvalidError(f"a pool has no field {sorted(unknown)[0]!r}")
    return wanted


@router.delete("/pools/{pool_name:path}", status_code=204, dependencies=[OP], responses=errors(404))
def delete_pool(context: Context, user: User, pool_name: Key) -> None:
    """Delete a pool."""
    _delete(context, user, pool_name)


def _delete(context: ServerContext, user: Principal, name: str) -> None:
    if name == DEFAULT_POOL:
        raise InvalidError(f"{DEFAULT_POOL} cannot be deleted: tasks without a pool use it")
    _of(context, user).delete(name)


@router.patch("/pools", dependencies=[OP], responses=errors())
def bulk_pools(context: Context, user: User, body: BulkPools) -> BulkResponse:
    """Create, change and delete pools."""
    pools = _of(context, user)

    def create(entity: PoolBody) -> None:
        pools.add(entity.name, entity.slots, entity.description, entity.include_deferred)

    def overwrite(entity: PoolBody) -> None:
        pools.set(entity.name, entity.slots, entity.description, entity.include_deferred)

    def update(entity: PoolBody, mask: Any) -> None:
        fields = _checked(mask or entity.model_fields_set)
        pools.update(entity.name, {name: getattr(entity, name) for name in fields})

    bulk = Bulk[PoolBody](
        noun="pools",
        key="name",
        exists=lambda name: exists(pools.get, name),
        create=create,
        overwrite=overwrite,
        update=update,
        delete=lambda name: _delete(context, user, name),
    )
    return bulk.run(body.actions)
