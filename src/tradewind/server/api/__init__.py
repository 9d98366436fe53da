"""The public REST API (`/api/v2`), one file per noun.

Routes are thin: parameters in, one call of the store, answer out.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from tradewind.server.api import (
    admin,
    assets,
    auth,
    backfills,
    connection_tests,
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
    oidc,
    pools,
    previews,
    runs_bulk,
    states,
    task_instances,
    task_instances_bulk,
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
        auth.redirects,
        auth.pages,
        oidc.router,
        monitoring.router,
        monitoring.guarded,
        dags.router,
        assets.router,
        assets.writers,
        assets.of_runs,
        tasks.router,
        dag_runs.router,
        dag_runs_write.router,
        runs_bulk.router,
        variables.router,
        # before the connections: an id may be any word
        connection_tests.router,
        admin.connections,
        connections.router,
        admin.plugins,
        admin.config,
        admin.parsing,
        pools.router,
        xcoms.router,
        xcoms.beyond,
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
        task_instances_bulk.readers,
        task_instances_bulk.router,
        task_instances.router,
        task_instances_write.router,
    ):
        found += router.routes
    return found
