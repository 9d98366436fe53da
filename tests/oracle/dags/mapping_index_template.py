"""map_index_template names instances, from their arguments or from what they put into the context."""

from airflow.sdk import DAG, get_current_context, task

with DAG("mapping_index_template", schedule=None):

    @task(map_index_template="{{ task.op_kwargs['city'] }}")
    def by_argument(city):
        return len(city)

    @task(map_index_template="{{ label }}")
    def by_context(n):
        get_current_context()["label"] = f"part {n}"
        if n == 2:
            raise ValueError("named all the same")

    by_argument.expand(city=["Bern", "Lima"])
    by_context.expand(n=[1, 2])
