#: processes:
#:   state: failed
#:   tasks: {threads: success, pool: success, many_pools: success, executor: success, forked: success,
#:           spawned: success, messy: success, after_messy: success, killed: failed, sleeps: success}
#:   xcoms:
#:     threads: {return_value: [0, 1, 4]}
#:     pool: {return_value: [0, 1, 4]}
#:     executor: {return_value: [0, 1, 4]}
#:     spawned: {return_value: "child ok"}
#:     after_messy: {return_value: [true, true]}
#:   logs:
#:     forked: ["from the child process"]
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def square(number):
    return number * number


def threads():
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(square, range(3)))


def pool():
    with multiprocessing.Pool(2) as workers:
        return workers.map(square, range(3))


def many_pools():
    for _ in range(20):  # the end of each sends SIGTERM to processes that may not have begun to wait for work
        with multiprocessing.Pool(2):
            pass


def executor():
    with ProcessPoolExecutor(2) as workers:
        return list(workers.map(square, range(3)))


def say():
    print("from the child process")


def forked():
    process = multiprocessing.Process(target=say)
    process.start()
    process.join()
    assert process.exitcode == 0


def spawned():
    return subprocess.run([sys.executable, "-c", "print('child ok')"], capture_output=True, text=True).stdout.strip()


def messy():
    os.chdir("/")
    os.environ["LEFT_BEHIND"] = "1"
    sys.path.insert(0, "/left/behind")
    logging.getLogger().setLevel(logging.CRITICAL)
    logging.basicConfig(force=True, level=logging.ERROR)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.stdout = open(os.devnull, "w")


def after_messy():
    return ["LEFT_BEHIND" not in os.environ, "/left/behind" not in sys.path]


with DAG("processes", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    for function in (threads, pool, many_pools, executor, forked, spawned):
        PythonOperator(task_id=function.__name__, python_callable=function)
    PythonOperator(task_id="messy", python_callable=messy) >> PythonOperator(
        task_id="after_messy", python_callable=after_messy
    )
    PythonOperator(task_id="killed", python_callable=lambda: os.kill(os.getpid(), signal.SIGKILL))
    PythonOperator(task_id="sleeps", python_callable=time.sleep, op_args=[0.01])
