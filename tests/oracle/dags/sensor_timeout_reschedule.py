"""The timeout of a sensor in reschedule mode counts from its first check."""

from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG

with DAG("sensor_timeout_reschedule", schedule=None):
    for name, soft in (("hard", False), ("soft", True)):
        PythonSensor(
            task_id=name,
            python_callable=lambda: False,
            mode="reschedule",
            poke_interval=1,
            timeout=1.5,
            soft_fail=soft,
            retries=1,
        )
