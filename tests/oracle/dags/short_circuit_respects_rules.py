"""With ignore_downstream_trigger_rules=False a short circuit skips what is right below and leaves the rest to its rule."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("short_circuit_respects_rules", schedule=None):

    @task.short_circuit(ignore_downstream_trigger_rules=False)
    def stop():
        return False

    below = EmptyOperator(task_id="below")
    stop() >> below
    below >> EmptyOperator(task_id="chained") >> EmptyOperator(task_id="always_last", trigger_rule="all_done")
    below >> EmptyOperator(task_id="lenient", trigger_rule="none_failed")
    below >> EmptyOperator(task_id="all_skipped", trigger_rule="all_skipped")
