#: helper_names:
#:   run: now
#:   tasks: {states: success, dates: success, lists: success, loading: success, zones: success, values: success}
#:   xcoms:
#:     states: {return_value: [true, true, [dates]]}
#:     lists: {return_value: [[[1, 2], [3]], {a: {b: 1, c: 2}}, true, [1, 2], local_task_job, {a: 1}]}
#:     loading: {return_value: [2, os.path.join]}
from datetime import datetime, timedelta

import pendulum
from airflow import DAG
from airflow.operators.python import PythonOperator
from airflow.timetables.base import DagRunInfo, DataInterval, TimeRestriction
from airflow.utils import timezone
from airflow.utils.dates import date_range, days_ago, parse_execution_date, round_time
from airflow.utils.helpers import (
    as_flattened_list,
    chunks,
    convert_camel_to_snake,
    exactly_one,
    merge_dicts,
    prune_dict,
)
from airflow.utils.module_loading import import_string, qualname
from airflow.utils.state import DagRunState, State
from airflow.utils.types import DagRunType


def states(ti, dag_run):
    done = dag_run.get_task_instances(state=State.SUCCESS)
    return [
        ti.state not in State.finished and ti.state in State.unfinished,
        dag_run.state == DagRunState.RUNNING and dag_run.run_type == DagRunType.MANUAL,
        [other.task_id for other in done if other.task_id == "dates"],
    ]


def dates():
    assert days_ago(0) <= timezone.utcnow() and days_ago(1).tzinfo is not None
    assert parse_execution_date("2024-01-01T00:00:00+00:00") == timezone.datetime(2024, 1, 1)
    assert len(date_range(datetime(2024, 1, 1), datetime(2024, 1, 4), delta=timedelta(days=1))) == 4
    assert date_range(datetime(2024, 1, 1), num=3, delta="@daily")[-1] == datetime(2024, 1, 3)
    assert round_time(datetime(2024, 1, 1, 6), timedelta(days=1)) == datetime(2024, 1, 1)


def lists():
    return [
        list(chunks([1, 2, 3], 2)),
        merge_dicts({"a": {"b": 1}}, {"a": {"c": 2}}),
        exactly_one(1, None),
        as_flattened_list([[1], [2]]),
        convert_camel_to_snake("LocalTaskJob"),
        prune_dict({"a": 1, "b": None}),
    ]


def loading():
    return [import_string("math.sqrt")(4), qualname(import_string("os.path.join")).replace("posixpath", "os.path")]


def zones():
    assert timezone.is_localized(timezone.utcnow()) and timezone.is_naive(datetime(2024, 1, 1))
    assert timezone.make_aware(datetime(2024, 1, 1)) == timezone.parse("2024-01-01")
    assert timezone.coerce_datetime(datetime(2024, 1, 1)) == pendulum.datetime(2024, 1, 1)
    assert timezone.td_format(timedelta(hours=2, seconds=3)) == "2h:3s"


def values():
    interval = DataInterval(start=pendulum.datetime(2024, 1, 1), end=pendulum.datetime(2024, 1, 2))
    assert DagRunInfo.interval(*interval).run_after == interval.end
    assert TimeRestriction(None, None, catchup=False).catchup is False


with DAG("helper_names", start_date=days_ago(3), schedule_interval=None) as dag:
    PythonOperator(task_id="dates", python_callable=dates) >> PythonOperator(task_id="states", python_callable=states)
    for function in (lists, loading, zones, values):
        PythonOperator(task_id=function.__name__, python_callable=function)
