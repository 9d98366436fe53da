"""zip pairs values of two tasks, to the shorter one or with a fill value."""

from airflow.sdk import DAG, task

with DAG("mapping_zip", schedule=None):

    @task
    def names():
        return ["a", "b", "c"]

    @task
    def numbers():
        return [1, 2]

    @task
    def show(pair):
        return list(pair)

    show.expand(pair=names().zip(numbers()))
    show.override(task_id="filled").expand(pair=names.override(task_id="more")().zip(numbers(), fillvalue=0))
