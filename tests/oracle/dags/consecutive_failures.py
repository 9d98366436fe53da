"""max_consecutive_failed_dag_runs pauses the DAG after so many failures in a row."""
#: drive:
#: - trigger: {run: d1, date: 2024-03-01}
#: - wait_run: {run: d1}
#: - trigger: {run: d2, date: 2024-03-02}
#: - wait_run: {run: d2}
#: record: [paused]

from airflow.sdk import DAG, task

with DAG("consecutive_failures", schedule=None, max_consecutive_failed_dag_runs=2):

    @task
    def bad():
        raise ValueError

    bad()
