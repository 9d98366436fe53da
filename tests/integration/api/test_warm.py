"""What a server that is ready does before the first people come, and leaves when it has to stop."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from api_lab import Api

from support.actions_lab import dag
from support.statements import statements
from tradewind.server.app import create_app
from tradewind.server.drawing.graph import get_dag_graph
from tradewind.server.drawing.grid import get_dag_grid
from tradewind.server.drawing.home import get_schedule
from tradewind.server.warm import warm
from tradewind.store import tables
from tradewind.store.engine import write


def test_the_first_pages_of_a_warm_server_read_no_dags(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(3):
        api.lab.add(dag(f"daily_{number}", {"a": []}))
    with write(api.store.engine) as connection:
        soon = api.clock.now() + timedelta(hours=1)
        connection.execute(tables.dag.update().values(next_run_after=soon, next_logical_date=soon, paused=False))
    app = create_app(api.store, log_folder=api.log_folder, no_auth=True, now=api.clock.now)
    with caplog.at_level(logging.WARNING), statements(api.store.engine) as asked:
        warm(app, threading.Event())
    assert not caplog.records
    assert any("dag_version.spec" in statement for statement in asked)
    with statements(api.store.engine) as asked:
        assert len(get_schedule(app.state.context).planned) == 3
    assert not any("dag_version.spec" in statement for statement in asked)


def test_the_first_look_at_the_largest_dag_reads_no_tasks(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    api.lab.add(dag("large", {"a": ["b", "c"], "b": [], "c": []}))
    api.lab.add(dag("small", {"a": []}))
    api.lab.run("large")
    app = create_app(api.store, log_folder=api.log_folder, no_auth=True, now=api.clock.now)
    with caplog.at_level(logging.WARNING):
        warm(app, threading.Event())
    assert not caplog.records
    assert api.store.reads.dags.largest(1) == ["large"]
    with statements(api.store.engine) as asked:
        assert get_dag_grid(app.state.context, "large").tasks
        assert get_dag_graph(app.state.context, "large").body
    assert asked and not any("dag_version.spec" in statement for statement in asked)


def test_a_server_that_stops_is_not_warmed(api: Api) -> None:
    app = create_app(api.store, log_folder=api.log_folder, no_auth=True, now=api.clock.now)
    ended = threading.Event()
    ended.set()
    with statements(api.store.engine) as asked:
        warm(app, ended)
    assert asked == []


def test_what_cannot_be_read_ahead_is_told_and_no_more(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(api.store, log_folder=api.log_folder, no_auth=True, now=api.clock.now)
    with write(api.store.engine) as connection:
        connection.exec_driver_sql("ALTER TABLE import_error RENAME TO gone")
    with caplog.at_level(logging.WARNING):
        warm(app, threading.Event())
    assert "could not be read ahead" in caplog.text
