"""Airflow's `airflow.providers.standard.operators.trigger_dagrun`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "TriggerDagRunOperator": "it needs tasks that trigger DAGs, which this version lacks",
    },
)
