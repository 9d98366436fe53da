"""Two watchers of one asset, whose triggers are of the user's own: each event has the payload of its trigger."""
#: drive:
#: - file: first
#: - wait: {asset_watcher_events: 1}
#: - file: second
#: - wait: {asset_watcher_events: 2}
#: - file: first
#: - wait: {asset_watcher_events: 3}
#: dates: false
#: record: [assets]

from airflow.sdk import DAG, Asset, AssetWatcher, task
from oracle_triggers import FileTrigger

WATCHERS = [AssetWatcher(name=name, trigger=FileTrigger("asset_watcher_events", name)) for name in ("first", "second")]
FILES = Asset("asset_watcher_events_files", watchers=WATCHERS)

with DAG("asset_watcher_events", schedule=[FILES]):

    @task
    def use(triggering_asset_events=None):
        return [event.extra["payload"] for events in triggering_asset_events.values() for event in events]

    use()
