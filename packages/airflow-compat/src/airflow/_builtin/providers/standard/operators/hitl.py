"""Airflow's `airflow.providers.standard.operators.hitl`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "ApprovalOperator": "it needs tasks that ask a person, which this version lacks",
        "HITLBranchOperator": "it needs tasks that ask a person, which this version lacks",
        "HITLEntryOperator": "it needs tasks that ask a person, which this version lacks",
        "HITLOperator": "it needs tasks that ask a person, which this version lacks",
    },
)
