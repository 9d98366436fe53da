"""A sensor whose check raises: retried as any task; with soft_fail skipped, with silent_fail it goes on checking."""

from datetime import timedelta

from airflow.exceptions import AirflowFailException, AirflowSkipException
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG


def broken():
    raise ValueError("no connection")


def skip():
    raise AirflowSkipException("no file today")


def final():
    raise AirflowFailException("never will be")


with DAG(
    "sensor_raises", schedule=None, default_args={"retries": 1, "retry_delay": timedelta(0), "poke_interval": 0.2}
):
    PythonSensor(task_id="plain", python_callable=broken, timeout=5)
    PythonSensor(task_id="soft", python_callable=broken, timeout=5, soft_fail=True)
    PythonSensor(task_id="silent", python_callable=broken, timeout=0.5, silent_fail=True)
    PythonSensor(task_id="skips", python_callable=skip, timeout=5)
    PythonSensor(task_id="final", python_callable=final, timeout=5)
