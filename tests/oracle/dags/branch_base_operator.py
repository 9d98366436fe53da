"""An own BaseBranchOperator decides through choose_branch, with templates."""

from airflow.providers.standard.operators.branch import BaseBranchOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG


class ByDay(BaseBranchOperator):
    template_fields = ("day",)

    def __init__(self, *, day, **kwargs):
        super().__init__(**kwargs)
        self.day = day

    def choose_branch(self, context):
        return "even" if int(self.day) % 2 == 0 else "odd"


with DAG("branch_base_operator", schedule=None):
    ByDay(task_id="by_day", day="{{ ds[-2:] }}") >> [EmptyOperator(task_id="even"), EmptyOperator(task_id="odd")]
