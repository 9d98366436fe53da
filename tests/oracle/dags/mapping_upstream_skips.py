"""When what gives the values is skipped, the mapped task is skipped; with none_failed it cannot expand over nothing."""

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task

with DAG("mapping_upstream_skips", schedule=None):

    @task
    def values():
        raise AirflowSkipException

    @task
    def work(n):
        return n

    given = values()
    work.expand(n=given)
    work.override(task_id="lenient", trigger_rule="none_failed").expand(n=given)
