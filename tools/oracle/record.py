"""Records what real Airflow makes of the DAG files of `tests/oracle/dags/`.

    python tools/oracle/record.py --cache ~/.cache/tradewind-oracle              # every file
    python tools/oracle/record.py --cache ~/.cache/tradewind-oracle branch_ids   # one file

Airflow is installed into a virtual environment below the cache folder and never into the project.  It runs on a
PostgreSQL of its own, in a temporary folder and on this machine's own address only, and is ended with everything
it started.  Each outcome goes to `tests/oracle/outcomes/`; see tests/oracle/README.md.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TextIO
from urllib.error import HTTPError, URLError

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from evidence import Evidence  # noqa: E402 - lies beside this file

from support.oracle_case import DAGS, OUTCOMES, PLUGINS, Case, all_cases  # noqa: E402 - the tests are no package
from support.oracle_drive import Api, Driver, NotEndedError  # noqa: E402
from support.oracle_outcome import Side, collect  # noqa: E402
from support.product import free_port  # noqa: E402
from tradewind.testing.postgres import PostgresServer, start_postgres  # noqa: E402

VERSION = "3.3.2"
PACKAGES = (f"apache-airflow=={VERSION}", "apache-airflow-providers-standard", "psycopg2-binary", "asyncpg")
SERVICES = ("api-server", "scheduler", "dag-processor", "triggerer")
START_SECONDS = 180.0
PATIENCE = 4.0
"""Airflow starts an interpreter for each task: what takes Tradewind a second takes it several."""
BREATH_SECONDS = 3.0
"""Its scheduler hears late of a process that ended: a task that goes on before that is taken for dead."""
PACE = 30.0
"""How much longer than on Tradewind the short waits of the cases take (`_trace.pace`), for the same reason."""
SETTLE_SECONDS = 4.0
"""Time in which a run too many would show itself."""


def install(cache: Path) -> Path:
    """The folder of the programs of an environment with Airflow; made when it is not there."""
    programs = cache / f"airflow-{VERSION}" / "bin"
    if not (programs / "airflow").exists():
        print(f"installing Airflow {VERSION} to {programs.parent}")
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "venv", str(programs.parent)], check=True)
        subprocess.run([str(programs / "pip"), "install", "--quiet", *PACKAGES], check=True)
    return programs


class Airflow:
    """A running Airflow with a folder of DAG files.  Use as a context manager; it leaves nothing behind."""

    def __init__(self, programs: Path, folder: Path, database: PostgresServer, parallelism: int) -> None:
        self.programs, self.folder, self.database = programs, folder, database
        self.dags, self.trace = folder / "dags", folder / "trace"
        self.port = free_port()
        self.api = Api(self.port, pause=1.0)
        self.processes: list[subprocess.Popen[bytes]] = []
        self.logs: list[TextIO] = []
        self.environment = self._environment(parallelism)

    def _environment(self, parallelism: int) -> dict[str, str]:
        url = self.database.url(self.database.create_database())
        settings = {
            "CORE__DAGS_FOLDER": self.dags,
            "CORE__PLUGINS_FOLDER": self.folder / "plugins",
            "CORE__LOAD_EXAMPLES": False,
            "CORE__EXECUTOR": "LocalExecutor",
            "CORE__PARALLELISM": parallelism,
            "CORE__DAGS_ARE_PAUSED_AT_CREATION": True,
            "CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": True,
            "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": self.folder / "passwords.json",
            "CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{self.port}/execution/",
            "CORE__FERNET_KEY": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "DATABASE__SQL_ALCHEMY_CONN": url.replace("postgresql://", "postgresql+psycopg2://"),
            "API__HOST": "127.0.0.1",
            "API__PORT": self.port,
            "API__BASE_URL": f"http://127.0.0.1:{self.port}",
            "API__WORKERS": 1,
            "API__SECRET_KEY": secrets.token_hex(16),
            "API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "LOGGING__WORKER_LOG_SERVER_PORT": free_port(),
            "LOGGING__TRIGGER_LOG_SERVER_PORT": free_port(),
            "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": 3600,
            "DAG_PROCESSOR__REFRESH_INTERVAL": 3600,
            "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": 0.3,
            # says which dependency skipped a task, see evidence.py
            "LOGGING__NAMESPACE_LEVELS": "airflow.task=DEBUG",
            # the defaults of Tradewind, see docs/decisions/0004-airflow-defaults.md
            "SCHEDULER__CREATE_CRON_DATA_INTERVALS": True,
            "SCHEDULER__CREATE_DELTA_DATA_INTERVALS": True,
            "USAGE_DATA_COLLECTION__ENABLED": False,
        }
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("AIRFLOW", "TRADEWIND"))}
        made = {f"AIRFLOW__{key}": str(value) for key, value in settings.items()}
        path = f"{self.programs}:{os.environ.get('PATH', '')}"
        own = {
            "ORACLE_PACE": str(PACE),
            "AIRFLOW_HOME": str(self.folder / "home"),
            "ORACLE_TRACE": str(self.trace),
            "PATH": path,
            "TZ": "UTC",
        }
        return {**kept, **made, **own}

    def __enter__(self) -> Airflow:
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Make the database, start the services, and wait until they are healthy."""
        self.trace.mkdir()
        subprocess.run(
            [self.programs / "airflow", "db", "migrate"],
            env=self.environment,
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
        )
        for service in SERVICES:
            log = (self.folder / f"{service}.log").open("w")
            self.logs.append(log)
            command = ["nice", "-n", "5", str(self.programs / "airflow"), service]
            self.processes.append(
                subprocess.Popen(
                    command,
                    env=self.environment,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self.folder,
                    start_new_session=True,
                )
            )
        self.api.wait(self._healthy, "Airflow healthy", START_SECONDS, self.tail)
        self.api.token = self.api.call("GET", "/auth/token")["access_token"]

    def _healthy(self) -> bool:
        for process, service in zip(self.processes, SERVICES, strict=True):
            if process.poll() is not None:
                raise NotEndedError(f"Airflow's {service} ended: {self.tail()}")
        try:
            health = self.api.call("GET", "/api/v2/monitor/health")
        except (URLError, ConnectionError, TimeoutError):
            return False
        return all(
            health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor", "triggerer")
        )

    def tail(self) -> str:
        """The last lines of each service."""
        return "\n".join(
            f"--- {path.name}\n" + "\n".join(path.read_text(errors="replace").splitlines()[-15:])
            for path in sorted(self.folder.glob("*.log"))
        )

    def await_dags(self, cases: Sequence[Case]) -> dict[str, str]:
        """Wait until every file was read; the names of those that could not be, with the error."""
        errors: dict[str, str] = {}

        def known() -> bool:
            found = self.api.all("/api/v2/importErrors", "import_errors")
            errors.update((Path(one["filename"]).stem, one["stack_trace"]) for one in found)
            wanted = {dag_id for case in cases if case.name not in errors for dag_id in case.dag_ids}
            return wanted <= {dag["dag_id"] for dag in self.api.all("/api/v2/dags", "dags")}

        self.api.wait(known, "all DAGs read", START_SECONDS + 3 * len(cases), lambda: self._missing(cases))
        return errors

    def _missing(self, cases: Sequence[Case]) -> str:
        known = {dag["dag_id"] for dag in self.api.all("/api/v2/dags", "dags")}
        return ", ".join(dag_id for case in cases for dag_id in case.dag_ids if dag_id not in known)

    def read_again(self, case: Case) -> None:
        """Read the file of a case once more: assets are watched from when it is read while its DAG is awake."""
        token = self.api.call("GET", f"/api/v2/dags/{case.dag_ids[0]}")["file_token"]
        self.api.call("PUT", f"/api/v2/parseDagFile/{token}")

    def taken_for_dead(self, case: Case) -> str:
        """A task of the case that went on before the scheduler had heard of its end, which it then fails."""
        dag_ids = "|".join(map(re.escape, case.dag_ids))
        pattern = rf"reported that the task instance <TaskInstance: ((?:{dag_ids})\.\S+) .*> finished with state"
        found = re.search(pattern, (self.folder / "scheduler.log").read_text(errors="replace"))
        return found[1] if found else ""

    def stop(self) -> None:
        """End every process that was started."""
        for process in self.processes:
            _signal(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + 20
        for process in self.processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _signal(process.pid, signal.SIGKILL)  # what is left of its session
            process.wait()
        for log in self.logs:
            log.close()


def _signal(group: int, number: int) -> None:
    """Signal a process group that may be gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def record(airflow: Airflow, case: Case, error: str) -> str:
    """Drive a case to its end and write its outcome; returns what went wrong, or nothing."""
    if error:
        return error
    try:
        driver = Driver(airflow.api, case, airflow.trace, patience=PATIENCE, breath=BREATH_SECONDS)
        if "watchers=" in case.path.read_text(encoding="utf-8"):
            driver.reread = lambda: airflow.read_again(case)
        driver.run()
        time.sleep(SETTLE_SECONDS)
        if taken := airflow.taken_for_dead(case):
            return f"Airflow took {taken} for dead: record it again, with fewer --cases"
        write(airflow, case)
    except (NotEndedError, HTTPError, LookupError) as trouble:
        return f"{trouble} {' '.join(getattr(trouble, '__notes__', ()))}"
    return ""


def write(airflow: Airflow, case: Case) -> None:
    """Write the outcome of a case that ended."""
    evidence = Evidence(airflow.api, case, airflow.folder / "scheduler.log")
    outcome: dict[str, Any] = {
        "airflow": VERSION,
        **collect(Side(airflow.api, evidence.why_skipped), case, airflow.trace),
    }
    text = json.dumps(outcome, indent=1, sort_keys=True, ensure_ascii=False)
    case.outcome_path.write_text(text + "\n", encoding="utf-8")


def main() -> int:
    """Record the files that are named; exit status 1 when one of them did not end."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="files to record, without .py; all when none is named")
    parser.add_argument("--cache", type=Path, required=True, help="folder for the environment with Airflow")
    parser.add_argument("--missing", action="store_true", help="only files without an outcome")
    parser.add_argument("--parallelism", type=int, default=3, help="tasks that run at once (default: 3)")
    parser.add_argument("--cases", type=int, default=8, help="files that are driven at once (default: 8)")
    parser.add_argument("--keep", type=Path, help="copy Airflow's logs and folders to here at the end")
    given = parser.parse_args()
    cases = all_cases()
    if unknown := set(given.names) - {case.name for case in cases}:
        parser.error(f"no such file in {DAGS}: {', '.join(sorted(unknown))}")
    cases = [case for case in cases if not given.names or case.name in given.names]
    if given.missing:
        cases = [case for case in cases if not case.outcome_path.exists()]
    if not cases:
        return 0
    programs = install(given.cache.expanduser().resolve())
    OUTCOMES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="oracle-") as folder, start_postgres() as database:
        airflow = Airflow(programs, Path(folder), database, given.parallelism)
        airflow.dags.mkdir()
        for path in [*DAGS.glob("_*.py"), *(case.path for case in cases)]:
            shutil.copy(path, airflow.dags)
        shutil.copytree(PLUGINS, Path(folder) / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
        try:
            return drive(airflow, cases, given.cases)
        finally:
            if given.keep:
                shutil.copytree(folder, given.keep, dirs_exist_ok=True)


def drive(airflow: Airflow, cases: Sequence[Case], at_once: int) -> int:
    """Record the cases, several side by side."""
    with airflow:
        errors = airflow.await_dags(cases)
        print(f"{len(cases)} files read", flush=True)
        pool = ThreadPoolExecutor(at_once)
        try:
            troubles = list(pool.map(lambda case: told(case, record(airflow, case, errors.get(case.name, ""))), cases))
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # Ctrl-C ends it without the cases that are left
        return 1 if any(troubles) else 0


def told(case: Case, trouble: str) -> str:
    print(f"{time.strftime('%H:%M:%S')} {case.name}: {trouble or 'ended'}", flush=True)
    return trouble


if __name__ == "__main__":
    sys.exit(main())
