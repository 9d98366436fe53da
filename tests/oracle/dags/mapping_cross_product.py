"""Two lists multiply, and map indexes count the last one fastest."""

from airflow.sdk import DAG, task

with DAG("mapping_cross_product", schedule=None):

    @task
    def letters():
        return ["a", "b"]

    @task
    def join(letter, number, sign):
        return f"{letter}{number}{sign}"

    join.expand(letter=letters(), number=[1, 2, 3], sign=["+", "-"])
