#: fail_fast:
#:   state: failed
#:   tasks: {breaks: failed, never: skipped}
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

# one task at a time: the second waits when the first fails
with DAG("fail_fast", start_date=datetime(2023, 1, 1), schedule=None, fail_stop=True, max_active_tasks=1) as dag:
    breaks = BashOperator(task_id="breaks", bash_command="exit 1", retries=0)
    wait = BashOperator(task_id="never", bash_command="sleep 60")
