"""None is not stored; do_xcom_push=False stores nothing; what failed keeps what it pushed before."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, task

with DAG("xcom_none_and_off", schedule=None):
    PythonOperator(task_id="none", python_callable=lambda: None)
    PythonOperator(task_id="off", python_callable=lambda: 1, do_xcom_push=False)
    BashOperator(task_id="last_line", bash_command="echo a; echo b")
    BashOperator(task_id="no_output", bash_command="true")
    BashOperator(task_id="skips", bash_command="exit 99")
    BashOperator(task_id="skips_own_code", bash_command="exit 42", skip_on_exit_code=[42, 43])

    @task
    def fails_after_push(ti=None):
        ti.xcom_push("before", 1)
        raise ValueError

    fails_after_push()
