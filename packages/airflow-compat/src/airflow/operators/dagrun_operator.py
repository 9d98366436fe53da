"""Airflow's `airflow.operators.dagrun_operator`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "TriggerDagRunOperator": "it needs tasks that trigger DAGs, which this version lacks",
    },
)
