"""The conf of a run reaches templates, callables and branches."""
#: drive:
#: - trigger: {conf: {side: b, numbers: [1, 2]}}

from airflow.providers.standard.operators.bash import BashOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("conf_reaches_tasks", schedule=None):

    @task.branch
    def choose(dag_run=None):
        return [dag_run.conf["side"]]

    choose() >> [EmptyOperator(task_id=name) for name in "ab"]
    BashOperator(task_id="shell", bash_command="echo {{ dag_run.conf['numbers'] | sum }}")
