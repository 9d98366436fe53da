#: dag_parameters:
#:   run: now
#:   conf: {email: new@example.com}
#:   tasks: {show: success, mail: success}
#:   xcoms:
#:     show: {return_value: ["new@example.com", 3]}
#:     mail: {return_value: "to new@example.com x3"}
from airflow.decorators import dag, task
from airflow.operators.bash import BashOperator
from airflow.utils.dates import days_ago


@dag(default_args={"owner": "airflow"}, schedule_interval=None, start_date=days_ago(2), tags=["example"])
def dag_parameters(email: str = "default@example.com", times: int = 3):
    """A DAG whose function has parameters."""

    @task()
    def show(address, number):
        return [address, number]

    show(email, times) >> BashOperator(task_id="mail", bash_command="echo to {{ params.email }} x{{ params.times }}")


dag = dag_parameters()
