"""ApprovalOperator: what is approved goes on, what is rejected skips what is right below, and rules decide the rest."""
#: drive:
#: - trigger
#: - answer: {task: approved, options: [Approve]}
#: - answer: {task: rejected, options: [Reject]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG

with DAG("hitl_approve", schedule=None):
    for name in ("approved", "rejected"):
        ask = ApprovalOperator(task_id=name, subject=f"go on with {{{{ ds }}}} of {name}?", body="see above")
        below = EmptyOperator(task_id=f"{name}_below")
        ask >> below >> EmptyOperator(task_id=f"{name}_further")
        below >> EmptyOperator(task_id=f"{name}_done", trigger_rule="all_done")
