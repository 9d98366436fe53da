"""A delta of a day is 24 hours in UTC whatever the zone does."""
#: drive:
#: - wait: {zone_delta: 3}
#: record: [next]

from datetime import timedelta

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "zone_delta",
    schedule=timedelta(days=1),
    start_date=pendulum.datetime(2024, 3, 30, tz="Europe/Berlin"),
    end_date=pendulum.datetime(2024, 4, 2, tz="Europe/Berlin"),
    catchup=True,
):
    EmptyOperator(task_id="only")
