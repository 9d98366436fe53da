#: fail_fast:
#:   state: failed
#:   tasks: {breaks: failed, never: skipped}
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("fail_fast", start_date=datetime(2023, 1, 1), schedule=None, fail_stop=True) as dag:
    breaks = BashOperator(task_id="breaks", bash_command="exit 1", retries=0)
    wait = BashOperator(task_id="never", bash_command="sleep 60")
