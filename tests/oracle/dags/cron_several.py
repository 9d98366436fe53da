"""MultipleCronTriggerTimetable: a run at each tick of any cron, once where two agree."""
#: drive:
#: - wait: {cron_several: 5}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, MultipleCronTriggerTimetable

with DAG(
    "cron_several",
    schedule=MultipleCronTriggerTimetable("0 6 * * *", "0 18 * * *", "0 6 2 * *", timezone="UTC"),
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 3, 12, tzinfo=timezone.utc),
    catchup=True,
):
    EmptyOperator(task_id="only")
