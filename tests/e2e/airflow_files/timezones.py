#: timezones:
#:   tasks: {local: success, python: success}
#:   xcoms:
#:     local: {return_value: "2024-03-03 2024-03-05 09:00 2024-03-05"}
#:     python: {return_value: ["2024-03-03T17:00:00+00:00", "2024-03-04T17:00:00+00:00", "Asia/Seoul"]}
from datetime import datetime

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

local_tz = pendulum.timezone("Asia/Seoul")

with DAG(
    "timezones",
    start_date=datetime(2023, 1, 1, tzinfo=local_tz),
    schedule_interval="0 2 * * *",
    catchup=False,
) as dag:
    BashOperator(
        task_id="local",
        bash_command="echo {{ data_interval_start | ds }} "
        "{{ execution_date.in_timezone('Asia/Seoul').strftime('%Y-%m-%d %H:%M') }} {{ ds }}",
    )
    PythonOperator(
        task_id="python",
        python_callable=lambda data_interval_start, data_interval_end, dag: [
            data_interval_start.isoformat(),
            data_interval_end.isoformat(),
            str(dag.timezone),
        ],
    )
