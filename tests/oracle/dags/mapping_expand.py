"""expand makes an instance per value and per pair of two arguments; partial gives the rest; the values come as a list."""

from airflow.sdk import DAG, task

with DAG("mapping_expand", schedule=None):

    @task
    def numbers():
        return [1, 2, 3]

    @task
    def double(number):
        return number * 2

    @task
    def times(left, right, plus=0):
        return left * right + plus

    @task
    def total(values):
        return sum(values)

    total(double.expand(number=numbers()))
    total.override(task_id="total_pairs")(times.partial(plus=1).expand(left=[1, 2], right=numbers()))
