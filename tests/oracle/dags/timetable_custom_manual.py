"""A run that is triggered by hand: the timetable of a plugin says its interval."""
#: dags: [timetable_custom_manual, timetable_custom_manual_fixed]
#: drive:
#: - trigger: {run: by_hand}
#: - trigger: {run: given, date: 2024-03-06, start: 2024-03-01, end: 2024-03-02}
#: - trigger: {dag: timetable_custom_manual_fixed}

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG
from oracle_timetables import EveryNthDay, Fixed

with DAG("timetable_custom_manual", schedule=EveryNthDay(7), catchup=False):
    EmptyOperator(task_id="only")

with DAG(
    "timetable_custom_manual_fixed",
    schedule=Fixed([datetime(2019, 3, 1, 6, tzinfo=timezone.utc)]),
    start_date=datetime(2020, 1, 1, tzinfo=timezone.utc),
    catchup=False,
):
    EmptyOperator(task_id="only")
