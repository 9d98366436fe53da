"""A template that fails fails the task, each try of it."""

from datetime import timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

with DAG("templates_fail", schedule=None, default_args={"retries": 1, "retry_delay": timedelta(0)}):
    BashOperator(task_id="undefined_attribute", bash_command="echo {{ nothing.here }}")
    BashOperator(task_id="syntax", bash_command="echo {{ 1 / 0 }}")
    BashOperator(task_id="missing_variable", bash_command="echo {{ var.value.oracle_missing }}")
    BashOperator(task_id="undefined_is_empty", bash_command="echo [{{ nothing }}]")
