"""CronTriggerTimetable: a run is of the moment it starts, and has no interval unless one is given."""
#: dags: [cron_trigger, cron_trigger_interval]
#: drive:
#: - wait: {cron_trigger: 3, cron_trigger_interval: 3}
#: record: [next]

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, CronTriggerTimetable

DATES = {
    "start_date": datetime(2024, 3, 1, tzinfo=timezone.utc),
    "end_date": datetime(2024, 3, 3, 12, tzinfo=timezone.utc),
    "catchup": True,
}

with DAG("cron_trigger", schedule=CronTriggerTimetable("0 6 * * *", timezone="UTC"), **DATES):
    EmptyOperator(task_id="only")

with DAG(
    "cron_trigger_interval",
    schedule=CronTriggerTimetable("0 6 * * *", timezone="UTC", interval=timedelta(hours=2)),
    **DATES,
):
    EmptyOperator(task_id="only")
