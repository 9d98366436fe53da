#: workdays_scheduled:
#:   run: scheduled
#:   tasks: {check: success}
#: workdays_manual:
#:   tasks: {check: success}
#:   xcoms:
#:     check: {return_value: ["2024-03-04T00:00:00+00:00", "2024-03-05T00:00:00+00:00", "manual"]}
#: partitions_of_days:
#:   run: scheduled
#:   tasks: {check: success}
from datetime import timedelta

import pendulum
from airflow.operators.python import PythonOperator
from airflow.plugins_manager import AirflowPlugin
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from airflow.timetables.trigger import CronPartitionTimetable
from pendulum import Time

from airflow import DAG


class AfterWorkday(Timetable):
    """A run covers a working day, Monday to Friday, and is made when it is over."""

    description = "Each working day, after it"

    def __init__(self, hour=0):
        self._at = Time(hour)

    def serialize(self):
        return {"hour": self._at.hour}

    @classmethod
    def deserialize(cls, data):
        return cls(**data)

    @property
    def summary(self):
        return "after each workday"

    def _workday(self, day, step):
        while day.weekday() > 4:
            day += step * timedelta(days=1)
        return day

    def infer_manual_data_interval(self, *, run_after):
        day = pendulum.DateTime.combine((run_after - timedelta(days=1)).date(), self._at, tzinfo=pendulum.UTC)
        start = self._workday(day, -1)
        return DataInterval(start=start, end=start + timedelta(days=1))

    def next_dagrun_info(self, *, last_automated_data_interval, restriction: TimeRestriction):
        if last_automated_data_interval is not None:
            start = last_automated_data_interval.start + timedelta(days=1)
        elif restriction.earliest is None:
            return None
        else:
            start = restriction.earliest
            if not restriction.catchup:
                start = max(start, pendulum.DateTime.combine(pendulum.today(), self._at, tzinfo=pendulum.UTC).add(days=-4))
        start = self._workday(start.replace(hour=self._at.hour, minute=0, second=0, microsecond=0, fold=0), 1)
        if restriction.latest is not None and start > restriction.latest:
            return None
        return DagRunInfo.interval(start=start, end=start + timedelta(days=1))

    def generate_run_id(self, *, run_type, run_after, data_interval, **extra):
        return f"{run_type.value}__workday_{data_interval.start:%Y-%m-%d}"


class WorkdayPlugin(AirflowPlugin):
    name = "workday_plugin"
    timetables = [AfterWorkday]


def check_scheduled(data_interval_start, data_interval_end, logical_date, dag_run):
    assert data_interval_start.weekday() < 5 and data_interval_start == logical_date
    assert data_interval_end == data_interval_start.add(days=1)
    assert dag_run.run_id == f"scheduled__workday_{data_interval_start:%Y-%m-%d}"


with DAG("workdays_scheduled", start_date=pendulum.datetime(2023, 1, 1), schedule=AfterWorkday(), catchup=False):
    PythonOperator(task_id="check", python_callable=check_scheduled)

with DAG("workdays_manual", start_date=pendulum.datetime(2023, 1, 1), timetable=AfterWorkday(), catchup=False):
    PythonOperator(
        task_id="check",
        python_callable=lambda data_interval_start, data_interval_end, dag_run: [
            data_interval_start.isoformat(), data_interval_end.isoformat(), dag_run.run_type
        ],
    )  # fmt: skip


def check_partition(dag_run):
    assert dag_run.logical_date is None and dag_run.data_interval_start is None
    local = dag_run.partition_date.in_timezone("Asia/Taipei")
    assert dag_run.partition_key == local.strftime("%Y-%m-%d") and local.hour == 0
    assert dag_run.run_after == dag_run.partition_date.add(days=1)
    assert dag_run.run_id == f"scheduled__{dag_run.run_after.isoformat()}__{dag_run.partition_key}"


with DAG(
    "partitions_of_days",
    start_date=pendulum.datetime(2023, 1, 1),
    schedule=CronPartitionTimetable("0 0 * * *", timezone="Asia/Taipei", run_offset=-1, key_format="%Y-%m-%d"),
    catchup=False,
):
    PythonOperator(task_id="check", python_callable=check_partition)
