"""Does once what the first person to come would wait for.  Called by the process of the API server when it is ready.

Statements are compiled, serializers are built, the connection learns the tables, and what is kept in memory is read:
secrets that are not shown, the timetables of what comes next, the rhythms of assets.  It runs in a thread of its own,
beside the first requests; what it asks for is what anybody's first pages ask for, and is thrown away.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextvars import copy_context

from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from tradewind.errors import TradewindError
from tradewind.server import hidden
from tradewind.server.auth import Principal
from tradewind.server.context import ServerContext
from tradewind.server.drawing.dag_list import get_dag_filters
from tradewind.server.drawing.home import get_schedule, home_of
from tradewind.store.reads import Page
from tradewind.store.reads.dag_list import DagListFilter

log = logging.getLogger(__name__)


def warm(app: FastAPI, ended: threading.Event) -> None:
    """Ask for the first pages, for nobody, until the server has `ended`.  A failure is logged: people ask again."""
    # what is hidden in these answers is of this server: nobody who calls it here keeps that
    copy_context().run(_warm, app, ended)


def _warm(app: FastAPI, ended: threading.Event) -> None:
    context: ServerContext = app.state.context
    hidden.enter(app.state.secrets)
    for part in (_home, get_schedule, get_dag_filters, _dags):
        if ended.is_set():
            return
        try:
            _read(part, context)
        except (TradewindError, SQLAlchemyError) as error:
            if not ended.is_set():  # else the store is closed
                log.warning("the first pages could not be read ahead: %s", error)
            return


def _read(part: Callable[[ServerContext], BaseModel | None], context: ServerContext) -> None:
    answer = part(context)
    if answer is not None:
        answer.model_dump_json()


def _home(context: ServerContext) -> BaseModel:
    return home_of(context, Principal("", "viewer"))


def _dags(context: ServerContext) -> None:
    context.store.reads.dag_list.page(DagListFilter(), Page(order_by=("dag_id",), cursor=""), "")
