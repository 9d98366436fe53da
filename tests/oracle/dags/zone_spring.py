"""Daily runs in a zone over the spring change: the interval of the change has 23 hours."""
#: drive:
#: - wait: {zone_spring: 4}
#: record: [next]

import pendulum
from airflow.sdk import DAG, task

with DAG(
    "zone_spring",
    schedule="0 3 * * *",
    start_date=pendulum.datetime(2024, 3, 29, 3, tz="Europe/Zurich"),
    end_date=pendulum.datetime(2024, 4, 1, 3, tz="Europe/Zurich"),
    catchup=True,
):

    @task
    def hours(data_interval_start=None, data_interval_end=None, ds=None):
        return [ds, (data_interval_end - data_interval_start).total_seconds() / 3600]

    hours()
