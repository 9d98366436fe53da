"""A finished run marked failed and another marked success: their tasks keep what is finished."""
#: drive:
#: - trigger: {run: good, date: 2024-03-01}
#: - trigger: {run: bad, date: 2024-03-02, conf: {fail: true}}
#: - wait: {mark_run_states: 2}
#: - mark_run: {run: good, state: failed}
#: - mark_run: {run: bad, state: success}
#: - wait

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("mark_run_states", schedule=None):

    @task
    def maybe(dag_run=None):
        if dag_run.conf.get("fail"):
            raise ValueError("as asked")

    maybe() >> EmptyOperator(task_id="below")
