#: deadlines:
#:   tasks: {slow: success, quick: success}
#:   variables:
#:     told_of_run: "late deadlines run 2024-03-05"
#:     told_async: "async from 2024-03-05"
#:     told_of_task: "slow ran late"
#:     told_by_notifier: "notifier: deadlines"
#:     told_of_sla: "deadlines: ['slow']"
from datetime import datetime, timedelta

from airflow.models import Variable
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, AsyncCallback, BaseNotifier, DeadlineAlert, DeadlineReference, SyncCallback

LATE = timedelta(seconds=0.2)


def late(text, context):
    Variable.set("told_of_run", f"late {context['dag_run'].dag_id} {text}")


async def late_async(text):
    Variable.set("told_async", text)


def late_task(context):
    Variable.set("told_of_task", f"{context['ti'].task_id} ran late")


class Told(BaseNotifier):
    template_fields = ("text",)

    def __init__(self, text):
        super().__init__()
        self.text = text

    def notify(self, context):
        Variable.set("told_by_notifier", self.text)


def sla_missed(dag, task_list, blocking_task_list, slas, blocking_tis):
    Variable.set("told_of_sla", f"{dag.dag_id}: {[sla.task_id for sla in slas]}")


def wait_until_told():
    import time

    wanted = ("told_of_run", "told_async", "told_of_task", "told_by_notifier", "told_of_sla")
    for _ in range(200):
        if all(Variable.get(name, None) for name in wanted):
            return
        time.sleep(0.1)
    raise TimeoutError


with DAG(
    "deadlines",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    sla_miss_callback=sla_missed,
    deadline=[
        DeadlineAlert(
            DeadlineReference.DAGRUN_QUEUED_AT, LATE, SyncCallback(late, kwargs={"text": "run {{ ds }}"}), name="late"
        ),
        DeadlineAlert(
            reference=DeadlineReference.DAGRUN_LOGICAL_DATE,
            interval=LATE,
            callback=AsyncCallback(late_async, kwargs={"text": "async from {{ ds }}"}),
        ),
        DeadlineAlert(
            DeadlineReference.FIXED_DATETIME(datetime(2024, 1, 1)),
            LATE,
            AsyncCallback(Told, kwargs={"text": "notifier: {{ dag.dag_id }}"}),
        ),
        DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, timedelta(hours=1), SyncCallback(late)),
    ],
):
    PythonOperator(
        task_id="slow",
        python_callable=wait_until_told,
        sla=timedelta(hours=1),
        deadline=DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, LATE, SyncCallback(late_task)),
    )
    PythonOperator(
        task_id="quick",
        python_callable=print,
        deadline=DeadlineAlert(DeadlineReference.DAGRUN_QUEUED_AT, timedelta(hours=1), SyncCallback(late_task)),
    )
