#: trigger:
#:   tasks: {start: success, named: success, again: skipped, refused: failed, reset: success, broken: failed, wait: success,
#:           missing: failed, after: success,
#:           deferred: success, deferred_failure: failed}
#:   state: failed
#:   xcoms:
#:     named: {trigger_run_id: "from_trigger_2024-03-05"}
#:   logs:
#:     again: ["from_trigger_2024-03-05"]
#:     refused: ["DagRunAlreadyExists", "set reset_dag_run or skip_when_already_exists"]
#:     reset: ["run from_trigger_2024-03-05 of DAG triggered was cleared"]
#:     broken: ["param 'size' of DAG 'triggered' is not valid"]
#:     wait: ["is success"]
#:     deferred: ["is success"]
#:     deferred_failure: ["ended as success"]
#:     missing: ["DAG 'nowhere' does not exist"]
#:     after: ["operator_triggered: {'size': 3, 'day': '2024-03-05'}"]
#: triggered:
#:   run: now
#:   tasks: {tell: success}
from datetime import datetime

from airflow import DAG
from airflow.decorators import task
from airflow.models.param import Param
from airflow.operators.trigger_dagrun import TriggerDagRunOperator

with DAG(
    "triggered",
    start_date=datetime(2023, 1, 1),
    schedule=None,
    params={"size": Param(1, type="integer"), "day": "never"},
    max_active_runs=4,
):

    @task
    def tell(dag_run=None):
        return {"type": str(dag_run.run_type), "conf": dag_run.conf}

    tell()

with DAG("trigger", start_date=datetime(2023, 1, 1), schedule=None):
    conf = {"size": 3, "day": "{{ ds }}"}
    start = TriggerDagRunOperator(task_id="start", trigger_dag_id="triggered", conf=conf)
    named = TriggerDagRunOperator(
        task_id="named",
        trigger_dag_id="triggered",
        trigger_run_id="from_trigger_{{ ds }}",
        conf=conf,
        wait_for_completion=True,
        poke_interval=0.1,
    )
    common = {"trigger_dag_id": "triggered", "trigger_run_id": "from_trigger_{{ ds }}", "conf": conf}
    again = TriggerDagRunOperator(task_id="again", skip_when_already_exists=True, **common)
    refused = TriggerDagRunOperator(task_id="refused", **common)
    reset = TriggerDagRunOperator(
        task_id="reset", reset_dag_run=True, wait_for_completion=True, poke_interval=0.1, **common
    )
    named >> [again, refused, reset]
    TriggerDagRunOperator(task_id="broken", trigger_dag_id="triggered", conf={"size": {"no": "number"}})
    wait = TriggerDagRunOperator(
        task_id="wait", trigger_dag_id="triggered", wait_for_completion=True, poke_interval=0.1, allowed_states=["success"]
    )
    TriggerDagRunOperator(
        task_id="deferred",
        trigger_dag_id="triggered",
        wait_for_completion=True,
        deferrable=True,
        poke_interval=0.1,
    )
    TriggerDagRunOperator(
        task_id="deferred_failure",
        trigger_dag_id="triggered",
        wait_for_completion=True,
        deferrable=True,
        poke_interval=0.1,
        allowed_states=["failed"],
        failed_states=["success"],
    )
    TriggerDagRunOperator(task_id="missing", trigger_dag_id="nowhere")

    @task
    def after(ti=None):
        told = ti.xcom_pull(
            dag_id="triggered", run_id=ti.xcom_pull(task_ids="named", key="trigger_run_id"), task_ids="tell"
        )
        print(f"{told['type']}: {told['conf']}")

    reset >> after()
