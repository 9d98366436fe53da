"""FileSensor that waits in the triggerer: the file comes later; without it, the sensor times out, or is skipped with soft_fail."""
#: connections: {file_deferrable: {conn_type: fs}}
#: drive:
#: - trigger
#: - wait_task: {task: later, state: deferred}
#: - file: later.txt
#: - wait

import os

from _trace import folder, pace
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

HERE = folder("file_deferrable")
COMMON = {"fs_conn_id": "file_deferrable", "poke_interval": pace(0.5), "timeout": 60, "deferrable": True}

with DAG("file_deferrable", schedule=None, default_args=COMMON):
    FileSensor(task_id="later", filepath=os.path.join(HERE, "later.txt")) >> EmptyOperator(task_id="after")
    FileSensor(task_id="never", filepath=os.path.join(HERE, "never.txt"), timeout=pace(1))
    FileSensor(
        task_id="soft", filepath=os.path.join(HERE, "never.txt"), timeout=pace(1), soft_fail=True
    ) >> EmptyOperator(task_id="below")
