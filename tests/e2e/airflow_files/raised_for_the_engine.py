#: raised_for_the_engine:
#:   tasks: {skips: success, skipped: skipped, kept: success, triggers: success, again: skipped, waits: success}
#:   state: success
#:   xcoms:
#:     triggers: {trigger_run_id: "raised_2024-03-05"}
#:   logs:
#:     waits: ["went on"]
#:     again: ["raised_2024-03-05"]
#: raised_target:
#:   run: now
#:   tasks: {told: success}
from datetime import datetime

from airflow.providers.common.compat.sdk import DAG, BaseOperator, DagRunTriggerException, DownstreamTasksSkipped
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import task

with DAG("raised_target", start_date=datetime(2023, 1, 1), schedule=None):

    @task
    def told(dag_run=None):
        return dag_run.conf

    told()


class Skips(BaseOperator):
    def execute(self, context):
        raise DownstreamTasksSkipped(tasks=["skipped"])


class Triggers(BaseOperator):
    """As operators written for Airflow 3 do."""

    def __init__(self, *, wait=False, deferrable=False, skip=False, **kwargs):
        super().__init__(**kwargs)
        self.wait, self.deferrable, self.skip = wait, deferrable, skip

    def execute(self, context):
        raise DagRunTriggerException(
            trigger_dag_id="raised_target",
            dag_run_id=f"raised_{context['ds']}" + ("_waited" if self.wait else ""),
            conf={"n": 1},
            logical_date=None,
            reset_dag_run=False,
            skip_when_already_exists=self.skip,
            wait_for_completion=self.wait,
            allowed_states=["success"],
            failed_states=["failed"],
            poke_interval=0.1,
            deferrable=self.deferrable,
        )

    def execute_complete(self, context, event):
        print("went on")


with DAG("raised_for_the_engine", start_date=datetime(2023, 1, 1), schedule=None):
    Skips(task_id="skips") >> [
        EmptyOperator(task_id="skipped"),
        EmptyOperator(task_id="kept"),
    ]
    Triggers(task_id="triggers") >> Triggers(task_id="again", skip=True)
    Triggers(task_id="waits", wait=True, deferrable=True)
