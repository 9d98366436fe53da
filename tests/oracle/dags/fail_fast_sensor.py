"""A failure under `fail_fast` stops a sensor in poke mode that waits for another DAG; one in reschedule mode is skipped."""
#: drive:
#: - trigger: {run: one}
#: - wait

import time

from airflow.providers.standard.sensors.external_task import ExternalTaskSensor
from airflow.sdk import DAG, task

with DAG("fail_fast_sensor", schedule=None, fail_fast=True):
    common = {"external_dag_id": "nothing", "poke_interval": 1, "timeout": 600}
    ExternalTaskSensor(task_id="pokes", **common)
    ExternalTaskSensor(task_id="looks_again", mode="reschedule", **{**common, "poke_interval": 300})

    @task
    def fails(ti=None):
        while (
            ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id])[ti.run_id].get("looks_again")
            != "up_for_reschedule"
        ):
            time.sleep(0.5)
        time.sleep(5)
        raise ValueError("no")

    fails()
