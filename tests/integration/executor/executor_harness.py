"""A scheduler stand-in for the executor's tests: grants every claim, keeps every report, waits on conditions."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tradewind.executors.local import LocalExecutor
from tradewind.ports.executor import Claimed, Finished, Lost, Report
from tradewind.runtime.logs import read_log
from tradewind.spec import serde, wire

DAY = datetime(2024, 1, 31, tzinfo=UTC)


class Scheduler:
    """Owns an executor and a bundle folder; every wait ends by a report, never by a sleep."""

    def __init__(self, root: Path, serve: Callable[[wire.Request], Any] | None = None, **options: Any) -> None:
        self.bundle = root / "dags"
        self.bundle.mkdir(exist_ok=True)
        self.logs = root / "logs"
        self.logs.mkdir(exist_ok=True)
        self.executor = LocalExecutor(**{"slots": 2, "grace": 5.0, **options})
        self.reports: list[Report] = []
        self.refuse: set[str] = set()
        self.hold: set[str] = set()
        self.xcoms: dict[tuple[str, str], str] = {}
        self._numbers = itertools.count(1)
        self._changed = threading.Condition()
        self._serve = serve or self._store

    def __enter__(self) -> Scheduler:
        self.executor.start(self._take, lambda request: self._serve(request))
        return self

    def __exit__(self, *error: object) -> None:
        self.executor.stop(1.0)

    def _take(self, report: Report) -> None:
        if isinstance(report, Claimed) and report.attempt_id not in self.hold:
            self.executor.grant(report.attempt_id, report.attempt_id not in self.refuse)
        with self._changed:
            self.reports.append(report)
            self._changed.notify_all()

    def _store(self, request: wire.Request) -> Any:
        if isinstance(request, wire.SetXCom):
            self.xcoms[request.attempt_id, request.key] = request.value
            return None
        if isinstance(request, wire.GetXCom):
            wanted = request.task_ids or ()
            return [
                [attempt.partition("#")[0], -1, value]
                for (attempt, key), value in self.xcoms.items()
                if key == request.key and (not wanted or attempt.partition("#")[0] in wanted)
            ]
        if isinstance(request, wire.GetPreviousRun):
            return None
        raise KeyError(repr(request))

    # --- DAG files and work -----------------------------------------------------------------------------------

    def write(self, name: str, text: str) -> str:
        """Write a DAG file; returns its digest."""
        path = self.bundle / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return hashlib.sha256(text.encode()).hexdigest()

    def source(self, name: str) -> wire.DagSource:
        """Where the file is, with the digest it has now."""
        digest = hashlib.sha256((self.bundle / name).read_bytes()).hexdigest()
        return wire.DagSource(bundle_path=str(self.bundle), relative_fileloc=name, digest=digest)

    def work(self, task_id: str, file: str = "d.py", dag_id: str = "d", **values: Any) -> wire.TaskWork:
        """One attempt of a task."""
        attempt = f"{task_id}#{next(self._numbers)}"
        conf = values.pop("conf", {})
        fields: dict[str, Any] = {
            "attempt_id": attempt,
            "ti_id": f"ti-{attempt}",
            "dag_id": dag_id,
            "task_id": task_id,
            "map_index": -1,
            "try_number": 1,
            "max_tries": 0,
            "run": wire.RunInfo(
                dag_id=dag_id,
                run_id="manual__2024-01-31",
                run_type="manual",
                run_after=DAY,
                logical_date=DAY,
                data_interval_start=DAY,
                data_interval_end=DAY,
                start_date=DAY,
                conf=conf,
            ),
            "source": self.source(file),
            "log_path": str(self.logs / f"{attempt}.log"),
        }
        return wire.TaskWork(**{**fields, **values})

    def submit(self, task_id: str, **values: Any) -> str:
        """Submit one attempt; returns its id."""
        work = self.work(task_id, **values)
        self.executor.submit(work)
        return work.attempt_id

    def run(self, task_id: str, **values: Any) -> wire.Outcome:
        """Submit one attempt and wait for its outcome."""
        return self.outcome(self.submit(task_id, **values))

    # --- What happened ----------------------------------------------------------------------------------------

    def wait(self, condition: Callable[[], Any], timeout: float = 30.0) -> Any:
        """Wait until a condition over the reports holds; returns its value."""
        with self._changed:
            assert self._changed.wait_for(condition, timeout), self.reports
            return condition()

    def of(self, attempt_id: str) -> list[Report]:
        """The reports of one attempt, in order."""
        return [report for report in self.reports if _attempt_of(report) == attempt_id]

    def claimed(self, attempt_id: str) -> Claimed:
        """Wait for its claim."""
        return self.wait(lambda: next((r for r in self.of(attempt_id) if isinstance(r, Claimed)), None))

    def end(self, attempt_id: str) -> Finished | Lost:
        """Wait for its end."""
        return self.wait(lambda: next((r for r in self.of(attempt_id) if isinstance(r, Finished | Lost)), None))

    def outcome(self, attempt_id: str) -> wire.Outcome:
        """Wait for its outcome."""
        end = self.end(attempt_id)
        assert isinstance(end, Finished), end
        return end.outcome

    def lost(self, attempt_id: str) -> Lost:
        """Wait for its loss."""
        end = self.end(attempt_id)
        assert isinstance(end, Lost), end
        return end

    def entries(self, attempt_id: str) -> list[dict[str, Any]]:
        """The lines of its log."""
        return read_log(self.logs / f"{attempt_id}.log").entries

    def events(self, attempt_id: str, logger: str | None = None) -> list[str]:
        """The texts in its log."""
        return [line["event"] for line in self.entries(attempt_id) if logger in (None, line["logger"])]


def _attempt_of(report: Report) -> str | None:
    if isinstance(report, Finished):
        return report.outcome.attempt_id
    return getattr(report, "attempt_id", None)


def returned(outcome: wire.Outcome) -> Any:
    """The return value in an outcome."""
    values = {item.key: serde.loads(item.value) for item in outcome.xcoms}
    return values.get("return_value")


DAG_FILE = '''
import logging, os, signal, subprocess, sys, threading, time, warnings
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tradewind.authoring.dag import DAG
from tradewind.authoring.operators.python import BranchPythonOperator, PythonOperator
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.params import Param
from tradewind.errors import AirflowFailException, AirflowRescheduleException, AirflowSkipException

os.environ["SET_BY_THE_FILE"] = "yes"
log = logging.getLogger(__name__)
CALLS = []

def noop(): pass
def hello(): print("hello from print"); log.warning("a %s", "warning"); return {"answer": 42}
def streams():
    print("half", end=""); print(" line")
    print("to stderr", file=sys.stderr)
    os.write(1, b"raw bytes\\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    warnings.warn("be warned")
    print("no newline at the end", end="")
def fail(): raise ValueError("broken\\nin two lines")
def fail_hard(): raise AirflowFailException("never again")
def skip(): raise AirflowSkipException("nothing to do")
def reschedule(): raise AirflowRescheduleException(datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=1))))
def exit_zero(): sys.exit(0)
def exit_three(): sys.exit(3)
def spin(**context):
    while True: time.sleep(0.01)
def hang(path, **context):
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    inner = subprocess.Popen(["sh", "-c", "sleep 1000 & echo $! ; wait"], stdout=subprocess.PIPE)
    Path(path).write_text(f"{os.getpid()} {child.pid} {inner.pid} {int(inner.stdout.readline())}")
    os.rename(path, path + ".ready")
    time.sleep(1000)
def stubborn(path):
    Path(path + ".tmp").write_text(str(os.getpid())); os.rename(path + ".tmp", path)
    while True:
        try: time.sleep(1000)
        except BaseException: pass
def gate(path):
    with open(path) as pipe: pipe.read()
def mess(path):
    os.environ["LEFT"] = "behind"; del os.environ["SET_BY_THE_FILE"]
    os.chdir("/"); os.umask(0o077); sys.argv.append("x"); sys.path.append("/nowhere")
    logging.getLogger().setLevel("ERROR"); logging.getLogger().handlers.clear(); logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGUSR1, lambda *a: None); signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    warnings.simplefilter("error"); sys.stdout = open(path, "w")
    import decimal, socket; decimal.getcontext().prec = 3; socket.setdefaulttimeout(1)
    return os.getpid()
def look():
    import decimal, socket
    log.info("still logging")
    umask = os.umask(0); os.umask(umask)
    return {"pid": os.getpid(), "left": os.environ.get("LEFT"), "file": os.environ.get("SET_BY_THE_FILE"), "cwd": os.getcwd(),
            "umask": umask, "argv": "x" in sys.argv, "path": "/nowhere" in sys.path, "usr1": str(signal.getsignal(signal.SIGUSR1)),
            "prec": decimal.getcontext().prec, "timeout": socket.getdefaulttimeout(), "filters": str(warnings.filters[0]),
            "attempt": os.environ["TRADEWIND_ATTEMPT_ID"], "dag": os.environ["AIRFLOW_CTX_DAG_ID"]}
def pid(): return os.getpid()
def thread(): threading.Thread(target=time.sleep, args=(1000,)).start(); return os.getpid()
def leftover(): subprocess.Popen(["sleep", "1000"], start_new_session=True); return os.getpid()
def secrets(ti):
    from tradewind.runtime.logs import mask_secret
    mask_secret("s3cr3t-value"); print("the secret is s3cr3t-value")
    log.info("again: %s", "s3cr3t-value"); print(os.environ["AIRFLOW_CONN_DB"]); raise ValueError("s3cr3t-value")
def push(ti): ti.xcom_push("rows", 7); return ti.xcom_pull(task_ids="push", key="rows")
def called(name):
    def callback(context): print(f"{name}: {context['ti'].state} {context.get('exception')}")
    return callback
def bad_callback(context): raise RuntimeError("the callback broke")
def context_of(ds, params, ti, dag_run, data_interval_start, **kwargs):
    return [ds, params, ti.task_id, dag_run.run_id, data_interval_start.isoformat(), kwargs["ts_nodash"], kwargs["prev_start_date_success"]]

with DAG("d", start_date=datetime(2024, 1, 1), schedule=None, params={"n": Param(1, type="integer")}, on_failure_callback=called("dag")) as dag:
    for function in (noop, hello, streams, fail, fail_hard, skip, reschedule, exit_zero, exit_three, look, pid, thread,
                     leftover, secrets, push, context_of):
        PythonOperator(task_id=function.__name__, python_callable=function)
    for function in (hang, stubborn, gate, mess):
        PythonOperator(task_id=function.__name__, python_callable=function, op_kwargs={"path": "{{ params.path }}"})
    PythonOperator(task_id="slow", python_callable=spin, execution_timeout=timedelta(seconds=0.2))
    PythonOperator(task_id="templated", python_callable=lambda a, b: [a, b], op_args=["{{ ds }}"], op_kwargs={"b": ["{{ params.n }}"]})
    PythonOperator(task_id="bad_template", python_callable=noop, op_args=["{{ nothing.here }}"])
    PythonOperator(task_id="told", python_callable=fail, on_failure_callback=[bad_callback, called("failure")],
                   on_retry_callback=called("retry"))
    PythonOperator(task_id="told_success", python_callable=noop, on_success_callback=[bad_callback, called("success")],
                   on_execute_callback=called("execute"))
    PythonOperator(task_id="told_skip", python_callable=skip, on_skipped_callback=called("skipped"))
    PythonOperator(task_id="many", python_callable=lambda: {"a": 1, "b": [2]}, multiple_outputs=True)
    branch = BranchPythonOperator(task_id="branch", python_callable=lambda: "left")
    branch >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
'''


def scheduler_with_dag(root: Path, **options: Any) -> Scheduler:
    """An executor, not started, whose bundle has the test DAG."""
    scheduler = Scheduler(root, **options)
    scheduler.write("d.py", DAG_FILE)
    return scheduler
