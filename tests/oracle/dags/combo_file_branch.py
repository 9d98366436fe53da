"""A file that does not come in time skips its side; the join goes on with the other, a retried one."""
#: connections: {combo_file_branch: {conn_type: fs}}

import os
from datetime import timedelta

from _trace import folder
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG, task

with DAG("combo_file_branch", schedule=None, default_args={"retry_delay": timedelta(0)}):

    @task(retries=1)
    def flaky(ti=None):
        if ti.try_number == 1:
            raise ValueError("once")
        return ti.try_number

    @task.branch(trigger_rule="none_failed_min_one_success")
    def choose():
        return ["left"]

    file = FileSensor(
        task_id="file",
        fs_conn_id="combo_file_branch",
        filepath=os.path.join(folder("combo_file_branch"), "never"),
        poke_interval=0.2,
        timeout=0.5,
        soft_fail=True,
    )
    chosen = choose()
    file >> EmptyOperator(task_id="with_file") >> chosen
    flaky() >> chosen >> [EmptyOperator(task_id="left"), EmptyOperator(task_id="right")]
