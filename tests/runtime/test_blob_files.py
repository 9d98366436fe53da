"""Large values as files: written whole, while others delete the last value beside them."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tradewind.errors import AirflowException
from tradewind.runtime.blob_files import delete_blob, read_blob, write_blob


def test_writers_and_deleters_share_a_folder(tmp_path: Path) -> None:
    """Whoever deletes the last value takes the folder along; who is about to write there makes it again."""
    root, errors = tmp_path / "xcom", []

    def work(name: str) -> None:
        try:
            for number in range(200):
                location = str(root / "dag" / "run" / f"{name}-{number}.bin")
                write_blob(location, b"x")
                assert read_blob(location) == b"x"
                delete_blob(location)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(f"t{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_a_place_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "xcom").write_text("in the way")
    with pytest.raises(AirflowException, match="cannot be written to"):
        write_blob(str(tmp_path / "xcom" / "a.bin"), b"x")
