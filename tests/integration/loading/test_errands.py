"""What user code says besides DAGs, in children: tests of connections by hooks of provider packages, plugins."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from support.actions_lab import dag
from tradewind.errors import NotFoundError
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.parse import FileParser
from tradewind.services.errands import ErrandRunner
from tradewind.spec.dag import ParsedFile
from tradewind.spec.wire import ConnectionData
from tradewind.store import Store
from tradewind.testing.clock import VirtualClock

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PROVIDER = textwrap.dedent("""
    import os, time

    def about():
        kinds = ("fine", "hang", "crash", "mute", "exit")
        return {
            "package-name": "a-provider", "name": "A",
            "connection-types": [
                {"connection-type": kind, "hook-class-name": f"a_provider.{kind.title()}"} for kind in kinds
            ],
        }

    class Mute:
        conn_name_attr = "conn_id"
        def __init__(self, conn_id):
            from airflow.sdk import Connection
            self.connection = Connection.get(conn_id)

    class Fine(Mute):
        def test_connection(self):
            return True, f"{self.connection.login}:{self.connection.password}@{self.connection.host}"

    class Hang(Mute):
        def test_connection(self):
            while True:
                time.sleep(1)

    class Crash(Mute):
        def test_connection(self):
            os.kill(os.getpid(), 11)

    class Exit(Mute):
        def test_connection(self):
            raise SystemExit(3)
""")
PLUGIN = textwrap.dedent("""
    from airflow.plugins_manager import AirflowPlugin

    def shout(word): return word.upper()

    class Loud(AirflowPlugin):
        name = "loud"
        macros = [shout]
        fastapi_apps = [{"app": object(), "url_prefix": "/x", "name": "app"}]
        external_views = [{"name": "v", "href": "https://x", "nav_top_level": True}]
""")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder on the children's path with an installed provider package, and plugins."""
    info = tmp_path / "lib/a_provider-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: a-provider\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[apache_airflow_provider]\nprovider_info = a_provider:about\n")
    (tmp_path / "lib/a_provider.py").write_text(PROVIDER)
    (tmp_path / "plugins").mkdir()
    return tmp_path


@pytest.fixture
def parser(home: Path) -> Iterator[FileParser]:
    environ = {
        **os.environ,
        "PYTHONPATH": str(home / "lib"),
        "AIRFLOW_HOME": str(home),
        "TRADEWIND_HOME": str(home),
    }
    with FileParser(time_limit=1.0, environ=environ) as made:
        yield made


def check(parser: FileParser, kind: str) -> tuple[bool, str]:
    data = ConnectionData(conn_id="my-conn", conn_type=kind, host="h", login="ann", password="s p@ce")
    return parser.check_connection(FolderBundle("asked", Path()), data)


def test_a_hook_says_whether_a_connection_works(parser: FileParser) -> None:
    assert check(parser, "fine") == (True, "ann:***@h"), "and does not tell its password"
    works, message = check(parser, "mute")
    assert (works, "cannot test connections" in message) == (False, True)
    works, message = check(parser, "nothing")
    assert (works, "'nothing'" in message) == (False, True)
    assert check(parser, "exit") == (False, "SystemExit: 3")
    works, message = check(parser, "crash")
    assert (works, "ended without an answer" in message) == (False, True)
    assert check(parser, "hang") == (False, "there was no answer within 1 seconds")
    assert check(parser, "fine")[0], "the next one is not hurt"


def test_plugins_are_described(home: Path, parser: FileParser) -> None:
    (home / "plugins/loud.py").write_text(PLUGIN)
    (home / "plugins/broken.py").write_text("from airflow.plugins_manager import AirflowPlugin\nimport nothing_there\n")
    told = parser.plugins(FolderBundle("asked", home))
    [(name, body)] = told.found
    about = json.loads(body)
    assert (name, about["macros"][0].rpartition(".")[2]) == ("loud", "shout")
    assert about["fastapi_apps"] == [{"app": "builtins.object", "url_prefix": "/x", "name": "app"}]
    assert about["external_views"] == [{"name": "v", "href": "https://x", "nav_top_level": True}]
    assert about["source"].endswith("loud.py")
    [(where, error)] = told.errors
    assert (where.endswith("broken.py"), "nothing_there" in error) == (True, True)


def test_errands_are_done(home: Path, parser: FileParser, sqlite_store: Store) -> None:
    read: list[tuple[str, str | None]] = []

    def reparse(relative: str, bundle: str | None = None) -> None:
        read.append((relative, bundle))
        if relative == "gone.py":
            raise NotFoundError("gone")

    errands = sqlite_store.errands
    clock = VirtualClock(NOW)
    runner = ErrandRunner(errands, parser, reparse, clock, lambda: home / "plugins")
    runner.look_at_plugins()
    assert errands.plugins() == []
    (home / "plugins/loud.py").write_text(PLUGIN)
    runner.look_at_plugins()
    assert [plugin["name"] for plugin in errands.plugins()] == ["loud"]
    (home / "plugins/loud.py").unlink()
    runner.look_at_plugins()
    assert errands.plugins() == []
    tokens = [
        errands.ask_test(ConnectionData(conn_id=kind, conn_type=kind, host="h"), user="ann", now=NOW)
        for kind in ("fine", "mute")
    ]
    assert runner.run() == 2
    assert [(errands.test(token) or {})["state"] for token in tokens] == ["success", "failed"]
    for name in ("gone.py", "d.py"):
        parsed = ParsedFile(relative_fileloc=name, fileloc=f"/dags/{name}", digest="0", dags=(dag(name[0]),))
        sqlite_store.dags.save_parsed("dags", "/dags", parsed, NOW)
        assert errands.ask_parse("dags", name, user="ann", now=NOW)
    assert runner.run() == 2
    assert read == [("gone.py", "dags"), ("d.py", "dags")], "one that is gone hinders no other"
    assert runner.run() == 0
