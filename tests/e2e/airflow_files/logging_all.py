#: logging_all:
#:   tasks: {speak: success, child: success, raises: failed}
#:   state: failed
#:   logs:
#:     speak: ["printed", "to stderr", "root info", "module warning", "task logger", "mixin", "no debug: False", "multi",
#:             "line", "odd thing"]
#:     child: ["from a subprocess"]
#:     raises: ["ZeroDivisionError", "in divide", "Traceback"]
import logging
import subprocess
import sys
import warnings
from datetime import datetime

from airflow import DAG
from airflow.exceptions import RemovedInAirflow3Warning
from airflow.operators.python import PythonOperator
from airflow.utils.log.logging_mixin import LoggingMixin

log = logging.getLogger(__name__)


def speak():
    print("printed")
    print("to stderr", file=sys.stderr)
    logging.info("root info")
    log.warning("module warning")
    logging.getLogger("airflow.task").info("task logger")
    LoggingMixin().log.info("mixin")
    log.debug("not shown")
    print("no debug:", log.isEnabledFor(logging.DEBUG))
    print("multi\nline")
    warnings.warn("hidden by default", RemovedInAirflow3Warning, stacklevel=2)
    warnings.warn("odd thing", stacklevel=1)


def divide(a, b):
    return a / b


with DAG("logging_all", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    PythonOperator(task_id="speak", python_callable=speak)
    PythonOperator(task_id="child", python_callable=lambda: subprocess.check_call(["echo", "from a subprocess"]))
    PythonOperator(task_id="raises", python_callable=divide, op_args=[1, 0])
