"""Operators of classes expand too: BashOperator over commands and environments, with the rest in partial."""

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG

with DAG("mapping_classic", schedule=None):
    shell = BashOperator.partial(task_id="shell", append_env=True).expand(
        bash_command=["echo one", "echo $WHO"], env=[{"WHO": "me"}]
    )
    PythonOperator.partial(task_id="add", python_callable=lambda a, b: a + b).expand(op_args=[[1, 2], [3, 4]])
    PythonOperator.partial(task_id="size", python_callable=len).expand(op_args=shell.output.map(lambda text: [text]))
