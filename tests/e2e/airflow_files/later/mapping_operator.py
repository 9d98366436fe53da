#: import_error: ["dynamic task mapping is not available in this version", 8]
from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("later_mapping_operator", start_date=datetime(2023, 1, 1), schedule=None):
    BashOperator.partial(task_id="t").expand(bash_command=["true", "false"])
