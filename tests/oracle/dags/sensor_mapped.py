"""A mapped sensor: each instance waits and times out by itself."""

from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG

with DAG("sensor_mapped", schedule=None):
    PythonSensor.partial(
        task_id="check", python_callable=lambda ok: ok, poke_interval=0.2, timeout=0.6, soft_fail=True
    ).expand(op_args=[[True], [False]])
