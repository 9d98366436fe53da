"""Paths of object stores."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tradewind.authoring.object_storage import ObjectStoragePath
from tradewind.errors import AirflowException
from tradewind.runtime import large_values
from tradewind.spec import serde


def test_addresses() -> None:
    path = ObjectStoragePath("s3://my_conn@bucket/raw/") / "2024" / "a.csv.gz"
    assert str(path) == "s3://my_conn@bucket/raw/2024/a.csv.gz"
    assert (path.protocol, path.conn_id, path.bucket, path.key) == ("s3", "my_conn", "bucket", "raw/2024/a.csv.gz")
    assert (path.name, path.stem, path.suffix) == ("a.csv.gz", "a.csv", ".gz")
    assert path.parent == ObjectStoragePath("s3://bucket/raw/2024", conn_id="my_conn")
    assert ObjectStoragePath("s3://bucket/a@b").conn_id is None
    assert ObjectStoragePath(path, "b") == path.joinpath("b")
    assert len({path, ObjectStoragePath(str(path))}) == 1


def test_it_travels_as_an_xcom() -> None:
    path = ObjectStoragePath("s3://my_conn@bucket/key")
    text = serde.dumps({"at": path})
    assert large_values.serde.loads(text) == {"at": path}
    assert serde.display(text) == {"at": "s3://my_conn@bucket/key"}


def test_what_must_be_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(AirflowException, match="pip install fsspec s3fs"):
        ObjectStoragePath("s3://bucket/key").exists()


def test_files(tmp_path: Path) -> None:
    root = ObjectStoragePath(f"file://{tmp_path}")
    folder = root / "a" / "b"
    folder.mkdir(parents=True)
    folder.mkdir(exist_ok=True)
    assert (folder / "x.txt").write_text("ü") == 1
    assert (folder / "x.txt").read_text() == "ü" and (folder / "x.txt").size() == 2
    with (folder / "y.bin").open("wb") as file:
        file.write(b"123")
    assert sorted(path.name for path in folder.iterdir()) == ["x.txt", "y.bin"]
    assert [path.name for path in root.glob("**/*.bin")] == ["y.bin"]
    (folder / "y.bin").move(root / "z.bin")
    assert not (folder / "y.bin").exists() and (root / "z.bin").read_bytes() == b"123"
    (root / "z.bin").unlink()
    (root / "z.bin").unlink(missing_ok=True)
    (root / "a").rmdir(recursive=True)
    assert list(tmp_path.iterdir()) == []
