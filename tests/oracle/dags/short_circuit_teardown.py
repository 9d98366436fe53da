"""A short circuit that ignores rules spares the teardown of what it skips only if the setup ran."""

from airflow.providers.standard.operators.python import ShortCircuitOperator
from airflow.sdk import DAG, setup, task, teardown

with DAG("short_circuit_teardown", schedule=None):

    @setup
    def create():
        return "up"

    @task
    def work():
        return "worked"

    @teardown
    def delete():
        return "down"

    made = create()
    stop = ShortCircuitOperator(task_id="stop", python_callable=lambda: False)
    made >> stop >> work() >> delete().as_teardown(setups=made)
