"""Read-only queries for people: lists, pages and single rows, each a plain dict.

Called by the server and the CLI.  Every list has a total order, an offset page and a keyset page, and asks
a fixed number of queries however long it is.
"""

from __future__ import annotations

from sqlalchemy import Engine

from tradewind.store.reads.asset_pages import AssetPageReads
from tradewind.store.reads.assets import AssetEventFilter, AssetFilter, AssetReads
from tradewind.store.reads.audit import AuditFilter, AuditReads
from tradewind.store.reads.changes import ChangeReads
from tradewind.store.reads.dag_list import DagListReads
from tradewind.store.reads.dags import DagFilter, DagReads
from tradewind.store.reads.deadlines import DeadlineReads
from tradewind.store.reads.explain import ExplainReads
from tradewind.store.reads.grid import GridReads
from tradewind.store.reads.home import HomeReads
from tradewind.store.reads.lineage import LineageReads
from tradewind.store.reads.monitoring import (
    EventFilter,
    EventReads,
    ImportErrorReads,
    WorkerFilter,
    WorkerReads,
)
from tradewind.store.reads.query import Page, Range, Row, Rows
from tradewind.store.reads.run_tasks import RunTaskReads
from tradewind.store.reads.runs import RunFilter, RunReads
from tradewind.store.reads.schedule import ScheduleReads
from tradewind.store.reads.search import SearchReads
from tradewind.store.reads.task_filter import TaskInstanceFilter
from tradewind.store.reads.task_instances import TaskInstanceReads
from tradewind.store.reads.task_page import TaskPageReads
from tradewind.store.reads.trends import TrendReads
from tradewind.store.reads.versions import VersionReads
from tradewind.store.reads.watched import WatchedReads
from tradewind.store.reads.xcoms import XComFilter, XComReads

__all__ = [
    "AssetEventFilter",
    "AssetFilter",
    "AuditFilter",
    "DagFilter",
    "EventFilter",
    "Page",
    "Range",
    "Reads",
    "Row",
    "Rows",
    "RunFilter",
    "TaskInstanceFilter",
    "WorkerFilter",
    "XComFilter",
]


class Reads:
    """The reads of one database, by noun."""

    def __init__(self, engine: Engine) -> None:
        self.versions = VersionReads(engine)
        self.dags = DagReads(engine, self.versions)
        self.assets = AssetReads(engine)
        self.asset_pages = AssetPageReads(engine, self.versions)
        self.runs = RunReads(engine)
        self.task_instances = TaskInstanceReads(engine, self.versions)
        self.xcoms = XComReads(engine, self.versions)
        self.import_errors = ImportErrorReads(engine)
        self.deadlines = DeadlineReads(engine)
        self.events = EventReads(engine)
        self.audit = AuditReads(engine)
        self.workers = WorkerReads(engine)
        self.explain = ExplainReads(engine, self.workers, self.versions)
        self.changes = ChangeReads(engine)
        self.watched = WatchedReads(engine)
        self.dag_list = DagListReads(engine)
        self.grid = GridReads(engine, self.versions)
        self.run_tasks = RunTaskReads(engine, self.versions)
        self.task_page = TaskPageReads(engine, self.versions)
        self.trends = TrendReads(engine)
        self.home = HomeReads(engine)
        self.schedule = ScheduleReads(engine)
        self.lineage = LineageReads(engine)
        self.search = SearchReads(engine)
