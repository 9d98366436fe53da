"""A mapped task waits for what it is set downstream of as for what gives its values, by its rule."""

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task

with DAG("mapping_mixed_upstream", schedule=None):

    @task
    def values():
        return [1, 2]

    @task
    def skip():
        raise AirflowSkipException

    @task
    def fail():
        raise ValueError

    @task
    def work(n):
        return n

    given = values()
    skip() >> work.expand(n=given)
    fail() >> work.override(task_id="below_fail").expand(n=given)
    skip.override(task_id="other_skip")() >> work.override(task_id="lenient", trigger_rule="none_failed").expand(
        n=given
    )
