"""depends_on_past takes a skip of the day before as done."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01, conf: {skip: true}}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait

from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task

with DAG("past_skipped_counts", schedule=None, default_args={"depends_on_past": True}):

    @task
    def load(dag_run=None):
        if dag_run.conf.get("skip"):
            raise AirflowSkipException
        return "loaded"

    @task
    def use():
        return "used"

    load() >> use()
