#: schedule_timedelta: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-04", "2024-03-05"]}}}
#: schedule_relativedelta: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-02-05", "2024-03-05"]}}}
#: schedule_none: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-05", "2024-03-05"]}}}
#: schedule_once: {run: scheduled, tasks: {t: success}, xcoms: {t: {return_value: ["2023-01-01", "2023-01-01"]}}}
#: schedule_weekly: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-02-25", "2024-03-03"]}}}
#: schedule_monthly: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-02-01", "2024-03-01"]}}}
#: schedule_cron_trigger: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-05", "2024-03-05"]}}}
#: schedule_cron_interval: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-03", "2024-03-04"]}}}
#: schedule_delta_table: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-04", "2024-03-05"]}}}
#: schedule_events: {tasks: {t: success}, xcoms: {t: {return_value: ["2024-03-05", "2024-03-05"]}}}
# Every way of writing a schedule.
from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.timetables.events import EventsTimetable
from airflow.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from airflow.timetables.trigger import CronTriggerTimetable
from dateutil.relativedelta import relativedelta

DEFAULTS = dict(start_date=datetime(2023, 1, 1), catchup=False)


def interval(data_interval_start, data_interval_end):
    return [data_interval_start.to_date_string(), data_interval_end.to_date_string()]


def tasks(dag):
    PythonOperator(task_id="t", python_callable=interval, dag=dag)
    return dag


timedelta_ = tasks(DAG("schedule_timedelta", schedule_interval=timedelta(days=1), **DEFAULTS))
relativedelta_ = tasks(DAG("schedule_relativedelta", schedule_interval=relativedelta(months=+1), **DEFAULTS))
none = tasks(DAG("schedule_none", schedule_interval=None, **DEFAULTS))
once = tasks(DAG("schedule_once", schedule_interval="@once", **DEFAULTS))
weekly = tasks(DAG("schedule_weekly", schedule_interval="@weekly", **DEFAULTS))
monthly = tasks(DAG("schedule_monthly", schedule="@monthly", **DEFAULTS))
cron_trigger = tasks(
    DAG("schedule_cron_trigger", timetable=CronTriggerTimetable("0 1 * * *", timezone="UTC"), **DEFAULTS)
)
cron_interval = tasks(
    DAG(
        "schedule_cron_interval",
        schedule=CronDataIntervalTimetable("30 8 * * *", timezone=pendulum.timezone("Europe/Amsterdam")),
        **DEFAULTS,
    )
)
delta_table = tasks(DAG("schedule_delta_table", schedule=DeltaDataIntervalTimetable(timedelta(days=1)), **DEFAULTS))
events = tasks(
    DAG(
        "schedule_events",
        schedule=EventsTimetable([pendulum.datetime(2024, 3, 5), pendulum.datetime(2029, 1, 1)], description="Days"),
        **DEFAULTS,
    )
)
