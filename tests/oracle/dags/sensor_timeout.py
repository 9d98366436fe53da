"""A sensor that never sees its condition fails after its timeout, without a retry; with soft_fail it is skipped."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.python import PythonSensor
from airflow.sdk import DAG

with DAG("sensor_timeout", schedule=None):
    never = {"python_callable": lambda: False, "poke_interval": 0.2, "timeout": 0.5}
    hard = PythonSensor(task_id="hard", retries=2, **never)
    soft = PythonSensor(task_id="soft", soft_fail=True, **never)
    hard >> EmptyOperator(task_id="below_hard")
    soft >> EmptyOperator(task_id="below_soft")
    [hard, soft] >> EmptyOperator(task_id="end", trigger_rule="all_done")
