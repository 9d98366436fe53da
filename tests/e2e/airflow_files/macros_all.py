#: macros_all:
#:   tasks: {dates: success, functions: success, filters: success, objects: success, intervals: success}
#:   xcoms:
#:     dates: {return_value: ["2024-03-05", "20240305", "2024-03-05T00:00:00+00:00", "20240305T000000",
#:             "20240305T000000+0000"]}
#:     functions: {return_value: ["2024-03-12", "2024-02-29", "05.03.24", "2024-03-06 00:00:00", "2024-04-05"]}
#:     filters: {return_value: ["2024-03-05", "20240305", "2024-03-05T00:00:00+00:00", "20240305T000000", "2024-03-06"]}
#:     objects: {return_value: ["macros_all", "objects", "1", "airflow", "macros_all__objects__20240305", "manual"]}
#:     intervals: {return_value: ["2024-03-04", "2024-03-05", "2024-03-04", "2024-03-06"]}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator


def give(*values):
    return list(values)


with DAG("macros_all", start_date=datetime(2023, 1, 1), schedule_interval="@daily", catchup=False) as dag:
    PythonOperator(
        task_id="dates",
        python_callable=give,
        op_args=["{{ ds }}", "{{ ds_nodash }}", "{{ ts }}", "{{ ts_nodash }}", "{{ ts_nodash_with_tz }}"],
    )
    PythonOperator(
        task_id="functions",
        python_callable=give,
        op_args=[
            "{{ macros.ds_add(ds, 7) }}",
            "{{ macros.ds_add(ds, -5) }}",
            "{{ macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%y') }}",
            "{{ macros.datetime(2024, 3, 5) + macros.timedelta(days=1) }}",
            "{{ (logical_date + macros.dateutil.relativedelta.relativedelta(months=1)).strftime('%Y-%m-%d') }}",
        ],
    )
    PythonOperator(
        task_id="filters",
        python_callable=give,
        op_args=[
            "{{ logical_date | ds }}",
            "{{ execution_date | ds_nodash }}",
            "{{ logical_date | ts }}",
            "{{ logical_date | ts_nodash }}",
            "{{ logical_date.add(days=1).to_date_string() }}",
        ],
    )
    PythonOperator(
        task_id="objects",
        python_callable=give,
        op_args=[
            "{{ dag.dag_id }}",
            "{{ ti.task_id }}",
            "{{ ti.try_number }}",
            "{{ task.owner }}",
            "{{ task_instance_key_str }}",
            "{{ run_id.split('__')[0] }}",
        ],
    )
    PythonOperator(
        task_id="intervals",
        python_callable=give,
        op_args=["{{ data_interval_start | ds }}", "{{ data_interval_end | ds }}", "{{ yesterday_ds }}", "{{ tomorrow_ds }}"],
    )
