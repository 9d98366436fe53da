"""A skip goes down through default rules to the end, beside successes and failures; a failure beats a skip."""

from airflow.exceptions import AirflowSkipException
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("skip_propagation", schedule=None):

    @task
    def skip():
        raise AirflowSkipException

    @task
    def fail():
        raise ValueError("no")

    skipped, failed, good = skip.override(trigger_rule="all_done")(), fail(), EmptyOperator(task_id="good")
    failed >> skipped
    skipped >> EmptyOperator(task_id="a") >> EmptyOperator(task_id="b") >> EmptyOperator(task_id="c")
    [skipped, good] >> EmptyOperator(task_id="with_good")
    [skipped, failed] >> EmptyOperator(task_id="with_failed") >> EmptyOperator(task_id="below_both")
    [skipped, good] >> EmptyOperator(task_id="none_failed", trigger_rule="none_failed")
