"""A short circuit skips everything below it by default, whatever the trigger rules say; a truthy one skips nothing."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import ShortCircuitOperator
from airflow.sdk import DAG

with DAG("short_circuit_ignores_rules", schedule=None):
    stop = ShortCircuitOperator(task_id="stop", python_callable=lambda: [])
    go = ShortCircuitOperator(task_id="go", python_callable=lambda: "yes")
    beside = EmptyOperator(task_id="beside")
    stop >> EmptyOperator(task_id="below") >> EmptyOperator(task_id="far", trigger_rule="all_done")
    [stop, beside] >> EmptyOperator(task_id="mixed", trigger_rule="one_success")
    go >> EmptyOperator(task_id="runs")
