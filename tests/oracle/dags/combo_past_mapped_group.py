"""depends_on_past in a mapped group, one of whose instances failed and one was skipped the day before."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {odd: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait_task: {run: second, task: start, state: success}
#: - mark_task: {run: first, task: each.load, map_index: 0, state: success}
#: - wait

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task, task_group

with DAG("combo_past_mapped_group", schedule=None):

    @task
    def start():
        return [0, 1, 2]

    @task(depends_on_past=True)
    def load(n, dag_run=None):
        if dag_run.conf.get("odd") and n == 0:
            raise ValueError("as asked")
        if dag_run.conf.get("odd") and n == 1:
            raise AirflowSkipException("not this one")
        return n

    @task
    def use(n):
        return n

    @task_group
    def each(n):
        use(load(n))

    each.expand(n=start())
