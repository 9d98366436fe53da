"""An operator that makes a run of another DAG.

Airflow: `airflow.providers.standard.operators.trigger_dagrun`, `airflow.operators.trigger_dagrun`.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from tradewind.authoring import comms
from tradewind.authoring.addresses import run_url
from tradewind.authoring.conf import conf as settings
from tradewind.authoring.notifier import BaseOperatorLink
from tradewind.authoring.notset import NOTSET
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.problems import ArgumentValueError
from tradewind.authoring.timezone import convert_to_utc, parse, utcnow
from tradewind.errors import AirflowException, AirflowSkipException, DagRunAlreadyExists
from tradewind.spec.states import DagRunState

XCOM_LOGICAL_DATE_ISO = "trigger_logical_date_iso"
XCOM_RUN_ID = "trigger_run_id"


class TriggerDagRunLink(BaseOperatorLink):
    """The page of the run that was triggered."""

    name = "Triggered DAG"

    def get_link(self, operator: Any, *, ti_key: Any) -> str:
        """The address, or an empty text before the run was made."""
        from tradewind.spec import serde, wire  # msgspec: not needed to define a DAG

        rows = comms.request(
            wire.GetXCom(
                dag_id=ti_key.dag_id, run_id=ti_key.run_id, key=XCOM_RUN_ID, task_ids=(ti_key.task_id,),
                map_indexes=(ti_key.map_index,),
            )
        )  # fmt: skip
        return run_url(operator.trigger_dag_id, serde.loads(rows[0][2])) if rows else ""


class TriggerDagRunOperator(BaseOperator):
    """Makes a run of the DAG `trigger_dag_id`, once for each attempt, and can wait for its end."""

    template_fields: Collection[str] = (
        "trigger_dag_id",
        "trigger_run_id",
        "logical_date",
        "conf",
        "wait_for_completion",
        "skip_when_already_exists",
    )
    template_fields_renderers: ClassVar[dict[str, str]] = {"conf": "py"}
    ui_color = "#ffefeb"
    operator_extra_links: Collection[Any] = (TriggerDagRunLink(),)

    def __init__(
        self,
        *,
        trigger_dag_id: str,
        trigger_run_id: str | None = None,
        conf: dict[str, Any] | str | None = None,
        logical_date: Any = NOTSET,
        execution_date: Any = NOTSET,
        run_after: Any = NOTSET,
        reset_dag_run: bool = False,
        wait_for_completion: bool = False,
        poke_interval: float | dt.timedelta = 60,
        allowed_states: list[str | DagRunState] | None = None,
        failed_states: list[str | DagRunState] | None = None,
        skip_when_already_exists: bool = False,
        fail_when_dag_is_paused: bool = False,
        note: str | None = None,
        deferrable: bool | None = None,
        openlineage_inject_parent_info: bool = True,
        **kwargs: Any,
    ) -> None:
        """`execution_date` is Airflow 2's name of `logical_date`.  Raises `DagAuthoringError`."""
        super().__init__(**kwargs)
        self.trigger_dag_id = trigger_dag_id
        self.trigger_run_id = trigger_run_id
        self.conf = conf
        self.logical_date = logical_date if execution_date is NOTSET else execution_date
        self.run_after = run_after
        self.reset_dag_run = reset_dag_run
        self.wait_for_completion = wait_for_completion
        self.poke_interval = poke_interval.total_seconds() if isinstance(poke_interval, dt.timedelta) else poke_interval
        self.allowed_states = _states(self, "allowed_states", allowed_states) or [DagRunState.SUCCESS]
        self.failed_states = (
            [DagRunState.FAILED] if failed_states is None else _states(self, "failed_states", failed_states)
        )
        self.skip_when_already_exists = skip_when_already_exists
        self.fail_when_dag_is_paused = fail_when_dag_is_paused
        self.note_of_run = note
        self.deferrable = (
            settings.getboolean("operators", "default_deferrable", fallback=False) if deferrable is None else deferrable
        )
        self.openlineage_inject_parent_info = openlineage_inject_parent_info

    def execute(self, context: Any) -> Any:
        """Trigger, and wait if asked to.

        Raises `DagRunAlreadyExists`, or `AirflowSkipException` with `skip_when_already_exists`; `DagIsPaused`; and
        `AirflowException` when the run ends in one of `failed_states`.
        """
        from tradewind.spec import wire  # msgspec: not needed to define a DAG

        ti = context["ti"]
        given = self.logical_date is not NOTSET
        run_after = None if self.run_after is NOTSET else _moment("run_after", self.run_after)
        if given:
            logical_date = _moment("logical_date", self.logical_date)
        else:
            logical_date = utcnow() if run_after is None else None
        try:
            answer = comms.request(
                wire.TriggerRun(
                    attempt_id=ti.attempt_id,
                    number=ti.next_trigger_number(),
                    dag_id=self.trigger_dag_id,
                    run_id=str(self.trigger_run_id) if self.trigger_run_id else _run_id(logical_date or run_after),
                    auto=not self.trigger_run_id and not given,
                    logical_date=_plain(logical_date),
                    run_after=_plain(run_after),
                    conf=self._conf(),
                    note=self.note_of_run,
                    reset=self.reset_dag_run,
                    fail_when_paused=self.fail_when_dag_is_paused,
                )
            )
        except DagRunAlreadyExists as error:
            if self.skip_when_already_exists:
                raise AirflowSkipException(f"skipped, as the run exists already: {error}") from error
            raise
        self.trigger_run_id = run_id = str(answer["run_id"])
        self.log.info(
            "run %s of DAG %s was %s", run_id, self.trigger_dag_id, "triggered" if answer["made"] else "cleared"
        )
        ti.xcom_push(key=XCOM_RUN_ID, value=run_id)
        ti.xcom_push(key=TriggerDagRunLink().xcom_key, value=run_url(self.trigger_dag_id, run_id))
        if self.wait_for_completion:
            self._wait(run_id)

    def _wait(self, run_id: str) -> None:
        from tradewind.spec import wire  # msgspec: not needed to define a DAG

        if self.deferrable:
            from tradewind.authoring.triggers.external_task import DagStateTrigger  # asyncio: 50 ms

            self.defer(
                trigger=DagStateTrigger(
                    dag_id=self.trigger_dag_id,
                    states=[state.value for state in (*self.allowed_states, *self.failed_states)],
                    run_ids=[run_id],
                    poll_interval=self.poke_interval,
                ),
                method_name="execute_complete",
            )
        while True:
            state = comms.request(wire.GetRunState(dag_id=self.trigger_dag_id, run_id=run_id))
            if self._judge(run_id, state):
                return
            self.log.info("run %s of DAG %s is %s; waiting", run_id, self.trigger_dag_id, state)
            time.sleep(self.poke_interval)

    def _judge(self, run_id: str, state: str | None) -> bool:
        """Whether the wait is over.  Raises `AirflowException` for a state that is a failure."""
        if state is None:
            raise AirflowException(f"run {run_id} of DAG {self.trigger_dag_id} was deleted")
        if state in self.failed_states:
            raise AirflowException(f"run {run_id} of DAG {self.trigger_dag_id} ended as {state}")
        if state in self.allowed_states:
            self.log.info("run %s of DAG %s is %s", run_id, self.trigger_dag_id, state)
            return True
        return False

    def execute_complete(self, context: Any, event: Any) -> None:
        """Go on after the wait of a deferred task: `event` is the trigger's class and what it found."""
        found: Mapping[str, Any] = event[1] if isinstance(event, list | tuple) else event
        for run_id in found["run_ids"]:
            self.trigger_run_id = run_id
            self._judge(run_id, found.get(run_id))

    def _conf(self) -> dict[str, Any]:
        value: Any = self.conf
        if isinstance(value, str) and value:
            try:
                value = json.loads(value)
            except ValueError as error:
                raise ValueError(f"conf of task {self.task_id!r} is no JSON: {error}") from None
        try:
            return dict(json.loads(json.dumps(value or {})))
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"conf of task {self.task_id!r} must be a dict of JSON values, not {value!r}: {error}"
            ) from None


