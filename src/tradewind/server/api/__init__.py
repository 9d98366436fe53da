"""The public REST API (`/api/v2`), one file per noun.

Routes are thin: parameters in, one call of the store, answer out.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from tradewind.server.api import (
    assets,
    auth,
    backfills,
    connections,
    dag_runs,
    dag_runs_write,
    dags,
    deadlines,
    explain,
    hitl,
    links,
    logs,
    monitoring,
    pools,
    previews,
    states,
    task_instances,
    task_instances_write,
    tasks,
    variables,
    xcoms,
)


def routes() -> list[BaseRoute]:
    """All routes, in the order in which they are tried."""
    found: list[BaseRoute] = []
    for router in (
        auth.router,
        auth.pages,
        monitoring.router,
        monitoring.guarded,
        dags.router,
        assets.router,
        assets.writers,
        tasks.router,
        dag_runs.router,
        dag_runs_write.router,
        variables.router,
        connections.router,
        pools.router,
        xcoms.router,
        logs.router,
        explain.router,
        links.router,
        deadlines.router,
        hitl.router,
        hitl.answering,
        states.tasks,
        states.assets,
        backfills.router,
        backfills.beyond,
        previews.router,
        # last: their `{map_index}` would match the words of the others
        task_instances.router,
        task_instances_write.router,
    ):
        found += router.routes
    return found
