"""The timeout of a sensor in reschedule mode counts from its first check."""

from _trace import pace
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG

with DAG("sensor_timeout_reschedule", schedule=None):
    for name, soft in (("hard", False), ("soft", True)):
        PythonSensor(
            task_id=name,
            python_callable=lambda: False,
            mode="reschedule",
            poke_interval=pace(0.5),
            timeout=pace(1),
            soft_fail=soft,
            retries=1,
        )
