#: retries_all:
#:   state: failed
#:   tasks: {third_time: success, exhausted: failed, no_retry: failed, fixed: success}
#:   tries: {third_time: 3, exhausted: 2, no_retry: 1, fixed: 2}
#:   xcoms:
#:     third_time: {return_value: 3}
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowException, AirflowFailException
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator


def third_time(ti):
    if ti.try_number < 3:
        raise AirflowException(f"try {ti.try_number}")
    return ti.try_number


def no_retry():
    raise AirflowFailException("the data is wrong; trying again does not help")


with DAG(
    "retries_all",
    start_date=datetime(2023, 1, 1),
    schedule_interval=None,
    default_args={
        "retries": 5,
        "retry_delay": timedelta(milliseconds=100),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(seconds=1),
    },
) as dag:
    PythonOperator(task_id="third_time", python_callable=third_time)
    BashOperator(task_id="exhausted", bash_command="exit 3", retries=1)
    PythonOperator(task_id="no_retry", python_callable=no_retry)
    BashOperator(
        task_id="fixed",
        bash_command="test {{ ti.try_number }} -eq 2",
        retries=1,
        retry_delay=0.2,
        retry_exponential_backoff=False,
    )
