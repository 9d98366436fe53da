"""depends_on_past of a task that the run before does not have, or that has a start date of its own."""
#: drive:
#: - trigger: {run: first, date: 2024-03-01}
#: - wait_run: {run: first}
#: - trigger: {run: second, date: 2024-03-02}
#: - wait_run: {run: second}

from datetime import datetime, timezone

from airflow.sdk import DAG, task

with DAG("past_ignore_first", schedule=None):

    @task(depends_on_past=True, ignore_first_depends_on_past=True, start_date=datetime(2024, 3, 2, tzinfo=timezone.utc))
    def ignores():
        return 1

    @task(depends_on_past=True)
    def always(ds=None):
        return ds

    ignores()
    always()