def _states(task: BaseOperator, name: str, given: Any) -> list[DagRunState]:
    try:
        return [DagRunState(state) for state in given or ()]
    except ValueError:
        known = ", ".join(state.value for state in DagRunState)
        raise ArgumentValueError(
            f"task {task.task_id!r}: {name}={given!r} is no list of run states", fix=f"use some of {known}"
        ) from None


def _moment(name: str, value: Any) -> dt.datetime | None:
    """An aware time from what a template may have made of it."""
    if value is None or value in ("", "None"):
        return None
    if isinstance(value, str):
        try:
            value = parse(value)
        except ValueError as error:
            raise ValueError(f"{name} {value!r} is no date and time: {error}") from None
    if not isinstance(value, dt.datetime):
        raise TypeError(f"{name} must be a datetime or a text, not {value!r}")
    return convert_to_utc(value)


def _plain(value: dt.datetime | None) -> dt.datetime | None:
    """A datetime of the standard library in UTC, from pendulum's."""
    if value is None:
        return None
    return dt.datetime.fromtimestamp(0, dt.UTC) + (value - dt.datetime.fromtimestamp(0, dt.UTC))


def _run_id(at: dt.datetime | None) -> str:
    return f"manual__{(_plain(at) or dt.datetime.now(dt.UTC)).isoformat()}"
