"""A mapped question: each instance is answered by itself, in a group its index goes on or is skipped."""
#: drive:
#: - trigger
#: - answer: {task: each.ask, map_index: 1, options: [Reject]}
#: - answer: {task: each.ask, map_index: 0, options: [Approve]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG, task, task_group

with DAG("hitl_mapped", schedule=None):

    @task_group
    def each(name):
        ask = ApprovalOperator(task_id="ask", subject="go on?")

        @task
        def use(name):
            return name

        ask >> use(name)

    @task(trigger_rule="all_done")
    def collect():
        return 1

    each.expand(name=["x", "y"]) >> collect()
