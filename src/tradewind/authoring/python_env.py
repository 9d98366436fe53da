"""Virtual environments for tasks: made with uv where it is installed, else with venv and pip; kept when asked to.

Used by `operators.other_python`.  A kept environment has a folder named by the hash of all that went into it.  It is
made under a lock and counts only once it is marked complete: tasks that start at once share it, and what a killed task
left half-made is made anew.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tradewind.authoring.conf import conf
from tradewind.errors import AirflowException

Run = Callable[[Sequence[str], dict[str, str]], tuple[int, str]]
"""Runs a command with an environment, logs its output, returns the exit code and the last line."""
_COMPLETE = "tradewind-complete.json"


@dataclass(frozen=True, slots=True)
class EnvSpec:
    """Everything that makes one environment what it is."""

    requirements: str
    """Text of a requirements file."""
    python: str
    """The interpreter's path, or a version such as `3.12`."""
    system_site_packages: bool
    pip_install_options: tuple[str, ...]
    index_urls: tuple[str, ...] | None
    """None: as configured on the machine; empty: no index at all."""
    cache_key: str = ""

    def digest(self) -> str:
        """Names the environment among the kept ones (16 hex digits)."""
        parts = {**asdict(self), "running": sys.version}
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def interpreter(env: Path) -> Path:
    """The Python of an environment."""
    return env / "bin" / "python"


@contextmanager
def environment(spec: EnvSpec, cache: str | None, run: Run) -> Iterator[Path]:
    """A ready environment's Python, while `with` lasts; without `cache` (a folder) it is removed afterwards.

    Raises AirflowException when it cannot be made; the log has the installer's words.
    """
    if cache is None:
        with tempfile.TemporaryDirectory(prefix="tradewind-venv-") as folder:
            _make(spec, Path(folder) / "env", run)
            yield interpreter(Path(folder) / "env")
        return
    root = Path(cache)
    root.mkdir(parents=True, exist_ok=True)
    place = root / f"venv-{spec.digest()}"
    with (root / f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / _COMPLETE).exists():
            shutil.rmtree(place, ignore_errors=True)  # of a task that was killed
            try:
                _make(spec, place, run)
            except BaseException:
                shutil.rmtree(place, ignore_errors=True)
                raise
            (place / _COMPLETE).write_text(json.dumps({**asdict(spec), "index_urls": None}), encoding="utf-8")
        fcntl.flock(lock, fcntl.LOCK_SH)  # others may use it at the same time, nobody may remove it
        yield interpreter(place)


def is_venv_installed() -> bool:
    """Whether environments can be made here.  Airflow: `is_venv_installed` of `airflow.operators.python`."""
    return shutil.which("uv") is not None or importlib.util.find_spec("venv") is not None


def uses_uv() -> bool:
    """Whether environments are made with uv: `[standard] venv_install_method` is auto (the default), pip or uv."""
    method = str(conf.get("standard", "venv_install_method", fallback="auto"))
    if method == "uv" and shutil.which("uv") is None:
        raise AirflowException("[standard] venv_install_method is uv, but uv is not on PATH: pip install uv")
    return method != "pip" and shutil.which("uv") is not None


def _make(spec: EnvSpec, place: Path, run: Run) -> None:
    uv = uses_uv()
    environ = dict(os.environ)
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"):
        environ.pop(name, None)
    _check(run(_venv_command(spec, place, uv), environ), "the virtual environment cannot be made")
    if not spec.requirements.strip():
        return
    options = list(spec.pip_install_options)
    if spec.index_urls is not None:
        # not on the command line: addresses of indexes often have a password in them
        _use_indexes(spec.index_urls, place, environ, uv)
        if not spec.index_urls:
            options.append("--no-index")
    file = place / "requirements.txt"
    file.write_text(spec.requirements, encoding="utf-8")
    _check(
        run([*_installer(spec, place, uv), *options, "-r", str(file)], environ), "the requirements cannot be installed"
    )


def _installer(spec: EnvSpec, place: Path, uv: bool) -> list[str]:
    python = str(interpreter(place))
    if uv:
        return ["uv", "pip", "install", "--python", python]
    pip = [python, "-m", "pip"] if _brings_pip(spec) else [spec.python, "-m", "pip", "--python", python]
    return [*pip, "install", "--disable-pip-version-check", "--no-input"]


def _brings_pip(spec: EnvSpec) -> bool:
    """Whether the environment needs a pip of its own, which takes seconds to put there."""
    return spec.python != sys.executable or importlib.util.find_spec("pip") is None


def _venv_command(spec: EnvSpec, place: Path, uv: bool) -> list[str]:
    site = ["--system-site-packages"] if spec.system_site_packages else []
    if uv:
        return ["uv", "venv", "--python", spec.python, *site, str(place)]
    python = spec.python if os.sep in spec.python else shutil.which(f"python{spec.python}")
    if python is None:
        raise AirflowException(
            f"python{spec.python} is not on PATH; install it, or install uv, which brings the Python that is asked for"
        )
    if not spec.requirements.strip() or not _brings_pip(spec):
        site.append("--without-pip")
    return [python, "-m", "venv", *site, str(place)]


def _use_indexes(urls: Sequence[str], place: Path, environ: dict[str, str], uv: bool) -> None:
    """Write the indexes where the installer looks; the environment keeps them for whoever installs more later."""
    for url in urls:
        if urlsplit(url).scheme not in ("http", "https", "file"):
            raise AirflowException(f"index_urls: {url!r} is no address of a package index; write https://...")
    if not urls:
        return
    if uv:
        environ["UV_DEFAULT_INDEX"] = urls[0]
        environ["UV_INDEX"] = " ".join(urls[1:])
        return
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_CONFIG_FILE"):
        environ.pop(name, None)
    lines = ["[global]", f"index-url = {urls[0]}"]
    if urls[1:]:
        lines += ["extra-index-url =", *(f"    {url}" for url in urls[1:])]
    config = place / "pip.conf"
    config.touch(mode=0o600)
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _check(outcome: tuple[int, str], problem: str) -> None:
    code, last = outcome
    if code:
        raise AirflowException(f"{problem} (exit code {code}): {last}")
