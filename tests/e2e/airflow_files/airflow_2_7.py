#: airflow_2_7:
#:   tasks: {extract: success, quality.rows: success, quality.nulls: success, notify: success, finish: success}
#:   xcoms:
#:     quality.rows: {return_value: "rows of 3"}
#:     notify: {return_value: "3 done"}
from __future__ import annotations

import pendulum
from airflow.decorators import task, task_group
from airflow.models.baseoperator import chain, chain_linear
from airflow.models.dag import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.utils.edgemodifier import Label

with DAG(
    dag_id="airflow_2_7",
    schedule="*/15 * * * *",
    start_date=pendulum.datetime(2023, 9, 1, tz="Europe/Berlin"),
    catchup=False,
    max_active_tasks=3,
    max_consecutive_failed_dag_runs=4,
    dag_display_name="Airflow 2.7",
    default_args={"retries": 1},
) as dag:

    @task(retries=2, retry_delay=pendulum.duration(seconds=1))
    def extract(data_interval_end: pendulum.DateTime | None = None) -> list[int]:
        assert isinstance(data_interval_end, pendulum.DateTime)
        return [1, 2, 3]

    @task_group(group_id="quality", tooltip="Checks")
    def quality(rows):
        @task
        def rows_(values):
            return f"rows of {len(values)}"

        rows_.override(task_id="rows")(rows)
        EmptyOperator(task_id="nulls", task_display_name="No nulls")

    extracted = extract()
    notify = BashOperator(task_id="notify", bash_command="echo {{ ti.xcom_pull(task_ids='extract') | length }} done")
    checks = quality(extracted)
    chain(extracted, Label("then"), checks, notify)
    chain_linear(notify, EmptyOperator(task_id="finish"))
