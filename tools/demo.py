"""The demo: starts Tradewind, runs the name_gender pipeline through the public API, shows what happened, keeps serving.

Run by `make demo`; with `--exit` it stops after the run: status 0 when everything succeeded, 1 when anything did not.
It uses nothing that a user could not: the command `tradewind standalone`, and the REST API.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".demo"
DAG_ID = "name_gender"
TASKS = ("extract", "transform", "load", "verify")
START_SECONDS = 60.0
RUN_SECONDS = 120.0


class DemoError(Exception):
    """The demo cannot go on; the text says why."""


class Api:
    """The few calls of the REST API that the demo needs."""

    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        with urlopen(Request(self.url + path, data, headers, method=method), timeout=30) as response:
            text = response.read()
        return json.loads(text) if text else {}

    def put(self, collection: str, key: str, body: dict[str, Any]) -> None:
        """Create, or change what a former demo left."""
        try:
            self("POST", f"/api/v2/{collection}", body)
        except HTTPError as error:
            if error.code != 409:
                raise
            self("PATCH", f"/api/v2/{collection}/{key}", body)


def serve_data() -> ThreadingHTTPServer:
    """The web server that the pipeline extracts from: examples/data on a free loopback port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """The demo's terminal is for the pipeline."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(ROOT / "examples" / "data")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def free_port() -> int:
    """8080, or any free port when somebody has it."""
    for port in (8080, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DemoError("no port of 127.0.0.1 is free")


def wait_until(what: str, seconds: float, server: subprocess.Popen[bytes], ready: Any) -> Any:
    """Ask again and again; DemoError when the server ended or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise DemoError(f"tradewind standalone ended with status {server.returncode} while waiting for {what}")
        try:
            if answer := ready():
                return answer
        except HTTPError as error:
            if error.code != 404:
                raise
        except URLError:
            pass  # not listening yet
        time.sleep(0.05)
    raise DemoError(f"{what}: not after {seconds:g} s")


def run_pipeline(api: Api, data_port: int, server: subprocess.Popen[bytes]) -> None:
    """Trigger the DAG, wait for it, and show each task's words; DemoError when it did not succeed."""
    wait_until("the API", START_SECONDS, server, lambda: api("GET", "/api/v2/version"))
    url = f"http://127.0.0.1:{data_port}/name_gender.csv"
    api.put("variables", "name_gender_url", {"key": "name_gender_url", "value": url})
    warehouse = {
        "connection_id": "warehouse",
        "conn_type": "duckdb",
        "schema": str(HOME / "warehouse.duckdb"),
    }
    api.put("connections", "warehouse", warehouse)
    wait_until(f"DAG {DAG_ID}", START_SECONDS, server, lambda: api("GET", f"/api/v2/dags/{DAG_ID}"))
    run = start_run(api, server)
    path = f"/api/v2/dags/{DAG_ID}/dagRuns/{quote(run['dag_run_id'], safe='')}"
    print(f"\nDAG run {run['dag_run_id']} of {DAG_ID}: {url} -> {warehouse['schema']}", flush=True)

    def ended() -> dict[str, Any] | None:
        state = api("GET", path)
        return state if state["state"] in ("success", "failed") else None

    run = wait_until("the end of the run", RUN_SECONDS, server, ended)
    tasks = {task["task_id"]: task for task in api("GET", f"{path}/taskInstances")["task_instances"]}
    for task_id in TASKS:
        task = tasks[task_id]
        seconds = f"{task['duration']:.3f} s" if task["duration"] is not None else "not run"
        print(f"\n  {task_id}: {task['state']}, {seconds}")
        if task["try_number"]:
            for line in api("GET", f"{path}/taskInstances/{task_id}/logs/{task['try_number']}?full_content=true")[
                "content"
            ]:
                if task["state"] != "success" or line.get("logger", "").startswith("task."):
                    print(f"    {line['event']}")
    if run["state"] != "success":
        raise DemoError(f"the run ended as {run['state']}")
    counts = xcom(api, path, "load")
    checks = xcom(api, path, "verify")
    print(f"\nloaded: {counts['written']} rows written, {counts['after']} in the table, {counts['before']} before")
    print("checks: " + ", ".join(f"{name} {'ok' if passed else 'FAILED'}" for name, passed in checks.items()))
    print(f"run: {run['state']} in {run['duration']:.2f} s", flush=True)


def start_run(api: Api, server: subprocess.Popen[bytes]) -> dict[str, Any]:
    """The first time the run that the schedule makes on unpausing (the newest interval), later a manual one."""
    runs = f"/api/v2/dags/{DAG_ID}/dagRuns"
    first = api("GET", f"{runs}?limit=1")["total_entries"] == 0
    api("PATCH", f"/api/v2/dags/{DAG_ID}", {"is_paused": False})
    if not first:
        return api("POST", runs, {"logical_date": None})
    return wait_until("the scheduled run", START_SECONDS, server, lambda: api("GET", runs)["dag_runs"])[0]


def xcom(api: Api, path: str, task_id: str) -> Any:
    """The return value of a task."""
    return api("GET", f"{path}/taskInstances/{task_id}/xcomEntries/return_value?stringify=false")["value"]


def main() -> int:
    """Start, run, show; then serve until Ctrl-C, or stop."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__.splitlines()[0])
    parser.add_argument("--exit", action="store_true", help="stop after the run; the exit status tells how it went")
    parser.add_argument("--port", type=int, help="port of the API and the web page (default: 8080 or a free one)")
    arguments = parser.parse_args()
    data = serve_data()
    port = arguments.port or free_port()
    command = [
        *(str(Path(sys.executable).parent / "tradewind"), "standalone", "--no-auth"),
        *("--home", str(HOME), "--dags-folder", str(ROOT / "examples"), "--port", str(port)),
    ]
    # a session of its own: Ctrl-C reaches this process, which tells the server once
    server = subprocess.Popen(command, env=clean_environment(), start_new_session=True)
    status = 0
    try:
        run_pipeline(Api(f"http://127.0.0.1:{port}"), data.server_address[1], server)
        if not arguments.exit:
            print(f"\nTradewind serves on http://127.0.0.1:{port}  (Ctrl-C stops it)", flush=True)
            status = server.wait()
    except KeyboardInterrupt:
        pass
    except (DemoError, HTTPError, URLError, KeyError) as error:
        print(
            f"\ndemo failed: {error!r}" if isinstance(error, KeyError) else f"\ndemo failed: {error}",
            file=sys.stderr,
        )
        status = 1
    finally:
        stop(server)
    return status


def clean_environment() -> dict[str, str]:
    """The environment without settings that would point the demo at somebody's real Tradewind or Airflow."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "TRADEWIND"))}


def stop(server: subprocess.Popen[bytes]) -> None:
    """Ctrl-C for the server, and patience while it stops its tasks."""
    if server.poll() is None:
        server.send_signal(signal.SIGINT)
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
