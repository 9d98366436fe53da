#: sensors_standard:
#:   tasks: {time: success, time_waits: success, time_async: success, delta: success, delta_async: success,
#:           ends: success, date: success, date_template: success, starts: success, day: success, day_name: skipped,
#:           wait: success, file: success, file_late: skipped, folder: success, bash: success, bash_again: success,
#:           bash_bad: failed, python: success, decorated: success}
#:   state: failed
#:   xcoms:
#:     decorated: {return_value: 3}
#:   logs:
#:     bash: ["looking on 2024-03-05"]
#:     bash_bad: ["returned 3"]
import tempfile
from datetime import datetime, time, timedelta, timezone
from pathlib import Path

from airflow import DAG
from airflow.decorators import task
from airflow.sensors.base import PokeReturnValue
from airflow.sensors.bash import BashSensor
from airflow.sensors.date_time import DateTimeSensor
from airflow.sensors.filesystem import FileSensor
from airflow.sensors.python import PythonSensor
from airflow.sensors.time_delta import TimeDeltaSensor, TimeDeltaSensorAsync
from airflow.sensors.time_sensor import TimeSensor, TimeSensorAsync
from airflow.sensors.weekday import DayOfWeekSensor
from airflow.providers.standard.sensors.time_delta import WaitSensor
from airflow.utils.weekday import WeekDay

SHORT = {"poke_interval": 0.1, "timeout": 0.4, "soft_fail": True}
FOLDER = Path(tempfile.gettempdir(), "tradewind-e2e-sensors")
FOLDER.mkdir(exist_ok=True)
(FOLDER / "part-1.csv").touch()
PAST = datetime(2020, 1, 1, tzinfo=timezone.utc)

with DAG("sensors_standard", start_date=datetime(2024, 1, 1), schedule=None, default_args={"poke_interval": 0.2}):
    TimeSensor(task_id="time", target_time=time(0, 0))
    TimeSensor(task_id="time_waits", target_time=time(0, 0), mode="reschedule")
    TimeSensorAsync(task_id="time_async", target_time=time(0, 0))
    TimeDeltaSensor(task_id="delta", delta=timedelta(hours=1))
    TimeDeltaSensorAsync(task_id="delta_async", delta=timedelta(hours=1))
    DateTimeSensor(
        task_id="ends",
        target_time=datetime.now(timezone.utc) + timedelta(seconds=2),
        deferrable=True,
        end_from_trigger=True,
    )
    DateTimeSensor(task_id="date", target_time=PAST)
    DateTimeSensor(task_id="date_template", target_time="{{ data_interval_end + macros.timedelta(hours=1) }}")
    DateTimeSensor(task_id="starts", target_time=PAST, start_from_trigger=True, end_from_trigger=True)
    DayOfWeekSensor(task_id="day", week_day={WeekDay.TUESDAY, "Monday"}, use_task_logical_date=True)
    DayOfWeekSensor(task_id="day_name", week_day="Friday", use_task_logical_date=True, **SHORT)
    WaitSensor(task_id="wait", time_to_wait=timedelta(seconds=0.1), deferrable=True)
    FileSensor(task_id="file", filepath=str(FOLDER / "*.csv"))
    FileSensor(task_id="file_late", filepath=str(FOLDER / "never"), deferrable=True, **SHORT)
    FileSensor(task_id="folder", filepath=FOLDER, mode="reschedule")
    BashSensor(task_id="bash", bash_command="echo looking on {{ ds }}")
    BashSensor(
        task_id="bash_again", bash_command="mkdir $MARK || exit 0; exit 7", retry_exit_code=7,
        env={"MARK": f"/tmp/tradewind-e2e-{datetime.now(timezone.utc).timestamp()}", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    BashSensor(task_id="bash_bad", bash_command="exit 3", retry_exit_code=7, retries=3)
    PythonSensor(task_id="python", python_callable=lambda ds: ds == "2024-03-05")

    @task.sensor(mode="reschedule")
    def decorated(ti):
        return PokeReturnValue(is_done=True, xcom_value=3)

    decorated()
