"""Environment variables for a while, and commands that log what they print.  Airflow: `airflow.utils.process_utils`."""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

_log = logging.getLogger("airflow.task")


@contextmanager
def patch_environ(new_env_variables: Mapping[str, str]) -> Iterator[None]:
    """These environment variables under `with`; afterwards each is what it was before."""
    before = {name: os.environ.get(name) for name in new_env_variables}
    os.environ.update(new_env_variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def execute_in_subprocess(cmd: Sequence[str], cwd: str | None = None, env: Mapping[str, str] | None = None) -> None:
    """Run a command and log what it prints.  Raises `CalledProcessError` when it fails."""
    execute_in_subprocess_with_kwargs(cmd, cwd=cwd, env=env)


def execute_in_subprocess_with_kwargs(cmd: Sequence[str], **kwargs: Any) -> None:
    """The same with any argument of `subprocess.Popen`."""
    _log.info("runs %s", shlex.join(cmd))
    with subprocess.Popen(cmd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **kwargs) as process:  # noqa: S603
        assert process.stdout is not None
        for line in process.stdout:
            _log.info("%s", line.decode(errors="backslashreplace").rstrip())
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, cmd)
