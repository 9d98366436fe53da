"""A rejection with ignore_downstream_trigger_rules skips all below but teardowns; with fail_on_reject the task fails."""
#: drive:
#: - trigger
#: - answer: {task: all_below, options: [Reject]}
#: - answer: {task: fails, options: [Reject]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG

with DAG("hitl_reject_all", schedule=None):
    ask = ApprovalOperator(task_id="all_below", subject="go on?", ignore_downstream_trigger_rules=True)
    start = EmptyOperator(task_id="start").as_setup()
    end = EmptyOperator(task_id="end").as_teardown(setups=start)
    start >> ask >> EmptyOperator(task_id="below") >> EmptyOperator(task_id="done", trigger_rule="all_done") >> end
    ApprovalOperator(task_id="fails", subject="go on?", fail_on_reject=True) >> EmptyOperator(task_id="after")
