"""Deferred tasks in a mapped group with a setup, a teardown and retries: a timed out deferral is retried, the teardown waits."""
#: seconds: 90

from datetime import timedelta

from _trace import pace
from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger
from airflow.sdk import DAG, BaseOperator, setup, task_group, teardown


class Waits(BaseOperator):
    template_fields = ("n",)

    def __init__(self, n, **arguments):
        super().__init__(**arguments)
        self.n = n

    def execute(self, context):
        late = self.n == 1 and context["ti"].try_number == 1
        self.defer(
            trigger=TimeDeltaTrigger(timedelta(seconds=600 if late else pace(0.2))),
            method_name="resume",
            timeout=timedelta(seconds=pace(1) if late else 600),
        )

    def resume(self, context, event=None):
        return [self.n, context["ti"].try_number]


with DAG("combo_deferred_group", schedule=None):

    @setup
    def make():
        return 1

    @teardown
    def drop(ti=None):
        return ti.try_number

    @task_group
    def each(n):
        made = make()
        with drop().as_teardown(setups=made):
            made >> Waits(task_id="wait", n=n, retries=1, retry_delay=timedelta(0))

    each.expand(n=[0, 1])
