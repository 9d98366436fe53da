#: latest_only_by_hand:
#:   tasks: {latest: success, mails: success}
#: latest_only_old:
#:   run: scheduled
#:   tasks: {latest: success, mails: skipped, report: skipped, clean: success}
#:   logs:
#:     latest: [Not the latest run]
#: latest_only_new:
#:   run: scheduled
#:   tasks: {latest: success, mails: success}
from datetime import datetime, timedelta, timezone

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.latest_only import LatestOnlyOperator

with DAG("latest_only_by_hand", start_date=datetime(2023, 1, 1), schedule="@daily", catchup=False) as by_hand:
    LatestOnlyOperator(task_id="latest") >> EmptyOperator(task_id="mails")

with DAG(
    "latest_only_old",
    start_date=datetime(2023, 1, 1),
    end_date=datetime(2023, 1, 1),
    schedule=timedelta(days=1),
    catchup=True,
) as old:
    latest = LatestOnlyOperator(task_id="latest")
    latest >> EmptyOperator(task_id="mails") >> EmptyOperator(task_id="report")
    old.get_task("report") >> EmptyOperator(task_id="clean", trigger_rule="all_done")

with DAG(
    "latest_only_new",
    start_date=datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1),
    schedule="@daily",
    catchup=False,
) as new:
    LatestOnlyOperator(task_id="latest") >> EmptyOperator(task_id="mails")
