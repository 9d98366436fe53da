"""expand_kwargs takes a list of mappings, given or from a task; each instance has its own set of arguments."""

from airflow.sdk import DAG, task

with DAG("mapping_expand_kwargs", schedule=None):

    @task
    def pairs():
        return [{"left": 1, "right": 2}, {"left": 3}]

    @task
    def add(left, right=10):
        return left + right

    add.expand_kwargs(pairs())
    add.override(task_id="literal").partial(right=5).expand_kwargs([{"left": 1}, {"left": 2}])
