"""concat puts values of two tasks one after the other."""

from airflow.sdk import DAG, task

with DAG("mapping_concat", schedule=None):

    @task
    def first():
        return [1, 2]

    @task
    def second():
        return ["x"]

    @task
    def show(value):
        return value

    show.expand(value=first().concat(second()))
