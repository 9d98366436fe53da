"""The DAG of the executor's tests; a copy of it is run as `d.py`."""

# The code below does what authors of DAG files do.
# ruff: noqa: B028, PTH104, PTH109, PTH123, SIM105, SIM115, T201

import logging
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tradewind.authoring.dag import DAG
from tradewind.authoring.operators.empty import EmptyOperator
from tradewind.authoring.operators.python import BranchPythonOperator, PythonOperator
from tradewind.authoring.params import Param
from tradewind.errors import AirflowFailException, AirflowRescheduleException, AirflowSkipException

os.environ["SET_BY_THE_FILE"] = "yes"
log = logging.getLogger(__name__)
CALLS = []


def noop():
    pass


def leave(**context):
    os._exit(context["dag_run"].conf["status"])


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def hello():
    print("hello from print")
    log.warning("a %s", "warning")
    return {"answer": 42}


def streams():
    print("half", end="")
    print(" line")
    print("to stderr", file=sys.stderr)
    os.write(1, b"raw bytes\n")
    subprocess.run([sys.executable, "-c", "print('from a child')"], check=True)
    warnings.warn("be warned")
    print("no newline at the end", end="")


def fail():
    raise ValueError("broken\nin two lines")


class Wordless(Exception):
    def __str__(self):
        return str(1 / 0)


def fail_without_words():
    raise Wordless


def fail_hard():
    raise AirflowFailException("never again")


def skip():
    raise AirflowSkipException("nothing to do")


def reschedule():
    raise AirflowRescheduleException(datetime(2030, 1, 1, tzinfo=timezone(timedelta(hours=1))))


def exit_zero():
    sys.exit(0)


def exit_three():
    sys.exit(3)


def spin(**context):
    while True:
        time.sleep(0.01)


def hang(path, **context):
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    inner = subprocess.Popen(["sh", "-c", "sleep 1000 & echo $! ; wait"], stdout=subprocess.PIPE)
    Path(path).write_text(f"{os.getpid()} {child.pid} {inner.pid} {int(inner.stdout.readline())}")
    os.rename(path, path + ".ready")
    time.sleep(1000)


def stubborn(path):
    Path(path + ".tmp").write_text(str(os.getpid()))
    os.rename(path + ".tmp", path)
    while True:
        try:
            time.sleep(1000)
        except BaseException:
            pass


def gate(path):
    with open(path) as pipe:
        pipe.read()


def mess(path):
    os.environ["LEFT"] = "behind"
    del os.environ["SET_BY_THE_FILE"]
    os.chdir("/")
    os.umask(0o077)
    sys.argv.append("x")
    sys.path.append("/nowhere")
    logging.getLogger().setLevel("ERROR")
    logging.getLogger().handlers.clear()
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGUSR1, lambda *a: None)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    warnings.simplefilter("error")
    sys.stdout = open(path, "w")
    import decimal
    import socket

    decimal.getcontext().prec = 3
    socket.setdefaulttimeout(1)
    return os.getpid()


def look():
    import decimal
    import socket

    log.info("still logging")
    umask = os.umask(0)
    os.umask(umask)
    return {
        "pid": os.getpid(),
        "left": os.environ.get("LEFT"),
        "file": os.environ.get("SET_BY_THE_FILE"),
        "cwd": os.getcwd(),
        "umask": umask,
        "argv": "x" in sys.argv,
        "path": "/nowhere" in sys.path,
        "usr1": str(signal.getsignal(signal.SIGUSR1)),
        "prec": decimal.getcontext().prec,
        "timeout": socket.getdefaulttimeout(),
        "filters": str(warnings.filters[0]),
        "attempt": os.environ["TRADEWIND_ATTEMPT_ID"],
        "dag": os.environ["AIRFLOW_CTX_DAG_ID"],
    }


def fork_without_end():
    """The copy comes back from here as if it were the worker."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
    return "parent" if child else "child"


def big_push(ti):
    """Frames as large as they become, with the timeout striking at any moment."""
    while True:
        ti.xcom_push("big", "x" * 60_000)


def pid():
    return os.getpid()


def thread():
    threading.Thread(target=time.sleep, args=(1000,)).start()
    return os.getpid()


def leftover():
    subprocess.Popen(["sleep", "1000"], start_new_session=True)
    return os.getpid()


def secrets(ti):
    from tradewind.runtime.logs import mask_secret

    mask_secret("s3cr3t-value")
    print("the secret is s3cr3t-value")
    log.info("again: %s", "s3cr3t-value")
    print(os.environ["AIRFLOW_CONN_DB"])
    raise ValueError("s3cr3t-value")


def push(ti):
    ti.xcom_push("rows", 7)
    return ti.xcom_pull(task_ids="push", key="rows")


def called(name):
    def callback(context):
        print(f"{name}: {context['ti'].state} {context.get('exception')}")

    return callback


def bad_callback(context):
    raise RuntimeError("the callback broke")


def context_of(ds, params, ti, dag_run, data_interval_start, **kwargs):
    return [
        ds,
        params,
        ti.task_id,
        dag_run.run_id,
        data_interval_start.isoformat(),
        kwargs["ts_nodash"],
        kwargs["prev_start_date_success"],
    ]


def hang_in_callback(context):
    threading.Event().wait()


def called_after(context):
    print("never")


with DAG(
    "d",
    start_date=datetime(2024, 1, 1),
    schedule=None,
    params={"n": Param(1, type="integer")},
    on_failure_callback=called("dag"),
) as dag:
    for function in (
        noop,
        leave,
        crash,
        hello,
        streams,
        fail,
        fail_hard,
        fail_without_words,
        skip,
        reschedule,
        exit_zero,
        exit_three,
        fork_without_end,
        look,
        pid,
        thread,
        leftover,
        secrets,
        push,
        context_of,
    ):
        PythonOperator(task_id=function.__name__, python_callable=function)
    for function in (hang, stubborn, gate, mess):
        PythonOperator(task_id=function.__name__, python_callable=function, op_kwargs={"path": "{{ params.path }}"})
    PythonOperator(task_id="big_push", python_callable=big_push, execution_timeout=timedelta(seconds=0.15))
    PythonOperator(task_id="slow", python_callable=spin, execution_timeout=timedelta(seconds=0.2))
    PythonOperator(
        task_id="templated",
        python_callable=lambda a, b: [a, b],
        op_args=["{{ ds }}"],
        op_kwargs={"b": ["{{ params.n }}"]},
    )
    PythonOperator(task_id="bad_template", python_callable=noop, op_args=["{{ nothing.here }}"])
    PythonOperator(
        task_id="told",
        python_callable=fail,
        on_failure_callback=[bad_callback, called("failure")],
        on_retry_callback=called("retry"),
    )
    PythonOperator(
        task_id="told_success",
        python_callable=noop,
        on_success_callback=[bad_callback, called("success")],
        on_execute_callback=called("execute"),
    )
    PythonOperator(
        task_id="hangs_in_callback", python_callable=noop, on_success_callback=[hang_in_callback, called_after]
    )
    PythonOperator(task_id="told_skip", python_callable=skip, on_skipped_callback=called("skipped"))
    PythonOperator(task_id="many", python_callable=lambda: {"a": 1, "b": [2]}, multiple_outputs=True)
    branch = BranchPythonOperator(task_id="branch", python_callable=lambda: "left")
    branch >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
