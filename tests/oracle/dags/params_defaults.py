"""Params: defaults, conf over defaults, types kept, templates and context see the same."""
#: drive:
#: - trigger: {run: plain}
#: - trigger: {run: given, date: 2024-03-06, conf: {count: 5, name: "x", extra: [1]}}
#: - refused: {run: bad_type, date: 2024-03-07, conf: {count: "many"}}
#: - refused: {run: bad_choice, date: 2024-03-07, conf: {name: "z"}}
#: - wait: {params_defaults: 2}

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, Param, task

with DAG(
    "params_defaults",
    schedule=None,
    params={
        "count": Param(3, type="integer", minimum=1),
        "name": Param("y", enum=["x", "y"]),
        "maybe": Param(None, type=["null", "string"]),
        "plain": {"a": 1},
    },
):

    @task
    def show(params=None, dag_run=None):
        return [dict(params), dag_run.conf]

    @task(params={"name": "x", "own": True})
    def task_params(params=None):
        return dict(params)

    show()
    task_params()
    BashOperator(task_id="shell", bash_command="echo {{ params.count + 1 }} {{ params.name }}")
