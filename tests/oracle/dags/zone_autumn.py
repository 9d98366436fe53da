"""Ticks in the hour that the autumn change has twice, and hourly ticks around it."""
#: dags: [zone_autumn, zone_autumn_hourly]
#: drive:
#: - wait: {zone_autumn: 3, zone_autumn_hourly: 5}
#: record: [next]

import pendulum
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

with DAG(
    "zone_autumn",
    schedule="30 1 * * *",
    start_date=pendulum.datetime(2024, 11, 2, tz="America/New_York"),
    end_date=pendulum.datetime(2024, 11, 5, tz="America/New_York"),
    catchup=True,
):
    EmptyOperator(task_id="only")

with DAG(
    "zone_autumn_hourly",
    schedule="0 * * * *",
    start_date=pendulum.datetime(2024, 11, 3, 0, tz="America/New_York"),
    end_date=pendulum.datetime(2024, 11, 3, 3, tz="America/New_York"),
    catchup=True,
):
    EmptyOperator(task_id="only")
