"""multiple_outputs by argument or by annotation stores each key; keys can be taken one by one."""

from airflow.sdk import DAG, task

with DAG("multiple_outputs", schedule=None):

    @task(multiple_outputs=True)
    def by_argument():
        return {"a": 1, "b": [2]}

    @task
    def by_annotation() -> dict[str, int]:
        return {"c": 3}

    @task(multiple_outputs=False)
    def off() -> dict[str, int]:
        return {"d": 4}

    @task
    def show(a, c, d):
        return [a, c, d]

    @task(multiple_outputs=True)
    def no_dict():
        return [1]

    @task(multiple_outputs=True)
    def number_keys():
        return {1: 2}

    show(by_argument()["a"], by_annotation()["c"], off())
    no_dict()
    number_keys()
