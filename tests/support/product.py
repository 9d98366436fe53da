"""The product as a user has it: `tradewind standalone` in its own process, driven over REST.  For e2e tests and
bench.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

TRADEWIND = str(Path(sys.executable).parent / "tradewind")


def clean_env(**extra: str) -> dict[str, str]:
    """The environment without settings of the developer's own Tradewind or Airflow."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "TRADEWIND"))}
    return {**env, **extra}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Product:
    """One running Tradewind.  Use as a context manager; everything it started is gone afterwards."""

    def __init__(
        self,
        home: Path,
        dags: Path,
        *,
        env: dict[str, str] | None = None,
        arguments: tuple[str, ...] = (),
        no_auth: bool = True,
    ) -> None:
        """`no_auth` false: people log in; then `api` reaches public paths only."""
        self.home, self.dags = home, dags
        self.env = clean_env(**{"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False", **(env or {})})
        self.arguments = (*arguments, "--no-auth") if no_auth else arguments
        self.port = free_port()
        self.output: list[str] = []
        self.process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        """The address of its UI and API."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Product:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start, and wait until the API answers and a scheduler leads."""
        self.process = subprocess.Popen(
            [
                *(TRADEWIND, "standalone", "--port", str(self.port)),
                *("--home", str(self.home), "--dags-folder", str(self.dags), *self.arguments),
            ],
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        self.wait(lambda: self.healthy(), "healthy")

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout as lines:  # left open, it would be complained of in whatever test collects it
            for line in lines:
                self.output.append(line)

    def healthy(self) -> bool:
        health = self.api("GET", "/api/v2/monitor/health")
        return bool(health["metadatabase"]["status"] == "healthy" and health["scheduler"]["status"] == "healthy")

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """One request; HTTPError for an error status."""
        data = json.dumps(body).encode() if body is not None else None
        request = Request(self.base + path, data, {"Content-Type": "application/json"}, method=method)
        with urlopen(request, timeout=60) as response:
            text = response.read()
        return json.loads(text) if text else None

    def wait(self, ready: Callable[[], Any], what: str, seconds: float = 120.0) -> Any:
        """Ask until the answer is true; AssertionError with the product's output when it never is."""
        deadline = time.monotonic() + seconds
        pause = threading.Event()
        while time.monotonic() < deadline:
            assert self.process is not None
            if self.process.poll() is not None:
                raise AssertionError(
                    f"standalone ended ({self.process.returncode}) before {what}:\n{''.join(self.output)}"
                )
            try:
                if answer := ready():
                    return answer
            except HTTPError as error:
                if error.code not in (404, 503):
                    raise
            except (URLError, ConnectionError, TimeoutError):
                pass
            pause.wait(0.03)
        raise AssertionError(f"not {what} after {seconds:g} s:\n{''.join(self.output[-100:])}")

    def dag(self, dag_id: str) -> Any:
        """Wait until a DAG is known."""
        return self.wait(lambda: self.api("GET", f"/api/v2/dags/{dag_id}"), f"DAG {dag_id} known")

    def trigger(self, dag_id: str, **body: Any) -> str:
        """Trigger a run; returns its path below /api/v2."""
        self.dag(dag_id)
        run = self.api("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, **body})
        return f"/api/v2/dags/{dag_id}/dagRuns/{quote(run['dag_run_id'], safe='')}"

    def finished(self, run: str, seconds: float = 120.0) -> dict[str, Any]:
        """Wait for the end of a run; returns it."""

        def ended() -> Any:
            found = self.api("GET", run)
            return found if found["state"] in ("success", "failed") else None

        return self.wait(ended, f"end of {run}", seconds)

    def tasks(self, run: str) -> list[dict[str, Any]]:
        """All task instances of a run."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.api("GET", f"{run}/taskInstances?limit=100&offset={len(found)}")
            found += page["task_instances"]
            if len(found) >= page["total_entries"]:
                return found

    def log(self, run: str, task_id: str, try_number: int = 1) -> str:
        """The text of an attempt's log."""
        content = self.api("GET", f"{run}/taskInstances/{task_id}/logs/{try_number}?full_content=true")["content"]
        return "\n".join(str(line["event"]) for line in content)

    def pids(self) -> list[int]:
        """All processes of this product, the supervisor first."""
        assert self.process is not None
        return [self.process.pid, *descendants(self.process.pid)]

    def stop(self) -> int:
        """Ctrl-C, and wait; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(120)

    def kill(self) -> None:
        """kill -9 of everything."""
        if self.process is None:
            return
        for pid in self.pids():
            kill(pid)
        self.process.wait(120)


Serve = Callable[..., Product]
"""Starts one with a DAG file; see the fixture `serve`."""


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Send a signal to a process that may be gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def alive(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def descendants(pid: int) -> list[int]:
    """Pids of all children, their children and so on."""
    found: list[int] = []
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
    except FileNotFoundError:
        return found
    for thread in threads:
        try:
            children = [int(child) for child in (thread / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            found += [child, *descendants(child)]
    return found
