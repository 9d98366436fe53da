"""Does once what the first person to come would wait for.  Called by the process of the API server when it is ready.

Statements are compiled, serializers are built, the connection learns the tables, and what is kept in memory is read:
secrets that are not shown, the timetables of what comes next, the rhythms of assets, the tasks of the DAG that ran last
and of the largest ones.  It runs in a thread of its own, beside the first requests; what it asks for is what anybody's
first pages ask for, and is thrown away.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextvars import copy_context
from functools import partial

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from tradewind.errors import NotFoundError, TradewindError
from tradewind.server import hidden
from tradewind.server.auth import Principal
from tradewind.server.context import ServerContext
from tradewind.server.drawing.dag_list import get_dag_filters
from tradewind.server.drawing.dag_page import get_dag_overview, get_dag_tasks
from tradewind.server.drawing.graph import get_dag_graph, get_run_graph_states, get_run_timeline
from tradewind.server.drawing.grid import get_dag_grid
from tradewind.server.drawing.home import get_schedule, home_of
from tradewind.store.reads import Page, RunFilter
from tradewind.store.reads.dag_list import DagListFilter

log = logging.getLogger(__name__)
LARGEST = 2
"""DAGs whose tasks are read ahead, those with the most: what takes the longest."""


def warm(app: FastAPI, ended: threading.Event) -> None:
    """Ask for the first pages, for nobody, until the server has `ended`.  A failure is logged: people ask again."""
    # what is hidden in these answers is of this server: nobody who calls it here keeps that
    copy_context().run(_warm, app, ended)


def _warm(app: FastAPI, ended: threading.Event) -> None:
    context: ServerContext = app.state.context
    hidden.enter(app.state.secrets)
    try:
        for part in _parts(context):
            if ended.is_set():
                return
            _read(part, context)
    except (TradewindError, SQLAlchemyError) as error:
        if not ended.is_set():  # else the store is closed
            log.warning("the first pages could not be read ahead: %s", error)


def _parts(context: ServerContext) -> Iterator[Callable[[ServerContext], object]]:
    yield from (_home, get_schedule, get_dag_filters, _dags)
    reads = context.store.reads
    newest = reads.runs.page(RunFilter(), Page(1, order_by=("-run_after",))).items
    for dag_id in dict.fromkeys([*(row["dag_id"] for row in newest), *reads.dags.largest(LARGEST)]):
        runs = [run["run_id"] for run in reads.runs.latest(dag_id, 1)]
        for page in (get_dag_overview, get_dag_graph, get_dag_grid, get_dag_tasks):
            yield partial(page, dag_id=dag_id)
        for of_run in (get_run_graph_states, get_run_timeline):
            yield from (partial(of_run, dag_id=dag_id, run_id=run_id) for run_id in runs)


def _read(part: Callable[[ServerContext], object], context: ServerContext) -> None:
    try:
        answer = part(context)
    except NotFoundError:  # it was deleted meanwhile
        return
    if isinstance(answer, BaseModel):
        answer.model_dump_json()


def _home(context: ServerContext) -> BaseModel:
    return home_of(context, Principal("", "viewer"))


def _dags(context: ServerContext) -> None:
    context.store.reads.dag_list.page(DagListFilter(), Page(order_by=("dag_id",), cursor=""), "")
