"""A question that is cleared is asked again, and the new answer counts; what is below follows it."""
#: drive:
#: - trigger
#: - answer: {task: choose, options: [left]}
#: - wait_run: {}
#: - clear: {run: run, tasks: [choose], include_downstream: true}
#: - answer: {task: choose, options: [right]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import HITLBranchOperator
from airflow.sdk import DAG

with DAG("hitl_cleared", schedule=None):
    (
        HITLBranchOperator(task_id="choose", subject="which?", options=["left", "right"])
        >> [
            EmptyOperator(task_id="left"),
            EmptyOperator(task_id="right"),
        ]
        >> EmptyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
    )
