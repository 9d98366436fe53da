#: native_templates:
#:   tasks: {make: success, sum_up: success, types: success}
#:   xcoms:
#:     sum_up: {return_value: 6}
#:     types: {return_value: [int, list, dict, str, DateTime]}
from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

with DAG(
    "native_templates", start_date=datetime(2023, 1, 1), schedule=None, render_template_as_native_obj=True
) as dag:
    make = PythonOperator(task_id="make", python_callable=lambda: [1, 2, 3])
    sum_up = PythonOperator(
        task_id="sum_up", python_callable=sum, op_args=["{{ ti.xcom_pull(task_ids='make') }}"]
    )
    types = PythonOperator(
        task_id="types",
        python_callable=lambda *values: [type(value).__name__ for value in values],
        op_args=["{{ 1 + 1 }}", "{{ [1] }}", "{{ {'a': 1} }}", "day {{ ds }}", "{{ logical_date }}"],
    )
    make >> sum_up >> types
