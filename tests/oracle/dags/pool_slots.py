"""A task that takes more slots than are free waits; one that wants more than there are never runs."""
#: pools: {oracle_pool_slots: 2}
#: overlap: exact
#: drive:
#: - trigger: {run: one}
#: - wait_task: {run: one, task: last, state: success}
#: - mark_run: {run: one, state: failed}
#: - wait

import time

from airflow.sdk import DAG, task

with DAG("pool_slots", schedule=None, default_args={"pool": "oracle_pool_slots"}):

    @task(pool_slots=2)
    def whole():
        time.sleep(1)

    @task(pool="default_pool")
    def last():
        return 1

    @task(pool_slots=3)
    def too_many():
        return 1

    [whole.override(task_id="one")(), whole.override(task_id="two")()] >> last()
    too_many()
