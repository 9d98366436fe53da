"""`with setup >> teardown` wires the work between; work outside does not wait for the teardown."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, setup, task, teardown

with DAG("setup_context_manager", schedule=None):

    @setup
    def create():
        return "id-1"

    @teardown
    def delete(ident):
        return f"deleted {ident}"

    @task
    def use(ident):
        return f"used {ident}"

    ident = create()
    with delete(ident).as_teardown(setups=ident):
        used = use(ident)
        used >> EmptyOperator(task_id="more")
    used >> EmptyOperator(task_id="outside")
