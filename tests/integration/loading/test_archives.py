"""DAG files in zip archives: listed, parsed, parsed again when the archive changes, and never unpacked."""

from __future__ import annotations

import logging
import threading
import zipfile
from pathlib import Path

import pytest
from loading_lab import Folder, Lab

from tradewind.authoring import archives
from tradewind.authoring.loader import close_bundle, load_file
from tradewind.errors import InvalidError
from tradewind.loading.bundle import FolderBundle
from tradewind.loading.digest import Digests
from tradewind.runtime.codes import CodeCache
from tradewind.runtime.sandbox import ProcessState
from tradewind.spec.wire import DagSource


def dag(dag_id: str, more: str = "") -> str:
    return f"from airflow import DAG\n{more}\nwith DAG({dag_id!r}, schedule=None):\n    pass\n"


def pack(path: Path, **files: str | bytes) -> Path:
    """An archive of `name__py="..."`; a double underscore is a dot, ` _in_` a folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", ".").replace("_in_", "/"), text)
    return path


def test_dag_files_at_the_root_are_listed(tmp_path: Path) -> None:
    archive = pack(
        tmp_path / "team" / "shop.zip", etl__py=dag("etl"), helper__py="X = 1", lib_in_deep__py=dag("deep"),
        notes__txt="airflow dag", __hidden__py=dag("hidden"),
    )  # fmt: skip
    with zipfile.ZipFile(archive, "a") as opened:
        for evil in ("../evil.py", "/tmp/evil.py", "..\\evil.py", "a\nb.py", ".py"):
            opened.writestr(evil, dag("evil"))
    (tmp_path / "plain.py").write_text(dag("plain"))
    bundle = FolderBundle("dags", tmp_path)
    assert bundle.list_files() == ["plain.py", "team/shop.zip/etl.py"]
    (tmp_path / ".airflowignore").write_text("etl.py\n")
    assert bundle.list_files() == ["plain.py"]
    (tmp_path / ".airflowignore").write_text("*.zip\n")
    assert bundle.list_files() == ["plain.py"]
    assert FolderBundle("dags", tmp_path / "team", safe_mode=False).list_files() == [
        "shop.zip/etl.py",
        "shop.zip/helper.py",
    ]
    assert sorted(path.name for path in tmp_path.rglob("*.py")) == ["plain.py"], "nothing is unpacked"


def test_archives_that_cannot_be_used_say_why(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder.root / "broken.zip").write_bytes(b"PK but no archive")
    assert folder.bundle.list_files() == ["broken.zip"]
    (error,) = folder.parse("broken.zip").file.errors
    assert "broken.zip is not a zip archive" in error.message and "fix: build it again" in error.message
    monkeypatch.setattr(archives, "LARGEST_FILE", 1000)
    bomb = pack(folder.root / "bomb.zip", a__py="#" * 1001)
    with pytest.raises(InvalidError, match=r"of bomb\.zip is larger than"):
        archives.python_files(bomb)
    with pytest.raises(OSError, match="is larger than"):
        archives.read_bytes(bomb / "a.py")
    monkeypatch.setattr(archives, "MOST_FILES", 2)
    with pytest.raises(InvalidError, match="has 3 entries, more than 2"):
        archives.python_files(pack(folder.root / "many.zip", a__py="", b__py="", c__py=""))
    with pytest.raises(FileNotFoundError, match=r"holds no 'b.py'"):
        archives.read_bytes(bomb / "b.py")
    assert not archives.exists(bomb / "b.py") and archives.exists(bomb / "a.py")


def test_errors_name_the_file_and_the_line(folder: Folder) -> None:
    pack(folder.root / "shop.zip", etl__py=dag("etl", "import helper"), helper__py="\nraise ValueError('sold out')\n")
    (error,) = folder.parse("shop.zip/etl.py").file.errors
    assert (error.relative_fileloc, error.line) == ("shop.zip/etl.py", 2)
    assert error.message == "ValueError: sold out (in shop.zip/helper.py, line 2)"
    assert "raise ValueError('sold out')" in error.traceback
    pack(folder.root / "bad.zip", etl__py="from airflow import DAG\n(\n")
    (error,) = folder.parse("bad.zip/etl.py").file.errors
    assert "SyntaxError" in error.message and error.line == 2


def test_a_parse_depends_on_the_whole_archive(folder: Folder) -> None:
    pack(folder.root / "shop.zip", etl__py=dag("etl", "import helper, beside"), helper__py="X = 1")
    folder.write("beside.py", "Y = 2")
    parsed = folder.parse("shop.zip/etl.py").file
    assert [spec.dag_id for spec in parsed.dags] == ["etl"]
    assert parsed.imports == ("beside.py", "shop.zip")
    assert parsed.dags[0].fileloc == str(folder.root / "shop.zip" / "etl.py")
    digests = Digests(folder.root)
    before = digests.of("shop.zip/etl.py")
    pack(folder.root / "shop.zip", etl__py=dag("etl", "import helper, beside"), helper__py="X = 12")
    assert digests.of("shop.zip/etl.py") != before


def test_the_processor_follows_an_archive(lab: Lab) -> None:
    path = pack(lab.root / "shop.zip", one__py=dag("one", "import helper"), two__py=dag("two"), helper__py="X = 1")
    processor = lab.processor()
    assert processor.run_once() == 2
    assert lab.dags() == {"one": False, "two": False}
    assert lab.processor().run_once() == 0, "a restart knows the files"
    lab.known |= {"one", "two"}
    pack(path, one__py=dag("one", "import helper"), three__py=dag("three"), helper__py="X = 2")
    assert processor.run_once() == 2
    assert lab.dags() == {"one": False, "two": True, "three": False}
    path.unlink()
    lab.known.add("three")
    processor.run_once()
    assert lab.dags() == {"one": True, "two": True, "three": True}


def test_a_running_processor_hears_of_a_new_archive(lab: Lab, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    stop = threading.Event()
    processor = lab.processor(sweep=3600.0)
    thread = threading.Thread(target=processor.serve, args=(stop,))
    thread.start()
    try:
        assert processor.loaded.wait(60)
        fresh = pack(lab.root.parent / "new.zip", etl__py=dag("etl"))
        fresh.rename(lab.root / "shop.zip")
        assert [spec.dag_id for spec in lab.heard.wait_for_file("shop.zip/etl.py").dags] == ["etl"]
        pack(lab.root.parent / "new.zip", etl__py=dag("etl2")).rename(lab.root / "shop.zip")
        assert [spec.dag_id for spec in lab.heard.wait_for_file("shop.zip/etl.py").dags] == ["etl2"]
    finally:
        stop.set()
        thread.join(60)
    assert not caplog.records


def test_a_worker_keeps_the_modules_of_two_archives_apart(tmp_path: Path) -> None:
    body = "import helper\n\ndef late():\n    import late_helper\n    return late_helper.NAME\n"
    for name in ("a", "b"):
        pack(
            tmp_path / f"{name}.zip", etl__py=dag(name, body), helper__py=f"NAME = {name!r}",
            late_helper__py=f"NAME = 'late {name}'",
        )  # fmt: skip
    cache = CodeCache(ProcessState())
    sources = {
        name: DagSource(bundle_path=str(tmp_path), relative_fileloc=f"{name}.zip/etl.py", digest=name)
        for name in ("a", "b")
    }
    try:
        for name in ("a", "b", "a", "b", "a"):
            module = cache.get(sources[name]).file.module
            assert (module.helper.NAME, module.late()) == (name, f"late {name}")
        pack(tmp_path / "a.zip", etl__py=dag("a", body), helper__py="NAME = 'new'", late_helper__py="NAME = 'late new'")
        module = cache.get(
            DagSource(bundle_path=str(tmp_path), relative_fileloc="a.zip/etl.py", digest="a2")
        ).file.module
        assert (module.helper.NAME, module.late()) == ("new", "late new")
    finally:
        close_bundle(tmp_path)


def test_an_archive_itself_is_no_dag_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "shop.zip", etl__py=dag("etl"))
    try:
        with pytest.raises(InvalidError, match=r"shop.zip is an archive, not a DAG file"):
            load_file(path, tmp_path)
        assert list(load_file(path / "etl.py", tmp_path).dags) == ["etl"]
    finally:
        close_bundle(tmp_path)
