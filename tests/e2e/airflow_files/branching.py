#: branching:
#:   tasks:
#:     choose: success
#:     big: success
#:     small: skipped
#:     after_small: skipped
#:     join: success
#:     several: success
#:     a: success
#:     b: success
#:     c: skipped
#:     to_group: success
#:     yes.one: success
#:     yes.two: success
#:     "no": skipped
#:     nothing: success
#:     never: skipped
#:   xcoms:
#:     choose: {return_value: big}
#:     several: {return_value: [a, b]}
from datetime import datetime

from airflow import DAG
from airflow.operators.branch import BaseBranchOperator
from airflow.operators.dummy import DummyOperator
from airflow.operators.python import BranchPythonOperator
from airflow.utils.task_group import TaskGroup


class Several(BaseBranchOperator):
    def choose_branch(self, context):
        return ["a", "b"]


with DAG("branching", start_date=datetime(2023, 1, 1), schedule_interval=None) as dag:
    choose = BranchPythonOperator(task_id="choose", python_callable=lambda ds: "big" if ds > "2024" else "small")
    big, small, after_small = (DummyOperator(task_id=name) for name in ("big", "small", "after_small"))
    join = DummyOperator(task_id="join", trigger_rule="none_failed_min_one_success")
    choose >> [big, small]
    small >> after_small
    [big, after_small] >> join

    join >> Several(task_id="several") >> [DummyOperator(task_id=name) for name in "abc"]

    to_group = BranchPythonOperator(task_id="to_group", python_callable=lambda: "yes")
    with TaskGroup("yes") as yes:
        DummyOperator(task_id="one") >> DummyOperator(task_id="two")
    to_group >> [yes, DummyOperator(task_id="no")]

    BranchPythonOperator(task_id="nothing", python_callable=lambda: None) >> DummyOperator(task_id="never")
