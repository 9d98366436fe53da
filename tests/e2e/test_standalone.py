"""`tradewind standalone` as a user meets it: the banner, the login, Ctrl-C, kills; and the parts alone."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from support.product import TRADEWIND, alive, clean_env, descendants, free_port, kill
from tradewind.store import Store

DAGS = textwrap.dedent("""
    import os, time
    from datetime import datetime
    from tradewind import DAG, BashOperator, PythonOperator

    def sleep(home):
        with open(f"{home}/pids", "a") as file:
            file.write(f"{os.getpid()}\\n")
        time.sleep(600)

    def quick():
        print("quick work")
        return 42

    HOME = os.environ["TEST_HOME"]
    with DAG("quick", start_date=datetime(2024, 1, 1), schedule=None):
        PythonOperator(task_id="one", python_callable=quick) >> BashOperator(task_id="two", bash_command="echo two")

    with DAG("slow", start_date=datetime(2024, 1, 1), schedule=None):
        PythonOperator(task_id="python", python_callable=sleep, op_args=[HOME])
        BashOperator(task_id="bash", bash_command="echo $$ >> {{ params.home }}/pids; sleep 600", params={"home": HOME})
""")


class Terminal:
    """A command that runs, and what it printed."""

    def __init__(self, env: dict[str, str], *arguments: str) -> None:
        self.process = subprocess.Popen(
            [TRADEWIND, *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.text = ""

    def until(self, pattern: str, timeout: float = 120.0) -> re.Match[str]:
        """Read until the output holds the pattern."""
        deadline = time.monotonic() + timeout
        assert self.process.stdout is not None
        while not (found := re.search(pattern, self.text)):
            ready = select.select([self.process.stdout], [], [], max(0.0, deadline - time.monotonic()))[0]
            data = os.read(self.process.stdout.fileno(), 65536) if ready else b""
            assert data, f"{pattern!r} never came:\n{self.text}"
            self.text += data.decode()
        return found

    def end(self, number: int = signal.SIGINT, timeout: float = 120.0) -> int:
        """Send a signal and wait for the end; returns the exit status."""
        self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=timeout)
        self.text += out.decode()
        return self.process.returncode


class Place:
    """A home folder with DAG files, and the commands that run on it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        (self.home / "dags").mkdir(parents=True)
        (self.home / "dags" / "dags.py").write_text(DAGS)
        self.env = clean_env(
            TRADEWIND_HOME=str(self.home),
            TEST_HOME=str(self.home),
            TRADEWIND_DAGS_ARE_PAUSED_AT_CREATION="false",
        )
        self.store_url = f"sqlite:///{self.home}/tradewind.db"
        self.url = ""
        self.password = ""
        self.token = ""

    @contextmanager
    def terminal(self, *arguments: str) -> Iterator[Terminal]:
        """A command in the background; all of it is gone afterwards."""
        made = Terminal(self.env, *arguments)
        try:
            yield made
        finally:
            for pid in [made.process.pid, *descendants(made.process.pid)]:
                kill(pid)
            made.process.wait(60)
            assert made.process.stdout is not None
            made.process.stdout.close()

    @contextmanager
    def standalone(self, *arguments: str) -> Iterator[Terminal]:
        """`tradewind standalone` up to its banner."""
        with self.terminal("standalone", "--port", "0", *arguments) as made:
            made.until("Press Ctrl-C to stop")
            found = re.search(r"http://\S+", made.text)
            assert found
            self.url = found[0]
            if password := re.search(r"password (\S+)", made.text):
                self.password = password[1]
            yield made

    def command(self, *arguments: str) -> str:
        """A command to its end; its standard output."""
        done = subprocess.run([TRADEWIND, *arguments], env=self.env, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def api(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """GET, or POST with a body."""
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        with urlopen(Request(self.url + path, data, headers), timeout=30) as answer:
            return json.loads(answer.read())

    def login(self) -> None:
        self.token = self.api("/auth/token", {"username": "admin", "password": self.password})["access_token"]

    def run(self, dag_id: str) -> str:
        """Trigger a run; its id."""
        with self.store() as store:
            wait_for(lambda: store.reads.dags.exists(dag_id), f"{dag_id} known")
        return str(json.loads(self.command("dags", "trigger", dag_id, "-o", "json"))[0]["dag_run_id"])

    def state(self, dag_id: str, run_id: str) -> str | None:
        with self.store() as store:
            return store.reads.runs.state(dag_id, run_id)

    def store(self) -> Store:
        return Store(self.store_url)

    def task_pids(self, count: int) -> list[int]:
        """Pids that the slow tasks noted, once there are so many."""
        path = self.home / "pids"
        wait_for(lambda: path.exists() and len(path.read_text().split()) >= count, "the slow tasks run")
        return [int(pid) for pid in path.read_text().split()]


def wait_for(condition: Callable[[], object], what: str, timeout: float = 120.0) -> None:
    deadline = time.monotonic() + timeout
    pause = select.poll()
    while not condition():
        assert time.monotonic() < deadline, f"not {what} within {timeout:g} s"
        pause.poll(50)  # what happens in other processes' files gives no signal


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_the_first_start_says_all_that_is_needed_and_the_pipeline_runs(place: Place) -> None:
    with place.standalone() as terminal:
        assert f"home {place.home}" in terminal.text
        assert f"DAGs {place.home}/dags" in terminal.text
        assert "Traceback" not in terminal.text
        assert place.password
        with pytest.raises(HTTPError, match="401"):
            place.api("/api/v2/dags")
        place.login()
        assert place.api("/api/v2/monitor/health")["scheduler"]["status"] == "healthy"
        run_id = place.run("quick")
        wait_for(lambda: place.state("quick", run_id) == "success", "the run succeeded")
        assert place.command("dags", "state", "quick", run_id) == "success\n"
        states = json.loads(place.command("tasks", "states-for-dag-run", "quick", run_id, "-o", "json"))
        assert [(row["task_id"], row["state"]) for row in states] == [("one", "success"), ("two", "success")]
        children = descendants(terminal.process.pid)
        assert terminal.end() == 0
        assert not [pid for pid in children if alive(pid)]
        assert (place.home / "secret.key").stat().st_mode & 0o777 == 0o600

    with place.standalone() as terminal:
        assert place.password not in terminal.text
        assert "users reset-password" in terminal.text
        place.login()  # the password is still the one that was shown
        place.command("users", "reset-password", "-p", "another password")
        place.password = "another password"
        place.login()
        assert place.state("quick", run_id) == "success"
        assert terminal.end(signal.SIGTERM) == 0


def test_a_second_one_on_the_same_home_is_refused_with_the_pid_of_the_first(place: Place) -> None:
    with place.standalone("--no-auth", "--host", "localhost") as terminal:
        assert "password" not in terminal.text
        done = subprocess.run(
            [TRADEWIND, "standalone", "--port", "0"], env=place.env, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 1
        assert f"process {terminal.process.pid}" in done.stderr
        assert "fix:" in done.stderr
        assert len(done.stderr.splitlines()) == 2
        assert place.api("/api/v2/dags")["total_entries"] >= 0  # the first one is not hurt, and wants no login
        assert terminal.end() == 0


def test_running_tasks_get_the_grace_period_and_nothing_is_left_behind(place: Place) -> None:
    place.env["TRADEWIND_GRACE"] = "0.5"
    with place.standalone() as terminal:
        place.run("slow")
        pids = place.task_pids(2) + descendants(terminal.process.pid)
        assert terminal.end() == 0  # long before the tasks would
        assert "stopping" in terminal.text
        assert not [pid for pid in pids if alive(pid)]


def test_a_second_interrupt_ends_it_at_once(place: Place) -> None:
    place.env["TRADEWIND_GRACE"] = "600"
    with place.standalone() as terminal:
        place.run("slow")
        pids = place.task_pids(2) + descendants(terminal.process.pid)
        terminal.process.send_signal(signal.SIGINT)
        terminal.until("stopping;")
        assert terminal.end() == 0
        assert "stopping now" in terminal.text
        wait_for(lambda: not [pid for pid in pids if alive(pid)], "all gone")


def test_a_killed_parent_takes_everything_with_it_and_the_next_start_goes_on(place: Place) -> None:
    place.env["TRADEWIND_GRACE"] = "0.5"
    with place.standalone() as terminal:
        run_id = place.run("slow")
        pids = place.task_pids(2) + descendants(terminal.process.pid)
        port = place.url.rsplit(":", 1)[1]
        kill(terminal.process.pid)
        with place.terminal("standalone", "--port", port) as again:  # home and port are free at once
            again.until("Press Ctrl-C to stop")
            wait_for(lambda: not [pid for pid in pids if alive(pid)], "all gone")
            assert place.state("slow", run_id) == "running"
            assert again.end() == 0


def test_a_killed_part_is_started_again(place: Place) -> None:
    with place.standalone() as terminal:
        for pid in Path(f"/proc/{terminal.process.pid}/task/{terminal.process.pid}/children").read_text().split():
            kill(int(pid))
        terminal.until("api-server ended .killed by SIGKILL.; it is started again")
        run_id = place.run("quick")
        wait_for(lambda: place.state("quick", run_id) == "success", "the run succeeded")
        place.login()
        assert terminal.end() == 0


def test_the_parts_run_alone(place: Place) -> None:
    place.command("db", "migrate")
    place.command("users", "create", "-u", "admin", "-r", "Admin", "-p", "secret words")
    place.password, port = "secret words", free_port()
    with (
        place.terminal("scheduler") as scheduler,
        place.terminal("dag-processor") as processor,
        place.terminal("webserver", "--port", str(port)) as server,
    ):
        scheduler.until("leads")
        processor.until("reads")
        place.url = server.until(r"http://\S+")[0]
        place.login()
        run_id = place.run("quick")
        wait_for(lambda: place.state("quick", run_id) == "success", "the run succeeded")
        with place.terminal("scheduler") as standby:
            standby.until("started")
            assert "leads" not in standby.text
            assert scheduler.end(signal.SIGTERM) == 0
            standby.until("leads")
            assert standby.end() == 0
        assert processor.end(signal.SIGTERM) == 0
        assert server.end(signal.SIGTERM) == 0


@pytest.mark.postgres
def test_it_runs_on_postgresql_by_configuration_alone(place: Place, postgres_url: str) -> None:
    place.env["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] = postgres_url.replace("postgresql+psycopg:", "postgresql:")
    with place.standalone() as terminal:
        place.login()
        place.store_url = postgres_url
        run_id = place.run("quick")
        wait_for(lambda: place.state("quick", run_id) == "success", "the run succeeded")
        assert not (place.home / "tradewind.db").exists()
        assert terminal.end() == 0
