"""A short circuit below a short circuit, and one below a group: what the first skips the second never sees."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, TaskGroup, task

with DAG("short_circuit_chain", schedule=None):

    @task.short_circuit
    def gate(value):
        return value

    with TaskGroup("work") as work:
        EmptyOperator(task_id="a") >> EmptyOperator(task_id="b", trigger_rule="none_failed")
    opened, closed, last = gate.override(task_id="opened")(1), gate.override(task_id="closed")(0), gate(1)
    opened >> closed >> work >> last >> EmptyOperator(task_id="end", trigger_rule="all_done")
    opened >> EmptyOperator(task_id="beside")
