"""Operators that call a Python function in another Python: an own virtual environment, or one that is there.

Airflow: `airflow.operators.python`, `airflow.providers.standard.operators.python`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar

from tradewind.authoring.child_process import ChildProcess, marked
from tradewind.authoring.connection import Connection
from tradewind.authoring.operators.branch import BranchMixIn
from tradewind.authoring.operators.python import PythonOperator
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError, located
from tradewind.authoring.python_call import SERIALIZABLE_KEYS, Call, check_function, check_serializer
from tradewind.authoring.python_env import EnvSpec, environment
from tradewind.authoring.variable import Variable
from tradewind.errors import AirflowException, AirflowSkipException, DagAuthoringError


class BasePythonVirtualenvOperator(PythonOperator):
    """What both kinds have in common: the call, its arguments and its end.

    The function gets `op_args`, `op_kwargs` and those values of the context that can go there (dates, texts, params;
    no `ti`), and finds `string_args` as `virtualenv_string_args`.  It must import what it uses itself.  An exit code of
    `skip_on_exit_code` ends the task as skipped.
    """

    template_fields: Collection[str] = ("templates_dict", "op_args", "op_kwargs")

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        serializer: str | None = None,
        use_dill: bool = False,
        op_args: Any = None,
        op_kwargs: Any = None,
        string_args: Iterable[str] | None = None,
        templates_dict: dict[str, Any] | None = None,
        templates_exts: list[str] | None = None,
        expect_airflow: bool = True,
        skip_on_exit_code: int | Iterable[int] | None = None,
        env_vars: dict[str, str] | None = None,
        inherit_env: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            python_callable=python_callable,
            op_args=op_args,
            op_kwargs=op_kwargs,
            templates_dict=templates_dict,
            templates_exts=templates_exts,
            **kwargs,
        )
        where = f"task {self.task_id!r} ({type(self).__name__})"
        try:
            check_function(where, python_callable)
            self.serializer = check_serializer(where, serializer, use_dill)
        except DagAuthoringError as error:
            raise located(error, self._place) from None
        self.string_args = string_args or []
        self.expect_airflow = expect_airflow
        codes = skip_on_exit_code
        self.skip_on_exit_code: list[int] = (
            list(codes) if isinstance(codes, Iterable) else [] if codes is None else [codes]
        )
        self.env_vars = env_vars
        self.inherit_env = inherit_env
        self._child = ChildProcess()
        self._own: Mapping[str, Any] = {}

    def determine_kwargs(self, context: Any) -> Mapping[str, Any]:
        """The keyword arguments of the call; those from the context are kept apart."""
        there = {key: context[key] for key in SERIALIZABLE_KEYS if key in context}
        self._own = dict(self.op_kwargs)
        return super().determine_kwargs(there)

    def execute_callable(self) -> Any:
        """Lay out the call, run the other Python, read what came back."""
        own = {key: value for key, value in self.op_kwargs.items() if key in self._own}
        context = {key: value for key, value in self.op_kwargs.items() if key not in self._own}
        with self.python() as python, tempfile.TemporaryDirectory(prefix="tradewind-call-") as folder:
            call = Call(Path(folder), self.serializer)
            command = call.write(
                self.python_callable,
                self.op_args,
                own,
                context=context,
                string_args=list(self.string_args),
                skip_code=self.skip_on_exit_code[0] if self.skip_on_exit_code else None,
            )
            code, last = self._run([str(python), *command], self._environ())
            if code in self.skip_on_exit_code:
                raise AirflowSkipException(f"the function ended with exit code {code}: skipped")
            if code:
                how = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
                raise AirflowException(call.error() or f"the other Python {how}; its last line: {last!r}")
            return call.result()

    @abstractmethod
    @contextmanager
    def python(self) -> Iterator[Path | str]:
        """The interpreter, ready while `with` lasts."""
        yield sys.executable

    def on_kill(self) -> None:
        """Stop the other Python, or the installer, and all that it started."""
        self._child.stop()

    def _environ(self) -> dict[str, str]:
        environ = dict(os.environ) if self.inherit_env else {}
        for name in ("PYTHONHOME", "__PYVENV_LAUNCHER__"):
            environ.pop(name, None)
        environ.update({str(name): str(value) for name, value in (self.env_vars or {}).items()})
        environ.setdefault("PYTHONUNBUFFERED", "1")
        return marked(environ)

    def _run(self, command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
        """Run a command with its output in the log; the exit code, and the error it told or the last line."""
        last = ""

        def show(raw: bytes) -> None:
            nonlocal last
            line = raw.decode("utf-8", errors="backslashreplace").rstrip()
            self.log.info("%s", line)
            if last.startswith("error:") and line.startswith(" "):
                last = f"{last} {line.strip()}"  # uv breaks its lines
            elif not line.startswith("hint:"):
                last = line or last

        try:
            return self._child.run(command, env=env, on_line=show), last
        except OSError as error:
            raise AirflowException(f"{command[0]} cannot be started: {error}") from error


class PythonVirtualenvOperator(BasePythonVirtualenvOperator):
    """Calls the function in a virtual environment that is made for it.

    `requirements`: a list, or the text of a requirements file, or the name of one that ends in `.txt` (a template).
    `python_version`: `3.12`, if not the one that runs Tradewind.  `system_site_packages`: what is installed here can be
    imported there, too.  `venv_cache_path`: a folder that keeps environments for the next time, told apart by all that
    went into them; the Variable `PythonVirtualenvOperator.cache_key` makes all of them anew.  uv is used where it is
    installed.
    """

    template_fields: Collection[str] = (
        "requirements", "index_urls", "index_urls_from_connection_ids", "venv_cache_path",
        *BasePythonVirtualenvOperator.template_fields,
    )  # fmt: skip
    template_ext: Sequence[str] = (".txt",)
    template_fields_renderers: ClassVar[dict[str, str]] = {
        **PythonOperator.template_fields_renderers,
        "requirements": "py",
    }

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        requirements: Iterable[str] | str | None = None,
        python_version: str | None = None,
        system_site_packages: bool = True,
        pip_install_options: list[str] | None = None,
        index_urls: Iterable[str] | str | None = None,
        index_urls_from_connection_ids: Iterable[str] | str | None = None,
        venv_cache_path: str | os.PathLike[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(python_callable=python_callable, **kwargs)
        if python_version is not None and not isinstance(python_version, str):
            raise located(
                ArgumentTypeError(
                    f"task {self.task_id!r}: python_version={python_version!r} must be text",
                    fix=f'write python_version="{python_version}"',
                ),
                self._place,
            )
        self.requirements: Any = (
            requirements if isinstance(requirements, str) else [] if requirements is None else list(requirements)
        )
        self.python_version = python_version
        self.system_site_packages = system_site_packages
        self.pip_install_options = list(pip_install_options or ())
        self.index_urls = _texts(index_urls)
        self.index_urls_from_connection_ids = _texts(index_urls_from_connection_ids)
        self.venv_cache_path = os.fspath(venv_cache_path) if venv_cache_path is not None else None

    @contextmanager
    def python(self) -> Iterator[Path | str]:
        """The Python of the environment, made now or kept from an earlier time."""
        with environment(self._spec(), self.venv_cache_path, self._run) as python:
            yield python

    def _spec(self) -> EnvSpec:
        wanted = self.requirements
        lines = wanted.splitlines() if isinstance(wanted, str) else [str(line) for line in wanted]
        if self.serializer != "pickle" and not any(line.strip().startswith(self.serializer) for line in lines):
            lines.append(self.serializer)
        urls = self.index_urls
        if self.index_urls_from_connection_ids:
            urls = [*(urls or ()), *map(_index_of, self.index_urls_from_connection_ids)]
        return EnvSpec(
            requirements="\n".join(line for line in lines if line.strip()),
            python=self.python_version or sys.executable,
            system_site_packages=self.system_site_packages,
            pip_install_options=tuple(self.pip_install_options),
            index_urls=None if urls is None else tuple(urls),
            cache_key=Variable.get("PythonVirtualenvOperator.cache_key", "") if self.venv_cache_path else "",
        )


class ExternalPythonOperator(BasePythonVirtualenvOperator):
    """Calls the function in a Python that is there already: `python` is the path of its interpreter."""

    template_fields: Collection[str] = ("interpreter", *BasePythonVirtualenvOperator.template_fields)

    def __init__(
        self,
        *,
        python: str | os.PathLike[str],
        python_callable: Callable[..., Any],
        expect_pendulum: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(python_callable=python_callable, **kwargs)
        if not python:
            raise located(
                ArgumentValueError(
                    f"task {self.task_id!r}: python is empty", fix='write python="/path/to/env/bin/python"'
                ),
                self._place,
            )
        self.interpreter = os.fspath(python)
        self.expect_pendulum = expect_pendulum

    @contextmanager
    def python(self) -> Iterator[Path | str]:
        """The interpreter.  Raises AirflowException when it does not exist."""
        if not Path(self.interpreter).exists():
            raise AirflowException(f"task {self.task_id!r}: the Python {self.interpreter!r} does not exist")
        if self.expect_pendulum and not self._has("pendulum"):
            raise AirflowException(
                f"task {self.task_id!r} has expect_pendulum, but {self.interpreter} has no pendulum; install it there"
            )
        yield self.interpreter

    def _has(self, module: str) -> bool:
        done = subprocess.run(  # noqa: S603 - the author's interpreter, our words
            [self.interpreter, "-c", f"import {module}"], capture_output=True, check=False, stdin=subprocess.DEVNULL
        )
        return done.returncode == 0


class BranchPythonVirtualenvOperator(PythonVirtualenvOperator, BranchMixIn):
    """A branch whose function runs in a virtual environment."""

    def execute(self, context: Any) -> Any:
        """Call the function and skip what it did not choose."""
        return self.do_branch(context, super().execute(context))


class BranchExternalPythonOperator(ExternalPythonOperator, BranchMixIn):
    """A branch whose function runs in another Python."""

    def execute(self, context: Any) -> Any:
        """Call the function and skip what it did not choose."""
        return self.do_branch(context, super().execute(context))


def _texts(value: Iterable[str] | str | None) -> list[str] | None:
    return [value] if isinstance(value, str) else None if value is None else list(value)


def _index_of(conn_id: str) -> str:
    """The address of the package index that a connection describes: its host, with login and password."""
    connection = Connection.get(conn_id)
    host = connection.host or ""
    if not host:
        raise AirflowException(f"connection {conn_id!r} has no host: write the address of the package index there")
    scheme, _, rest = host.rpartition("://")
    login = f"{connection.login}:{connection.password or ''}@" if connection.login else ""
    return f"{scheme or 'https'}://{login}{rest}"
