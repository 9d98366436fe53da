"""@task_group passes values in and out: the value of the last task of a group goes on."""

from airflow.sdk import DAG, task, task_group

with DAG("group_decorator", schedule=None):

    @task
    def start():
        return 3

    @task
    def add(a, b):
        return a + b

    @task
    def double(a):
        return 2 * a

    @task_group
    def transform(value, plus=1):
        return double(add(value, plus))

    add.override(task_id="end")(transform(start()), transform.override(group_id="again")(10, plus=5))
