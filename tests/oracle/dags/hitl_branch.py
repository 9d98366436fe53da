"""HITLBranchOperator: the options are task ids, or are mapped to them; several at once where that is allowed."""
#: drive:
#: - trigger
#: - answer: {task: one, options: [left]}
#: - answer: {task: mapped, options: [north please]}
#: - answer: {task: several, options: [first, third]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.operators.hitl import HITLBranchOperator
from airflow.sdk import DAG

with DAG("hitl_branch", schedule=None):
    HITLBranchOperator(task_id="one", subject="which?", options=["left", "right"]) >> [
        EmptyOperator(task_id="left"),
        EmptyOperator(task_id="right"),
    ]
    HITLBranchOperator(
        task_id="mapped",
        subject="where?",
        options=["north please", "south please"],
        options_mapping={"north please": "north", "south please": "south"},
    ) >> [EmptyOperator(task_id="north"), EmptyOperator(task_id="south")]
    HITLBranchOperator(task_id="several", subject="which?", options=["first", "second", "third"], multiple=True) >> [
        EmptyOperator(task_id="first"),
        EmptyOperator(task_id="second"),
        EmptyOperator(task_id="third"),
    ]
