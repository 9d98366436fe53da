"""A pool with one slot takes the tasks by their weight, the heaviest first."""
#: pools: {oracle_pool_order: 1}
#: order: true
#: overlap: true
#: record: [weights]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, task

with DAG("pool_order", schedule=None, default_args={"weight_rule": "absolute"}):

    @task(pool="oracle_pool_order")
    def work():
        return 1

    start = EmptyOperator(task_id="start")
    for weight in (3, 10, 1, 7):
        start >> work.override(task_id=f"weight_{weight}", priority_weight=weight)()
