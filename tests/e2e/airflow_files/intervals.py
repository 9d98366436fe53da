#: intervals_scheduled:
#:   run: scheduled
#:   tasks: {check: success}
#: intervals_manual:
#:   tasks: {check: success, previous: success}
#:   xcoms:
#:     check: {return_value: ["2024-03-04T00:00:00+00:00", "2024-03-05T00:00:00+00:00", "2024-03-05T00:00:00+00:00"]}
#:     previous: {return_value: [null, null]}
import pendulum
from airflow import DAG
from airflow.operators.python import PythonOperator


def check_scheduled(logical_date, data_interval_start, data_interval_end, dag_run, execution_date, ds):
    assert logical_date == data_interval_start == execution_date
    assert data_interval_end == data_interval_start.add(days=1)
    assert dag_run.run_id == f"scheduled__{dag_run.run_after.isoformat()}" == f"scheduled__{data_interval_end.isoformat()}"
    assert dag_run.run_type == "scheduled" and not dag_run.external_trigger
    assert ds == logical_date.strftime("%Y-%m-%d")
    assert dag_run.data_interval_start == data_interval_start


with DAG(
    "intervals_scheduled", start_date=pendulum.datetime(2023, 1, 1, tz="UTC"), schedule="@daily", catchup=False
):
    PythonOperator(task_id="check", python_callable=check_scheduled)

with DAG("intervals_manual", start_date=pendulum.datetime(2023, 1, 1), schedule="@daily", catchup=False):
    check = PythonOperator(
        task_id="check",
        python_callable=lambda data_interval_start, data_interval_end, logical_date: [
            value.isoformat() for value in (data_interval_start, data_interval_end, logical_date)
        ],
    )
    check >> PythonOperator(
        task_id="previous",
        python_callable=lambda prev_data_interval_start_success, prev_start_date_success: [
            prev_data_interval_start_success,
            prev_start_date_success,
        ],
    )
