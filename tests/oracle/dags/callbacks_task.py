"""Which callbacks of a task run, in which order, and how often."""
#: trace: sorted

from datetime import timedelta

from _trace import leave
from airflow.exceptions import AirflowSkipException
from airflow.sdk import DAG, task


def told(word):
    def callback(context):
        ti = context["ti"]
        leave(
            "callbacks_task", f"{ti.task_id} {word} try={ti.try_number} error={type(context.get('exception')).__name__}"
        )

    return callback


WORDS = (
    "on_execute_callback",
    "on_success_callback",
    "on_failure_callback",
    "on_retry_callback",
    "on_skipped_callback",
)

with DAG(
    "callbacks_task",
    schedule=None,
    default_args={word: told(word) for word in WORDS} | {"retry_delay": timedelta(0)},
):

    @task
    def good():
        return 1

    @task(retries=1)
    def bad():
        raise ValueError("no")

    @task(retries=1)
    def heals(ti=None):
        if ti.try_number == 1:
            raise KeyError("once")

    @task
    def skips():
        raise AirflowSkipException

    @task
    def below():
        return 1

    good()
    bad() >> below()
    heals()
    skips()
