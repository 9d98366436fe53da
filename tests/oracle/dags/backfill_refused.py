"""What no backfill can be: the end before the start, backwards with depends_on_past, reprocess none with it, no day in
the range, bad params, a DAG without a schedule."""
#: dags: [backfill_refused, backfill_refused_past, backfill_refused_bare]
#: drive:
#: - refused: {backfill: {from: 2024-03-04, to: 2024-03-02}}
#: - refused: {backfill: {from: 2024-03-02, to: 2024-03-04, conf: {size: text}}}
#: - refused: {backfill: {dag: backfill_refused_past, from: 2024-03-02, to: 2024-03-04}}
#: - refused: {backfill: {dag: backfill_refused_past, from: 2024-03-02, to: 2024-03-04, reprocess: failed, backwards: true}}
#: - refused: {backfill: {dag: backfill_refused_bare, from: 2024-03-02, to: 2024-03-04}}
#: - wait

from datetime import datetime, timezone

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Param

with DAG(
    "backfill_refused",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
    params={"size": Param(1, type="integer")},
):
    EmptyOperator(task_id="only")

with DAG(
    "backfill_refused_past",
    schedule="@daily",
    start_date=datetime(2024, 3, 1, tzinfo=timezone.utc),
    end_date=datetime(2024, 3, 10, tzinfo=timezone.utc),
    catchup=False,
):
    EmptyOperator(task_id="only", depends_on_past=True)

with DAG("backfill_refused_bare", schedule=None):
    EmptyOperator(task_id="only")
