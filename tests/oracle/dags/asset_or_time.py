"""AssetOrTimeSchedule: runs of the clock and runs of events side by side."""
#: dags: [asset_or_time_maker, asset_or_time_user]
#: drive:
#: - wait: {asset_or_time_user: 2}
#: - trigger: {dag: asset_or_time_maker}
#: - wait: {asset_or_time_user: 3}
#: dates: false
#: record: [assets, upstream_events]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset, AssetOrTimeSchedule, CronTriggerTimetable

ONE = Asset("asset_or_time_one")

with DAG("asset_or_time_maker", schedule=None):
    EmptyOperator(task_id="make", outlets=[ONE])

with DAG(
    "asset_or_time_user",
    schedule=AssetOrTimeSchedule(timetable=CronTriggerTimetable("0 0 * * *", timezone="UTC"), assets=[ONE]),
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 2, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="use")
