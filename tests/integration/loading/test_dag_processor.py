"""The DAG processor between a real folder and a real store, one look at a time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from loading_lab import WAIT, Clock, Lab, Told

from tradewind.errors import NotFoundError, StoreError
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.index import CLOCK_GRAIN_NS
from tradewind.services.dag_processor import DagProcessor
from tradewind.spec.dag import ParsedFile


def dag(dag_id: str, more: str = "") -> str:
    return f"from tradewind import DAG\n{more}\nwith DAG({dag_id!r}):\n    pass\n"


BROKEN = {
    "syntax.py": ("from tradewind import DAG\nwith DAG('syntax')\n    pass\n", 2, "expected ':'"),
    "missing.py": (dag("missing", "import no_such_package"), 2, "pip install no-such-package"),
    "cycle.py": (
        "from tradewind import DAG\nfrom tradewind.authoring.operators.empty import EmptyOperator\n"
        "with DAG('cycle'):\n    a, b = EmptyOperator(task_id='a'), EmptyOperator(task_id='b')\n    a >> b >> a\n",
        None,
        "cycle",
    ),
    "twice.py": (
        "from tradewind import DAG\nfrom tradewind.authoring.operators.empty import EmptyOperator\n"
        "with DAG('twice'):\n    EmptyOperator(task_id='a')\n    EmptyOperator(task_id='a')\n",
        5,
        "'a'",
    ),
    "cron.py": ("from tradewind import DAG\n\nwith DAG('cron', schedule='61 * * * *'):\n    pass\n", 3, "61 * * * *"),
    "hangs.py": (dag("hangs", "import time; time.sleep(100)"), 2, "longer than 1.5 seconds"),
    "crashes.py": (dag("crashes", "import ctypes; ctypes.string_at(0)"), 2, "SIGSEGV"),
    "exits.py": (dag("exits", "import sys; sys.exit()"), 2, "sys.exit()"),
}


def test_warnings_of_a_dag_are_told_in_the_log(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    lab.write("odd.py", "from tradewind import DAG\ndag = DAG('odd', schedule=None, default_args={'catchup': True})\n")
    lab.processor().run_once()
    (told,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert "odd.py" in told and "'catchup' in default_args" in told and "catchup=True" in told


def test_bad_files_say_why_and_nothing_else_stops(lab: Lab) -> None:
    lab.write("a_good.py", dag("first"))
    for name, (text, _, _) in BROKEN.items():
        lab.write(name, text)
    lab.write("z_good.py", dag("last"))
    assert lab.processor(time_limit=1.5).run_once() == len(BROKEN) + 2
    assert lab.dags() == {"first": False, "last": False}
    errors = lab.errors()
    assert set(errors) == set(BROKEN)
    for name, (_, line, word) in BROKEN.items():
        ((told_line, message),) = errors[name]
        assert word in message, message
        assert isinstance(told_line, int)
        assert line is None or told_line == line, (name, message)


def test_the_last_good_version_stays_until_the_file_heals(lab: Lab) -> None:
    lab.write("x.py", dag("x"))
    processor = lab.processor()
    processor.run_once()
    (before,) = lab.store.scheduler.dags(["x"])
    lab.write("x.py", "from tradewind import DAG\nraise RuntimeError('broken')\n")
    assert processor.run_once() == 1
    (during,) = lab.store.scheduler.dags(["x"])
    assert (during.version_id, during.stale, during.spec) == (before.version_id, False, before.spec)
    assert "broken" in lab.errors()["x.py"][0][1]
    lab.write("x.py", dag("x", "# healed"))
    assert processor.run_once() == 1
    assert lab.errors() == {}
    assert lab.store.scheduler.dags(["x"])[0].version_id == before.version_id, "the meaning is the same"


def test_only_what_changed_is_parsed(lab: Lab) -> None:
    lab.write("a.py", dag("a", "import helper"))
    lab.write("b.py", dag("b", "import pkg.inner"))
    lab.write("c.py", dag("c"))
    lab.write("helper.py", "import deeper\n")
    lab.write("deeper.py", "")
    lab.write("pkg/inner.py", "")
    processor = lab.processor()
    settle(lab)
    assert processor.run_once() == 3
    assert processor.run_once() == 0
    assert processor.run_once(force=True) == 3
    lab.write("deeper.py", "X = 1\n")
    settle(lab)
    assert [file.relative_fileloc for file in parsed_by(lab, processor)] == ["a.py"]
    lab.write("pkg/inner.py", "X = 1\n")
    settle(lab)
    assert [file.relative_fileloc for file in parsed_by(lab, processor)] == ["b.py"]
    os.utime(lab.root / "c.py")
    settle(lab)
    assert [file.relative_fileloc for file in parsed_by(lab, processor)] == ["c.py"], "it may have been changed twice"
    assert parsed_by(lab, processor) == []


def parsed_by(lab: Lab, processor: DagProcessor) -> list[ParsedFile]:
    lab.heard.files.clear()
    processor.run_once()
    return list(lab.heard.files)


def test_a_restart_parses_only_what_changed_meanwhile(lab: Lab) -> None:
    lab.write("a.py", dag("a", "import helper"))
    lab.write("b.py", dag("b"))
    lab.write("bad.py", "from tradewind import DAG\nraise ValueError\n")
    lab.write("helper.py", "")
    settle(lab)
    assert lab.processor().run_once() == 4 - 1
    assert [file.relative_fileloc for file in parsed_by(lab, lab.processor())] == ["bad.py"], "it may be healed"
    lab.write("helper.py", "X = 1\n")
    settle(lab)
    assert {file.relative_fileloc for file in parsed_by(lab, lab.processor())} == {"a.py", "bad.py"}
    (lab.root / "b.py").unlink()
    lab.known = {"a", "b"}
    lab.processor().run_once()
    assert lab.dags() == {"a": False, "b": True}


def settle(lab: Lab) -> None:
    """Until the files are older than a load that begins now: what is written during a load is loaded again."""
    newest = max(path.stat().st_ctime_ns for path in lab.root.rglob("*.py"))
    while time.time_ns() <= newest + CLOCK_GRAIN_NS:
        pass


def test_a_restart_after_an_installation_parses_everything(
    lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab.write("a.py", dag("a"))
    settle(lab)
    lab.processor().run_once()
    assert lab.processor().run_once() == 0
    (tmp_path / "new_provider-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert lab.processor().run_once() == 1


def test_a_folder_that_moved_is_parsed_anew(lab: Lab) -> None:
    lab.write("a.py", dag("a"))
    lab.processor().run_once()
    moved = lab.root.with_name("elsewhere")
    lab.root.rename(moved)
    lab.root = moved
    assert lab.processor(bundles=[FolderBundle("dags", moved)]).run_once() == 1
    assert lab.store.scheduler.dags(["a"])[0].source.bundle_path == str(moved)


def test_two_files_with_the_same_dag(lab: Lab) -> None:
    lab.write("a.py", dag("same"))
    processor = lab.processor()
    settle(lab)
    processor.run_once()
    lab.write("b.py", "\n\n" + dag("same") + dag("other"))
    settle(lab)
    assert processor.run_once() == 1
    ((line, message),) = lab.errors()["b.py"]
    assert line == 5
    assert str(lab.root / "a.py") in message
    assert "fix: give one of them another dag_id" in message
    assert lab.dags() == {"same": False, "other": False}
    assert lab.store.dags.owners()["same"] == ("dags", "a.py")
    # a restart does not change hands, whichever file is parsed
    settle(lab)
    restarted = lab.processor()
    restarted.run_once()
    assert lab.store.dags.owners()["same"] == ("dags", "a.py")
    assert list(lab.errors()) == ["b.py"]
    lab.write("a.py", dag("same", "# edited"))
    settle(lab)
    assert restarted.run_once() == 1
    assert list(lab.errors()) == ["b.py"]
    # when the owner gives it up, the other file gets it
    lab.write("a.py", dag("renamed"))
    restarted.run_once()
    assert lab.store.dags.owners() == {
        "renamed": ("dags", "a.py"),
        "same": ("dags", "b.py"),
        "other": ("dags", "b.py"),
    }
    assert lab.errors() == {}


def test_a_renamed_file_takes_its_dags_along(lab: Lab) -> None:
    lab.write("old.py", dag("moving"))
    processor = lab.processor()
    processor.run_once()
    (lab.root / "old.py").rename(lab.root / "new.py")
    processor.run_once()
    assert lab.store.dags.owners() == {"moving": ("dags", "new.py")}
    assert lab.dags() == {"moving": False}
    assert lab.errors() == {}


def test_deleted_and_ignored_files_make_their_dags_stale(lab: Lab) -> None:
    lab.known = {"a", "b", "c"}
    for name in ("a", "b", "c"):
        lab.write(f"{name}.py", dag(name))
    processor = lab.processor()
    processor.run_once()
    (lab.root / "a.py").unlink()
    lab.write(".airflowignore", "b.py\n")
    processor.run_once()
    assert lab.dags() == {"a": True, "b": True, "c": False}
    lab.write("a.py", dag("a"))
    (lab.root / ".airflowignore").unlink()
    processor.run_once()
    assert lab.dags() == {"a": False, "b": False, "c": False}


def test_a_dag_that_was_deleted_comes_back_as_long_as_its_file_is_there(lab: Lab) -> None:
    lab.known = {"gone", "stays", "c", "d"}
    lab.write("two.py", dag("gone") + dag("stays"))
    lab.write("other.py", dag("c") + dag("d"))
    processor = lab.processor()
    settle(lab)
    processor.run_once()
    lab.store.actions.delete_dag("gone")
    settle(lab)
    assert processor.run_once() == 1, "its file is parsed again, and no other"
    assert set(lab.store.dags.owners()) == {"gone", "stays", "c", "d"}
    settle(lab)
    assert processor.run_once() == 0
    lab.write("two.py", "from tradewind import DAG\n1 / 0\n")
    settle(lab)
    processor.run_once()
    lab.store.actions.delete_dag("gone")
    assert [processor.run_once(), processor.run_once()] == [1, 0], "a broken file is tried once"


def test_a_folder_that_is_away_deletes_nothing(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    lab.write("a.py", dag("a"))
    processor = lab.processor()
    settle(lab)
    processor.run_once()
    away = lab.root.with_name("away")
    lab.root.rename(away)
    assert processor.run_once() == 0
    assert lab.dags() == {"a": False}
    assert any("cannot be read" in record.getMessage() for record in caplog.records)
    away.rename(lab.root)
    assert processor.run_once() == 0


def test_a_changed_variable_changes_the_dag(lab: Lab) -> None:
    lab.store.variables.set("names", "one,two")
    lab.write(
        "dynamic.py",
        "from tradewind import DAG, Variable\nfor name in Variable.get('names').split(','):\n"
        "    with DAG(name):\n        pass\n",
    )
    processor = lab.processor()
    settle(lab)
    assert processor.run_once() == 1
    assert set(lab.dags()) == {"one", "two"}
    assert processor.run_once() == 0
    lab.store.variables.set("names", "one,three")
    assert processor.run_once() == 1
    lab.known = {"one", "two", "three"}
    assert lab.dags() == {"one": False, "two": True, "three": False}


def test_parse_now_parses_one_file_whether_it_changed_or_not(lab: Lab) -> None:
    lab.write("team/a.py", dag("a"))
    processor = lab.processor()
    saved = processor.parse_now("team/a.py")
    assert [spec.dag_id for spec in saved.dags] == ["a"]
    assert processor.parse_now("team/a.py", "dags").digest == saved.digest
    assert lab.dags() == {"a": False}
    with pytest.raises(NotFoundError, match="no DAG file"):
        processor.parse_now("gone.py")
    with pytest.raises(NotFoundError, match="no bundle 'other'"):
        processor.parse_now("team/a.py", "other")


class Flaky:
    """A store that is not there for the first write."""

    def __init__(self, lab: Lab) -> None:
        self.real = lab.store.dags
        self.failures = [StoreError("the database is locked")]

    def save_parsed(self, bundle_name: str, bundle_path: str, parsed: ParsedFile, now: datetime) -> None:
        if self.failures:
            raise self.failures.pop()
        self.real.save_parsed(bundle_name, bundle_path, parsed, now)

    def known_files(self, bundle_name: str) -> dict[str, str]:
        return self.real.known_files(bundle_name)

    def forget_files(self, bundle_name: str, relative_filelocs: Iterable[str], now: datetime) -> None:
        self.real.forget_files(bundle_name, relative_filelocs, now)


def test_a_store_that_was_away_gets_the_dags_later(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    lab.write("a.py", dag("a"))
    processor = lab.processor(store=Flaky(lab))
    assert processor.run_once() == 1
    assert lab.dags() == {}
    assert any("could not be saved" in record.getMessage() for record in caplog.records)
    assert processor.run_once() == 1
    assert lab.dags() == {"a": False}


# --- While it serves ------------------------------------------------------------------------------------------


class Serving:
    """A processor on a thread of its own."""

    def __init__(self, processor: DagProcessor) -> None:
        self.processor = processor
        self.stop = threading.Event()
        self.thread = threading.Thread(target=processor.serve, args=(self.stop,))
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(WAIT)
        assert not self.thread.is_alive()


@pytest.fixture
def serving(lab: Lab) -> Iterator[Serving]:
    """With a sweep so slow that only events can explain what happens."""
    running = Serving(lab.processor(sweep=3600.0, worker_id="the-processor"))
    assert running.processor.loaded.wait(WAIT)
    yield running
    running.end()


def test_changes_are_parsed_as_they_happen(lab: Lab, serving: Serving, told: Told) -> None:
    lab.write("helper.py", "TAG = 'one'\n")
    lab.write("a.py", dag("a", "import helper"))
    lab.heard.wait_for_file("a.py")
    lab.write("sub/deep/b.py", dag("b"))
    lab.heard.wait_for_file("sub/deep/b.py")
    # a helper module
    lab.write("helper.py", "TAG = 'two'\n")
    assert lab.heard.wait_for_file("a.py").imports == ("helper.py",)
    # an editor that writes a new file and moves it into place
    lab.write("a.tmp", dag("a", "import helper  # saved"))
    (lab.root / "a.tmp").replace(lab.root / "a.py")
    lab.heard.wait_for_file("a.py")
    # a broken state, and a healed one
    lab.write("a.py", "from tradewind import DAG\nimport not_yet\n")
    assert lab.heard.wait_for_file("a.py").errors
    lab.write("not_yet.py", "dag = airflow = None\n")
    assert not lab.heard.wait_for_file("a.py").errors
    # gone
    told.expect("dag_processor.forgot", file="sub/deep/b.py")
    (lab.root / "sub/deep/b.py").unlink()
    told.wait()
    lab.known = {"b"}
    assert lab.dags()["b"] is True


def test_a_slow_file_holds_up_no_other_and_no_stop(lab: Lab) -> None:
    fifo = lab.root.parent / "started"
    os.mkfifo(fifo)
    lab.write("slow.py", dag("slow", f"import time; open({str(fifo)!r}, 'w').write('x'); time.sleep(1000)"))
    serving = Serving(lab.processor(time_limit=1000))
    fifo.read_text()
    lab.write("quick.py", dag("quick"))
    lab.heard.wait_for_file("quick.py")
    serving.end()
    assert lab.dags() == {"quick": False}
    assert lab.errors() == {}, "a stop is not the fault of the file"


def test_the_processor_is_registered_while_it_lives(lab: Lab, serving: Serving) -> None:
    now = Clock().now()
    assert lab.store.leases.dead_workers(["the-processor"], now, timedelta(seconds=60)) == {}
    serving.end()
    assert "the-processor" in lab.store.leases.dead_workers(["the-processor"], now, timedelta(seconds=60))


def test_the_sweep_finds_what_no_event_told(lab: Lab, tmp_path: Path) -> None:
    """A link that is swapped, as deployments do, moves the folder away under the watch."""
    for number in (1, 2):
        release = tmp_path / f"release-{number}"
        release.mkdir()
        (release / "a.py").write_text(dag(f"from_release_{number}"))
    current = tmp_path / "current"
    current.symlink_to("release-1")
    serving = Serving(lab.processor(current, sweep=0.1))
    try:
        assert [spec.dag_id for spec in lab.heard.wait_for_file("a.py").dags] == ["from_release_1"]
        (tmp_path / "next").symlink_to("release-2")
        (tmp_path / "next").replace(current)
        assert [spec.dag_id for spec in lab.heard.wait_for_file("a.py").dags] == ["from_release_2"]
    finally:
        serving.end()


def test_a_folder_may_come_later(lab: Lab, tmp_path: Path) -> None:
    serving = Serving(lab.processor(tmp_path / "later", sweep=0.1))
    try:
        assert serving.processor.loaded.wait(WAIT)
        (tmp_path / "later").mkdir()
        (tmp_path / "later" / "a.py").write_text(dag("a"))
        lab.heard.wait_for_file("a.py")
    finally:
        serving.end()


def test_polling_where_there_are_no_events(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    serving = Serving(lab.processor(sweep=3600.0))
    try:
        assert serving.processor.loaded.wait(WAIT)
        lab.write("a.py", dag("a"))
        lab.heard.wait_for_file("a.py")
    finally:
        serving.end()
