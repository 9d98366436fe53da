#: old_arguments:
#:   tasks: {one: success, two: success, three: success, four: success}
#:   xcoms:
#:     one: {return_value: [2, 90.0, "2023-01-01"]}
#:     three: {return_value: later}
#:   doc: "From a file"
import os
from datetime import datetime, timedelta

from airflow import DAG
from airflow.models.baseoperator import BaseOperator
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def on_sla_miss(dag, task_list, blocking_task_list, slas, blocking_tis):
    print("missed", task_list)


default_args = {
    "owner": "someone",
    "start_date": "2023-01-01",
    "retries": "2",
    "retry_delay": 90,
    "email": "a@example.com;b@example.com",
    "concurrency": 1,
}
doc = os.path.join(os.path.dirname(__file__), "config", "readme.md")

dag = DAG(
    "old_arguments",
    "A description as the second argument",
    default_args=default_args,
    schedule_interval=None,
    default_view="graph",
    orientation="LR",
    sla_miss_callback=on_sla_miss,
    access_control={"Viewer": {"can_read"}},
    is_paused_upon_creation=True,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    catchup=False,
    doc_md=doc,
    tags={"old", "style"},
)

one = PythonOperator(
    task_id="one",
    python_callable=lambda task: [task.retries, task.retry_delay.total_seconds(), str(task.start_date)[:10]],
    dag=dag,
)
two = EmptyOperator(task_id="two")
two.dag = dag
three = BashOperator(task_id="three", bash_command="echo later", output_encoding="utf-8", sla=timedelta(hours=1))
dag.add_task(three)
four = BaseOperator.__class__("Four", (BaseOperator,), {"execute": lambda self, context: None})(task_id="four", dag=dag)
assert dag.has_task("three") and dag.get_task("one") is one and set(dag.task_ids) == {"one", "two", "three", "four"}
one.set_downstream([two, three])
four.set_upstream(two)
assert one.downstream_task_ids == {"two", "three"} and [t.task_id for t in four.upstream_list] == ["two"]

if __name__ == "__main__":
    dag.test()
