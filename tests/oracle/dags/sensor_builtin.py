"""The built-in sensors whose condition holds: date time, time delta, day of week, bash, file."""

from datetime import datetime, timedelta, timezone

from airflow.providers.standard.sensors.bash import BashSensor
from airflow.providers.standard.sensors.date_time import DateTimeSensor
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.providers.standard.sensors.weekday import DayOfWeekSensor
from airflow.sdk import DAG

with DAG("sensor_builtin", schedule=None, default_args={"poke_interval": 0.2, "timeout": 30}):
    DateTimeSensor(task_id="past", target_time=datetime(2024, 1, 1, tzinfo=timezone.utc))
    DateTimeSensor(task_id="templated", target_time="{{ data_interval_end }}")
    TimeDeltaSensor(task_id="delta", delta=timedelta(hours=1))
    DayOfWeekSensor(task_id="tuesday", week_day="TUESDAY", use_task_logical_date=True)
    DayOfWeekSensor(task_id="monday", week_day={"Monday"}, use_task_logical_date=True, timeout=0.5, soft_fail=True)
    BashSensor(task_id="shell", bash_command="test -d /tmp")
    BashSensor(task_id="shell_no", bash_command="exit 1", timeout=0.5, soft_fail=True)
    BashSensor(task_id="shell_broken", bash_command="exit 3", retry_exit_code=2, timeout=5)
