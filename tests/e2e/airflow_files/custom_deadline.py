#: custom_deadline:
#:   tasks: {slow: success}
#:   variables:
#:     told_of_calendar: "custom_deadline is late: the calendar said so"
"""A deadline reference of an author's own, in the words of Airflow's guide."""

from datetime import datetime, timedelta

from airflow.models import Variable
from airflow.providers.standard.operators.python import PythonOperator
from airflow.sdk import DAG, DeadlineAlert, SyncCallback
from airflow.sdk.definitions.deadline import BaseDeadlineReference, DeadlineReference, deadline_reference


@deadline_reference()
class Calendar(BaseDeadlineReference):
    required_kwargs = {"dag_id", "run_id"}

    def _evaluate_with(self, *, session, dag_id, run_id):
        assert run_id
        return datetime.fromisoformat(Variable.get("calendar_of_" + dag_id, "2024-03-05T00:00:00+00:00"))


def late(context, why):
    Variable.set("told_of_calendar", f"{context['dag_run'].dag_id} is late: {why}")


def wait_to_be_told():
    import time

    while Variable.get("told_of_calendar", None) is None:
        time.sleep(0.05)


with DAG(
    "custom_deadline",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    deadline=DeadlineAlert(
        DeadlineReference.Calendar, timedelta(minutes=5), SyncCallback(late, {"why": "the calendar said so"})
    ),
):
    PythonOperator(task_id="slow", python_callable=wait_to_be_told)
