"""A backfill of a DAG with a timetable of a plugin asks it for the runs of the range."""
#: drive:
#: - backfill: {from: 2024-03-01, to: 2024-03-10}
#: - unpause: [timetable_custom_backfill]
#: - wait: {timetable_custom_backfill: 7}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from oracle_timetables import EveryNthDay

with DAG(
    "timetable_custom_backfill",
    schedule=EveryNthDay(3),
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 20, tzinfo=timezone.utc),
    catchup=False,
    is_paused_upon_creation=True,
):
    EmptyOperator(task_id="only")
