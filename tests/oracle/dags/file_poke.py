"""FileSensor pokes: a file, a pattern, a folder with a file in it; what is not there is timed out, or skipped."""
#: connections: {file_poke: {conn_type: fs}}
#: drive:
#: - file: a.txt
#: - trigger

import os

from _trace import folder
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.filesystem import FileSensor
from airflow.sdk import DAG

HERE = folder("file_poke")

with DAG("file_poke", schedule=None, default_args={"fs_conn_id": "file_poke", "poke_interval": 0.2, "timeout": 30}):
    FileSensor(task_id="file", filepath=os.path.join(HERE, "a.txt"))
    FileSensor(task_id="pattern", filepath=os.path.join(HERE, "*.txt"))
    FileSensor(task_id="tree", filepath=HERE)
    FileSensor(task_id="templated", filepath=HERE + "/{{ 'a' }}.txt")
    FileSensor(task_id="missing", filepath=os.path.join(HERE, "b.txt"), timeout=0.5)
    FileSensor(task_id="soft", filepath=os.path.join(HERE, "*.csv"), timeout=0.5, soft_fail=True) >> EmptyOperator(
        task_id="below"
    )
