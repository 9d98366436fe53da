"""Weights by rule: downstream adds what is below, upstream what is above, absolute nothing."""
#: dags: [weights_downstream, weights_upstream, weights_absolute]
#: record: [weights]

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG

for rule in ("downstream", "upstream", "absolute"):
    with DAG(f"weights_{rule}", schedule=None, default_args={"weight_rule": rule}):
        a = EmptyOperator(task_id="a", priority_weight=1)
        b = EmptyOperator(task_id="b", priority_weight=10)
        c = EmptyOperator(task_id="c", priority_weight=100)
        d = EmptyOperator(task_id="d", priority_weight=1000)
        a >> [b, c] >> d
