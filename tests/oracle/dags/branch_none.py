"""A branch that returns nothing skips everything right below it."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.python import BranchPythonOperator
from airflow.sdk import DAG

with DAG("branch_none", schedule=None):
    choose = BranchPythonOperator(task_id="choose", python_callable=lambda: None)
    (
        choose
        >> [EmptyOperator(task_id="one"), EmptyOperator(task_id="two")]
        >> EmptyOperator(task_id="whatever", trigger_rule="all_done")
    )
