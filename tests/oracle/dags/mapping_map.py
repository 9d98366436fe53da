"""map changes each value before the expansion; a value that the function skips skips its instance."""

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task


def even_only(value):
    if value % 2:
        raise AirflowSkipException("odd")
    return value * 10


with DAG("mapping_map", schedule=None):

    @task
    def numbers():
        return [1, 2, 3, 4]

    @task
    def keep(number):
        return number

    @task
    def collect(values):
        return list(values)

    given = numbers()
    keep.expand(number=given.map(lambda value: value + 1))
    kept = keep.override(task_id="keep_even").expand(number=given.map(even_only))
    collect(kept)
    collect.override(task_id="collect_done", trigger_rule="all_done")(kept)
