"""Functions in other Pythons: environments that are made, kept and shared; what goes there and what comes back."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from authoring_kit import context_of, run

from tradewind import DAG
from tradewind.authoring.operators.other_python import ExternalPythonOperator, PythonVirtualenvOperator
from tradewind.errors import AirflowException, AirflowSkipException, DagAuthoringError


def there(function: Callable[..., Any], **kwargs: Any) -> ExternalPythonOperator:
    with DAG("d", schedule=None):
        return ExternalPythonOperator(task_id="t", python=sys.executable, python_callable=function, **kwargs)


def apart(function: Callable[..., Any], **kwargs: Any) -> PythonVirtualenvOperator:
    with DAG("d", schedule=None):
        return PythonVirtualenvOperator(
            task_id="t", python_callable=function, **{"system_site_packages": False, **kwargs}
        )


def wheel(folder: Path, name: str, version: str) -> Path:
    """A package with a `VERSION`, ready to be installed."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/RECORD,,\n")
    return path


def installed() -> str:
    import tradewind_shapes

    return tradewind_shapes.VERSION


def test_requirements_are_installed_and_an_environment_is_kept(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="airflow.task")
    cache = tmp_path / "venvs"
    options = ["--no-index", "--find-links", str(tmp_path)]
    wheel(tmp_path, "tradewind_shapes", "1.0")
    wheel(tmp_path, "tradewind_shapes", "2.0")

    def version(wanted: str) -> Any:
        made = apart(
            installed, requirements=[f"tradewind_shapes=={wanted}"], pip_install_options=options, venv_cache_path=cache
        )
        return run(made)[0]

    assert version("1.0") == "1.0"
    caplog.clear()
    assert version("1.0") == "1.0"
    assert not [line for line in caplog.messages if "tradewind_shapes" in line]  # nothing was installed again
    assert version("2.0") == "2.0"
    kept = [path for path in cache.iterdir() if path.is_dir()]
    assert len(kept) == 2
    for path in kept:  # an environment that a killed task left half-made is made anew
        (path / "tradewind-complete.json").unlink()
    assert version("2.0") == "2.0"


def test_requirements_that_cannot_be_installed_fail_the_task_and_leave_nothing(tmp_path: Path) -> None:
    cache = tmp_path / "venvs"
    made = apart(installed, requirements="no_such_thing_at_all\n", index_urls=[], venv_cache_path=cache)
    with pytest.raises(AirflowException, match="the requirements cannot be installed"):
        run(made)
    assert [path for path in cache.iterdir() if path.is_dir()] == []


def leave() -> None:
    raise SystemExit(42)


def test_exit_codes() -> None:
    with pytest.raises(AirflowSkipException):
        run(there(leave, skip_on_exit_code=[41, 42]))
    with pytest.raises(AirflowException, match="ended with exit code 42"):
        run(there(leave))


def secret() -> list[Any]:
    import os

    return [os.environ.get("TRADEWIND_TEST_HERE"), os.environ.get("GIVEN")]


def test_the_environment_is_inherited_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRADEWIND_TEST_HERE", "yes")
    assert run(there(secret, env_vars={"GIVEN": "1"}))[0] == ["yes", "1"]
    assert run(there(secret, env_vars={"GIVEN": "1"}, inherit_env=False))[0] == [None, "1"]


def give_back(value: Any) -> Any:
    return value


def unsendable() -> Any:
    return lambda: None


def test_values_that_cannot_travel_are_named() -> None:
    with pytest.raises(AirflowException, match="an argument cannot be sent"):
        run(there(give_back, op_args=[threading.Lock()]))
    with pytest.raises(AirflowException, match="the result, a function, cannot be sent back"):
        run(there(unsendable))
    with pytest.raises(AirflowException, match="needs the package dill here, too: pip install dill"):
        run(there(give_back, op_args=[1], serializer="dill"))


def test_what_is_refused_while_the_dag_is_defined() -> None:
    for function in (lambda: 1, print):
        with pytest.raises(DagAuthoringError, match="must be a function made with `def`"):
            there(function)
    with pytest.raises(DagAuthoringError, match="serializer='yaml' does not exist"):
        there(give_back, serializer="yaml")
    with pytest.raises(DagAuthoringError, match="exclude each other"):
        there(give_back, use_dill=True, serializer="pickle")
    with pytest.raises(DagAuthoringError, match="must be text"):
        apart(give_back, python_version=3.1)


def test_a_missing_python_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with DAG("d", schedule=None):
        made = ExternalPythonOperator(task_id="t", python=tmp_path / "python", python_callable=leave)
    with pytest.raises(AirflowException, match="does not exist"):
        run(made)
    monkeypatch.setenv("AIRFLOW__STANDARD__VENV_INSTALL_METHOD", "pip")
    with pytest.raises(AirflowException, match=r"python9\.9 is not on PATH"):
        run(apart(leave, python_version="9.9"))
    monkeypatch.setenv("AIRFLOW__STANDARD__VENV_INSTALL_METHOD", "uv")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    with pytest.raises(AirflowException, match=r"error: No interpreter found for Python 9\.9 in .* path$"):
        run(apart(leave, python_version="9.9"))


def tell_and_wait(path: str) -> None:
    import os
    import pathlib
    import subprocess
    import sys

    child = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    pathlib.Path(path).write_text(f"{os.getpid()} {child.pid}")
    child.wait()


def test_on_kill_ends_the_other_python_and_what_it_started(tmp_path: Path) -> None:
    fifo = tmp_path / "pids"
    os.mkfifo(fifo)
    made = there(tell_and_wait, op_args=[str(fifo)]).prepare_for_execution()
    errors: list[BaseException] = []

    def body() -> None:
        try:
            made.execute(context_of(made))
        except AirflowException as error:
            errors.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    watched = [os.pidfd_open(int(pid)) for pid in fifo.read_text().split()]
    made.on_kill()
    thread.join(60)
    assert not thread.is_alive() and f"killed by signal {signal.SIGTERM.value}" in str(errors[0])
    for descriptor in watched:
        assert select.select([descriptor], [], [], 20)[0]
        os.close(descriptor)
