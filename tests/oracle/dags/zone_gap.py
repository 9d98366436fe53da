"""A tick in the hour that the spring change leaves out."""
#: drive:
#: - wait: {zone_gap: 3}
#: record: [next]

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, CronTriggerTimetable

with DAG(
    "zone_gap",
    schedule=CronTriggerTimetable("30 2 * * *", timezone="America/New_York"),
    start_date=pendulum.datetime(2024, 3, 9, tz="America/New_York"),
    end_date=pendulum.datetime(2024, 3, 12, tz="America/New_York"),
    catchup=True,
):
    EmptyOperator(task_id="only")
