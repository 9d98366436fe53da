"""depends_on_past of a mapped task looks at the instances of the day before."""
#: drive:
#: - trigger: {run: d1, date: 2024-03-01, conf: {items: [1, 2]}}
#: - wait_run: {run: d1}
#: - trigger: {run: d2, date: 2024-03-02, conf: {items: [3, 4]}}
#: - wait_run: {run: d2}

from airflow.sdk import DAG, task

with DAG("mapping_depends_on_past", schedule=None):

    @task
    def items(dag_run=None):
        return dag_run.conf["items"]

    @task(depends_on_past=True)
    def work(n):
        return n

    work.expand(n=items())
