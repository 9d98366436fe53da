"""Labels on edges change nothing about the order."""

from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sdk import DAG, Label, chain, cross_downstream

with DAG("group_labels", schedule=None):
    a, b, c, d, e = (EmptyOperator(task_id=name) for name in "abcde")
    a >> Label("when good") >> b
    chain(b, Label("both"), [c, d], e)
    cross_downstream([a, b], [c, d])
