"""A mapped short circuit: a falsy instance skips what is below, the others do not bring it back."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mapping_short_circuit", schedule=None):

    @task.short_circuit
    def gate(value):
        return value

    gate.expand(value=[True, False]) >> EmptyOperator(task_id="below")
    gate.override(task_id="open").expand(value=[True, True]) >> EmptyOperator(task_id="runs")
