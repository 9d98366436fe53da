#: deferrable_all:
#:   state: success
#:   tasks: {wait: success, twice: success, pushed: success, broken: failed, late: failed, after_broken: success,
#:           soft: skipped, straight: success, ended: success, moment: success, there: success, own: success}
#:   xcoms:
#:     wait: {return_value: "waited for me"}
#:     twice: {return_value: 3}
#:     pushed: {before: "kept", return_value: "kept"}
#:     straight: {return_value: "from the trigger"}
#:     ended: {return_value: 7}
#:   logs:
#:     wait: ["the trigger waits for me", "waits for common.deferred_trigger.Hello"]
#:     broken: ["no luck"]
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

from common.deferred_trigger import Broken, Ends, Hello

from airflow import DAG
from airflow.exceptions import TaskDeferralError
from airflow.models import BaseOperator
from airflow.operators.empty import EmptyOperator
from airflow.sensors.base import BaseSensorOperator
from airflow.sensors.date_time import DateTimeSensorAsync
from airflow.sensors.filesystem import FileSensor
from airflow.triggers.base import BaseTrigger, StartTriggerArgs, TriggerEvent
from airflow.triggers.temporal import DateTimeTrigger, TimeDeltaTrigger

NEVER = datetime(2200, 1, 1, tzinfo=timezone.utc)


class Wait(BaseOperator):
    def execute(self, context):
        self.defer(trigger=Hello("me"), method_name="done", kwargs={"word": "waited"})

    def done(self, context, event, word):
        assert context["ti"].try_number == 1
        return f"{word} for {event['name']}"


class Twice(BaseOperator):
    def execute(self, context, event=None, count=0):
        if count == 3:
            return count
        trigger = TimeDeltaTrigger(timedelta(milliseconds=10))
        self.defer(trigger=trigger, method_name="execute", kwargs={"count": count + 1})


class Pushed(BaseOperator):
    def execute(self, context):
        context["ti"].xcom_push("before", "kept")
        self.defer(trigger=Hello("you"), method_name="done")

    def done(self, context, event):
        return context["ti"].xcom_pull(task_ids=self.task_id, key="before")


class Fails(BaseOperator):
    def execute(self, context):
        self.defer(trigger=Broken(), method_name="done")


class Late(BaseOperator):
    def execute(self, context):
        self.defer(trigger=DateTimeTrigger(NEVER), method_name="done", timeout=timedelta(milliseconds=200))

    def done(self, context, event):
        raise AssertionError


Fails.done = Late.done


class Soft(BaseSensorOperator):
    def execute(self, context):
        self.defer(trigger=DateTimeTrigger(NEVER), method_name="done", timeout=0.2)

    def done(self, context, event):
        raise AssertionError


class Straight(BaseOperator):
    start_trigger_args = StartTriggerArgs(
        trigger_cls="common.deferred_trigger.Hello", trigger_kwargs={"name": "trigger"}, next_method="done"
    )
    start_from_trigger = True

    def execute(self, context):
        raise AssertionError

    def done(self, context, event):
        return f"from the {event['name']}"


class Ended(BaseOperator):
    def execute(self, context):
        self.defer(trigger=Ends(7), method_name="done")

    def done(self, context, event):
        raise AssertionError


class Own(BaseTrigger):
    """Defined in the DAG file itself."""

    def serialize(self):
        return f"{__name__}.Own", {}

    async def run(self):
        yield TriggerEvent(None)


class OwnTrigger(BaseOperator):
    def execute(self, context):
        self.defer(trigger=Own(), method_name="done")

    def done(self, context, event):
        assert event is None


with DAG("deferrable_all", start_date=datetime(2024, 1, 1), schedule=None):
    Wait(task_id="wait")
    Twice(task_id="twice")
    Pushed(task_id="pushed")
    broken = Fails(task_id="broken")
    late = Late(task_id="late")
    [broken, late] >> EmptyOperator(task_id="after_broken", trigger_rule="all_failed")
    Soft(task_id="soft", soft_fail=True)
    Straight(task_id="straight")
    Ended(task_id="ended")
    DateTimeSensorAsync(task_id="moment", target_time="{{ macros.datetime(2020, 1, 1) }}")
    FileSensor(task_id="there", filepath=tempfile.gettempdir() + "/tradewind-e2e-deferrable", deferrable=True, poke_interval=0.2)
    OwnTrigger(task_id="own")
Path(tempfile.gettempdir(), "tradewind-e2e-deferrable").touch()
