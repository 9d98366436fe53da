"""Nobody answers in time: the defaults are taken where there are some; without, the task fails, and is not retried."""
#: record: [questions]

from datetime import timedelta

from _trace import pace
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import (
    ApprovalOperator,
    HITLBranchOperator,
    HITLOperator,
)
from airflow.sdk import DAG

with DAG("hitl_timeout", schedule=None, default_args={"response_timeout": timedelta(seconds=pace(1))}):
    HITLOperator(task_id="default", subject="which?", options=["a", "b"], defaults="b")
    ApprovalOperator(task_id="default_reject", subject="go?", defaults="Reject") >> EmptyOperator(task_id="below")
    HITLBranchOperator(task_id="default_branch", subject="which?", options=["left", "right"], defaults="right") >> [
        EmptyOperator(task_id="left"),
        EmptyOperator(task_id="right"),
    ]
    HITLOperator(task_id="none", subject="which?", options=["a", "b"])
    HITLOperator(task_id="none_retried", subject="which?", options=["a"], retries=1, retry_delay=timedelta(0))
