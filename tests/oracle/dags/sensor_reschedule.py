"""A sensor in reschedule mode gives its slot back between checks; all checks are one try."""

from airflow.sdk import DAG, task

with DAG("sensor_reschedule", schedule=None):

    @task.sensor(poke_interval=1, timeout=60, mode="reschedule")
    def later(dag_run=None):
        from datetime import datetime, timedelta, timezone

        return datetime.now(timezone.utc) - dag_run.start_date > timedelta(seconds=1.5)

    @task
    def after(ti=None):
        return ti.try_number

    later() >> after()
