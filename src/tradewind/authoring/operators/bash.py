"""`BashOperator`: runs a command or a script.

Airflow: `airflow.operators.bash`, `airflow.providers.standard.operators.bash`.

The command ends with its task, whatever ends that (`child_process`).  Nothing is put into the command here: values
reach it by templates, which the author writes, or, safely, by `env`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from tradewind.authoring.child_process import ChildProcess, marked
from tradewind.authoring.context import context_to_airflow_vars
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.problems import ArgumentTypeError, located
from tradewind.errors import AirflowException, AirflowSkipException

_LONGEST_ARGUMENT = 100_000
"""Bytes; Linux takes at most 128 KiB in one argument, longer commands go through a file."""


class BashOperator(BaseOperator):
    """Runs `bash_command` with bash; its last line of output is the result.

    `bash_command` that ends in `.sh` or `.bash` is a template file.  Exit code 0 is success, `skip_on_exit_code` (99)
    ends the task as skipped, anything else fails it.  `env` replaces the environment unless `append_env`.
    """

    template_fields: Collection[str] = ("bash_command", "env", "cwd")
    template_ext: Sequence[str] = (".sh", ".bash")
    template_fields_renderers: ClassVar[dict[str, str]] = {"bash_command": "bash", "env": "json"}
    ui_color = "#f0ede4"

    def __init__(
        self,
        *,
        bash_command: Any,
        env: Any = None,
        append_env: bool = False,
        output_encoding: str = "utf-8",
        skip_on_exit_code: int | Iterable[int] | None = 99,
        cwd: str | None = None,
        output_processor: Callable[[str], Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if not isinstance(bash_command, str) and bash_command is not NOTSET and not hasattr(bash_command, "resolve"):
            raise located(
                ArgumentTypeError(
                    f"task {self.task_id!r}: bash_command must be text, not {bash_command!r}",
                    fix='write bash_command="echo hello"',
                ),
                self._place,
            )
        self.bash_command = bash_command
        self.env = env
        self.append_env = append_env
        self.output_encoding = output_encoding
        codes = skip_on_exit_code
        self.skip_on_exit_code: list[int] = (
            list(codes) if isinstance(codes, Iterable) else [] if codes is None else [codes]
        )
        self.cwd = cwd
        self.output_processor = output_processor or (lambda line: line)
        self._child = ChildProcess()

    def get_env(self, context: Any) -> dict[str, str]:
        """The environment of the command.  Raises `AirflowException` naming a value that is no text."""
        for name, value in (self.env or {}).items():
            if not isinstance(name, str) or not isinstance(value, str):
                raise AirflowException(
                    f"task {self.task_id!r}: env must map text to text, but {name!r} is {value!r}; write str({value!r})"
                )
        if self.env is None:
            env = dict(os.environ)
        else:
            env = {**(os.environ if self.append_env else {}), **self.env}
        env.update(context_to_airflow_vars(context))
        return marked(env)

    def execute(self, context: Any) -> Any:
        """Run the command.  Raises `AirflowException` or `AirflowSkipException` by its exit code."""
        if self.cwd is not None and not Path(self.cwd).is_dir():
            raise AirflowException(f"task {self.task_id!r}: the folder cwd={self.cwd!r} does not exist")
        env = self.get_env(context)
        with tempfile.TemporaryDirectory(prefix="tradewind-bash-") as scratch:
            code, last = self._run(self._command_line(scratch), env, self.cwd or scratch)
        if code in self.skip_on_exit_code:
            raise AirflowSkipException(f"the command returned exit code {code}: skipped")
        if code != 0:
            how = f"was killed by signal {-code}" if code < 0 else f"returned exit code {code}"
            said = f"; last line of output: {last!r}" if last else "; it printed nothing"
            raise AirflowException(f"the bash command of task {self.task_id!r} {how}{said}")
        return self.output_processor(last)

    def _command_line(self, scratch: str) -> list[str]:
        bash = shutil.which("bash")
        if bash is None:
            raise AirflowException("bash is not installed or not on PATH, and BashOperator needs it")
        command = self.bash_command.encode()
        if len(command) < _LONGEST_ARGUMENT:
            return [bash, "-c", self.bash_command]
        script = Path(scratch) / "command.sh"
        script.write_bytes(command)
        return [bash, str(script)]

    def _run(self, command: Sequence[str], env: Mapping[str, str], cwd: str) -> tuple[int, str]:
        self.log.info("Running command: %s", self.bash_command)
        last = ""

        def show(raw: bytes) -> None:
            nonlocal last
            last = raw.decode(self.output_encoding, errors="backslashreplace").rstrip()
            self.log.info("%s", last)

        code = self._child.run(command, env=env, cwd=cwd, on_line=show)
        self.log.info("Command exited with return code %s", code)
        return code, last

    def on_kill(self) -> None:
        """Stop the command and all that it started: SIGTERM, and SIGKILL for what is left after five seconds."""
        self._child.stop()
