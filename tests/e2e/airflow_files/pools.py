#: pools_weights:
#:   tasks: {in_pool: success, two_slots: success, heavy: success}
#:   xcoms:
#:     in_pool: {return_value: [small_pool, 1, 10]}
#:     two_slots: {return_value: [small_pool, 2, 1]}
from datetime import datetime

from airflow import DAG
from airflow.decorators import task

with DAG("pools_weights", start_date=datetime(2023, 1, 1), schedule=None, max_active_tasks=2) as dag:

    @task(pool="small_pool", priority_weight=10)
    def in_pool(ti=None, task=None):
        return [ti.pool, task.pool_slots, task.priority_weight]

    @task(pool="small_pool", pool_slots=2, weight_rule="upstream")
    def two_slots(ti=None, task=None):
        return [ti.pool, task.pool_slots, task.priority_weight]

    @task(priority_weight=1000, weight_rule="absolute", max_active_tis_per_dag=1, task_concurrency=1)
    def heavy():
        pass

    in_pool()
    two_slots()
    heavy()
