"""Deferrable sensors of the standard provider wait in the triggerer."""

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.sensors.date_time import DateTimeSensorAsync
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor, WaitSensor
from airflow.sdk import DAG

with DAG("defer_sensors", schedule=None):
    DateTimeSensorAsync(task_id="past", target_time=datetime(2024, 1, 1, tzinfo=timezone.utc))
    TimeDeltaSensor(task_id="delta", delta=timedelta(hours=1), deferrable=True)
    WaitSensor(task_id="wait", time_to_wait=timedelta(seconds=0.5), deferrable=True)
