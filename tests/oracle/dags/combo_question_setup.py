"""A question between a setup and its teardown, above a mapped group: what is rejected is skipped, the teardown runs."""
#: drive:
#: - trigger
#: - answer: {task: ask, options: [Reject]}
#: - wait
#: record: [questions]

from airflow.providers.standard.operators.hitl import ApprovalOperator
from airflow.sdk import DAG, setup, task, task_group, teardown

with DAG("combo_question_setup", schedule=None):

    @setup
    def make():
        return 1

    @teardown
    def drop():
        return 2

    @task
    def double(n):
        return n * 2

    @task_group
    def each(n):
        double(n)

    @task(trigger_rule="all_done")
    def after():
        return 3

    made = make()
    with drop().as_teardown(setups=made):
        made >> ApprovalOperator(task_id="ask", subject="go on?") >> each.expand(n=[1, 2]) >> after()
