"""The list is longer after a clear: there are more instances."""
#: drive:
#: - trigger: {run: one}
#: - wait_run: {run: one}
#: - clear: {run: one, tasks: [values], include_downstream: true}
#: - wait

from airflow.sdk import DAG, task

with DAG("mapping_grows", schedule=None):

    @task
    def values(ti=None):
        return list(range(ti.try_number + 1))

    @task
    def work(n, ti=None):
        return [n, ti.try_number]

    work.expand(n=values())
