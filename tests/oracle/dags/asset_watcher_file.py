"""An AssetWatcher on a file that comes and is taken away: the event triggers the DAG, and the trigger watches on."""
#: drive:
#: - file: drop
#: - wait: {asset_watcher_file: 1}
#: - file: drop
#: - wait: {asset_watcher_file: 2}
#: dates: false
#: record: [assets]

import os

from _trace import folder
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.triggers.file import FileDeleteTrigger
from airflow.sdk import DAG, Asset, AssetWatcher

TRIGGER = FileDeleteTrigger(filepath=os.path.join(folder("asset_watcher_file"), "drop"), poke_interval=0.3)
DROPPED = Asset("asset_watcher_file_dropped", watchers=[AssetWatcher(name="drop", trigger=TRIGGER)])

with DAG("asset_watcher_file", schedule=[DROPPED]):
    EmptyOperator(task_id="use")
