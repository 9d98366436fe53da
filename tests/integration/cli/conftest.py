"""A home folder with DAG files, and commands run on it in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_lab import FIRST, Command, Result

from tradewind.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder that commands use."""
    for name in ("AIRFLOW_HOME", "TRADEWIND_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRADEWIND_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run a command and say what it printed; `code` is checked unless it is None."""

    def command(*arguments: str, code: int | None = 0) -> Result:
        capsys.readouterr()
        status = main(arguments)
        captured = capsys.readouterr()
        result = Result(status, captured.out, captured.err)
        assert code is None or status == code, f"{arguments} ended with {status}: {result}"
        return result

    return command


@pytest.fixture
def dags(home: Path) -> Path:
    """The DAG folder, with one good file."""
    folder = home / "dags"
    folder.mkdir(parents=True)
    (folder / "first.py").write_text(FIRST)
    return folder


@pytest.fixture
def loaded(dags: Path, run: Command) -> Path:
    """The DAG folder, read into the database."""
    run("dags", "reserialize")
    return dags
