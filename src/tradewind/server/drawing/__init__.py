"""What the web UI draws, under `/api/tradewind`: one answer for each picture, as small as the picture allows.

Routes are thin: parameters in, one or two reads of the store, answer out.  Large answers are columns, not rows.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from tradewind.server.drawing import (
    assets,
    choices,
    dag_list,
    dag_page,
    graph,
    grid,
    health,
    home,
    lineage,
    questions,
    run_list,
    runs,
    session,
    settings,
    tasks,
    trends,
)


def routes() -> list[BaseRoute]:
    """All routes of this part."""
    found: list[BaseRoute] = []
    for part in (
        session,
        home,
        dag_list,
        dag_page,
        grid,
        graph,
        runs,
        run_list,
        tasks,
        trends,
        assets,
        lineage,
        questions,
        health,
        settings,
        choices,
    ):
        found += part.router.routes
    found += choices.previews.routes
    return found
