"""A list of assets waits for an event of each; two of one are one."""
#: dags: [asset_all_a, asset_all_b, asset_all_user]
#: drive:
#: - trigger: {dag: asset_all_a, run: a1, date: 2024-03-01}
#: - wait_run: {dag: asset_all_a, run: a1}
#: - trigger: {dag: asset_all_a, run: a2, date: 2024-03-02}
#: - wait_run: {dag: asset_all_a, run: a2}
#: - trigger: {dag: asset_all_b, run: b1, date: 2024-03-01}
#: - wait: {asset_all_user: 1}
#: dates: false
#: record: [assets, upstream_events]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Asset

A, B = Asset("asset_all_one"), Asset("asset_all_two")

for name, asset in (("a", A), ("b", B)):
    with DAG(f"asset_all_{name}", schedule=None):
        EmptyOperator(task_id="make", outlets=[asset])

with DAG("asset_all_user", schedule=[A, B]):
    EmptyOperator(task_id="use")
