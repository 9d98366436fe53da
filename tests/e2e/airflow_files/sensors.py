#: sensors_all:
#:   state: success
#:   tasks: {poke: success, reschedule: success, soft: skipped, after_soft: skipped, decorated: success,
#:           backoff: success, silent: success}
#:   xcoms:
#:     decorated: {return_value: "found"}
#:   logs:
#:     poke: ["looking for /data/2024-03-05"]
#:     soft: ["skipped"]
import os
import tempfile
from datetime import datetime, timedelta

from airflow import DAG
from airflow.decorators import task
from airflow.operators.empty import EmptyOperator
from airflow.sensors.base import PokeReturnValue
from airflow.sensors.python import PythonSensor


def seen_before(name, run_id):
    """False at the first call in a run, True from then on; files outlive the process."""
    marker = os.path.join(tempfile.gettempdir(), f"{name}-{os.getppid()}-{run_id}".replace(os.sep, "_"))
    if os.path.exists(marker):
        os.remove(marker)
        return True
    with open(marker, "w"):
        return False


def look(path):
    print("looking for", path)
    return path.endswith("05")


calls = []


def raise_once():
    calls.append(1)
    if len(calls) == 1:
        raise ConnectionError("not reachable yet")
    return True


with DAG("sensors_all", start_date=datetime(2023, 1, 1), schedule=None) as dag:
    PythonSensor(task_id="poke", python_callable=look, op_args=["/data/{{ ds }}"], poke_interval=0.1)
    PythonSensor(
        task_id="reschedule",
        python_callable=lambda dag_run: seen_before("reschedule", dag_run.run_id),
        mode="reschedule",
        poke_interval=0.5,
        timeout=60,
    )
    PythonSensor(
        task_id="soft",
        python_callable=lambda: False,
        poke_interval=timedelta(seconds=0.1),
        timeout=0.3,
        soft_fail=True,
    ) >> EmptyOperator(task_id="after_soft")
    PythonSensor(
        task_id="backoff",
        python_callable=lambda run_id: seen_before("backoff", run_id),
        poke_interval=0.1,
        exponential_backoff=True,
        max_wait=timedelta(seconds=1),
    )
    PythonSensor(task_id="silent", python_callable=raise_once, poke_interval=0.1, silent_fail=True, timeout=30)

    @task.sensor(poke_interval=0.1, timeout=30, mode="poke")
    def decorated() -> PokeReturnValue:
        return PokeReturnValue(is_done=True, xcom_value="found")

    decorated()
