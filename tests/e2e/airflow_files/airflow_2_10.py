#: airflow_2_10:
#:   tasks: {produce: success, conditional: skipped, always_run: success, notified: success, cleanup: success}
#:   xcoms:
#:     produce: {return_value: 5}
#:   logs:
#:     notified: ["notify: notified succeeded on 2024-03-05"]
from __future__ import annotations

import pendulum
from airflow.datasets import Dataset
from airflow.decorators import dag, task
from airflow.notifications.basenotifier import BaseNotifier
from airflow.utils.state import DagRunState, State, TaskInstanceState

ORDERS = Dataset("s3://lake/orders", extra={"team": "shop"})


class Printer(BaseNotifier):
    template_fields = ("message",)

    def __init__(self, message: str):
        super().__init__()
        self.message = message

    def notify(self, context):
        print("notify:", self.message)


@dag(
    start_date=pendulum.datetime(2024, 1, 1, tz="UTC"),
    schedule="@daily",
    catchup=False,
    fail_stop=False,
    default_args={"owner": "shop", "retries": 1, "retry_delay": pendulum.duration(seconds=1)},
)
def airflow_2_10():
    @task(outlets=[ORDERS], inlets=[Dataset("s3://lake/raw")])
    def produce(ti=None):
        assert ti.state == State.RUNNING == TaskInstanceState.RUNNING
        return 5

    @task.run_if(lambda context: context["ds"] == "1999-01-01", skip_message="not in 1999")
    @task
    def conditional():
        return "never"

    @task.skip_if(lambda context: context["ds"] == "1999-01-01")
    @task
    def always_run(dag_run=None):
        return dag_run.state == DagRunState.RUNNING

    @task(on_success_callback=Printer("{{ ti.task_id }} succeeded on {{ ds }}"))
    def notified():
        pass

    @task(trigger_rule="all_done")
    def cleanup():
        pass

    produce() >> [conditional(), always_run(), notified()] >> cleanup()


airflow_2_10()
