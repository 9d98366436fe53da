"""`FileSensor` and `BashSensor`.

Airflow: `airflow.sensors.filesystem`, `airflow.sensors.bash` and their places in the standard provider.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Mapping
from typing import Any

from tradewind.authoring.context import context_to_airflow_vars
from tradewind.authoring.files import FSHook, first_file
from tradewind.authoring.sensors import BaseSensorOperator, default_deferrable
from tradewind.authoring.triggers.file import FileTrigger
from tradewind.errors import AirflowException, AirflowFailException


class FileSensor(BaseSensorOperator):
    """Waits until `filepath` is there: a file, a folder with a file in it, or a glob pattern.

    It is relative to the folder of the connection `fs_conn_id`; `recursive` lets `**` reach into folders.
    """

    template_fields: Collection[str] = ("filepath", "fs_conn_id")
    ui_color = "#91818a"

    def __init__(
        self,
        *,
        filepath: str | os.PathLike[str],
        fs_conn_id: str = FSHook.default_conn_name,
        recursive: bool = False,
        deferrable: bool | None = None,
        start_from_trigger: bool = False,
        trigger_kwargs: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.filepath = os.fspath(filepath) if isinstance(filepath, os.PathLike) else filepath
        self.fs_conn_id = fs_conn_id
        self.recursive = recursive
        self.deferrable = default_deferrable() if deferrable is None else deferrable

    @property
    def path(self) -> str:
        """The whole path.  Raises what the connection's look-up raises."""
        return os.path.join(FSHook(self.fs_conn_id).get_path(), self.filepath)  # noqa: PTH118 - may be a pattern

    def poke(self, context: Any) -> bool:
        """Whether it is there."""
        self.log.info("Poking for file %s", self.path)
        found = first_file(self.path, recursive=self.recursive)
        if found is not None:
            self.log.info("Found %s", found)
        return found is not None

    def execute(self, context: Any) -> Any:
        """Wait for it: in the triggerer when `deferrable`."""
        if not self.deferrable:
            return super().execute(context)
        if not self.poke(context):
            self.defer(
                trigger=FileTrigger(filepath=self.path, recursive=self.recursive, poke_interval=self.poke_interval),
                method_name="execute_complete",
                timeout=dt.timedelta(seconds=self.timeout),
            )
        return None

    def execute_complete(self, context: Any, event: Any = None) -> None:
        """Raises AirflowException when the trigger did not find it."""
        if not event:
            raise AirflowException(f"the trigger ended without finding {self.filepath}")
        self.log.info("%s is there", self.filepath)


class BashSensor(BaseSensorOperator):
    """Runs `bash_command` until it returns exit code 0.

    `retry_exit_code`: then only that code means "not yet", and any other one fails the task.
    """

    template_fields: Collection[str] = ("bash_command", "env")

    def __init__(
        self,
        *,
        bash_command: str,
        env: Mapping[str, str] | None = None,
        output_encoding: str = "utf-8",
        retry_exit_code: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.bash_command = bash_command
        self.env: Any = env
        self.output_encoding = output_encoding
        self.retry_exit_code = retry_exit_code
        self._process: subprocess.Popen[bytes] | None = None

    def poke(self, context: Any) -> bool:
        """Whether the command succeeds.  Raises AirflowFailException for an exit code that is no "not yet"."""
        bash = shutil.which("bash")
        if bash is None:
            raise AirflowException("bash is not installed or not on PATH, and BashSensor needs it")
        env = dict(os.environ if self.env is None else self.env) | context_to_airflow_vars(context)
        with tempfile.TemporaryDirectory(prefix="tradewind-sensor-") as scratch:
            code = self._run([bash, "-c", self.bash_command], env, scratch)
        self.log.info("Command exited with return code %s", code)
        if code == 0:
            return True
        if self.retry_exit_code is None or code == self.retry_exit_code:
            return False
        raise AirflowFailException(
            f"the command of {self.task_id!r} returned {code}, which is neither 0 nor retry_exit_code"
        )

    def _run(self, command: list[str], env: Mapping[str, str], folder: str) -> int:
        self.log.info("Running command: %s", self.bash_command)
        process = self._process = subprocess.Popen(  # noqa: S603 - running the author's command is its purpose
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=folder,
            start_new_session=True,
        )
        assert process.stdout is not None
        try:
            with process.stdout:
                for line in process.stdout:
                    self.log.info("%s", line.decode(self.output_encoding, errors="backslashreplace").rstrip())
            return process.wait()
        except BaseException:  # the timeout and the order to stop are no `Exception`
            self.on_kill()
            raise
        finally:
            self._process = None

    def on_kill(self) -> None:
        """Stop the command and all that it started."""
        process = self._process
        if process is not None and process.poll() is None:
            os.killpg(process.pid, 9)
            process.wait()
