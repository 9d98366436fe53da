"""@once: one run, of the start date; catchup or not changes nothing."""
#: dags: [once_plain, once_catchup]
#: drive:
#: - wait: {once_plain: 1, once_catchup: 1}
#: record: [next]

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

for name, catchup in (("once_plain", False), ("once_catchup", True)):
    with DAG(name, schedule="@once", start_date=datetime(2024, 3, 1, tzinfo=timezone.utc), catchup=catchup):
        EmptyOperator(task_id="only")
