"""Airflow's `airflow.operators.python_operator`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.operators.python import BranchPythonOperator as BranchPythonOperator
from tradewind.authoring.operators.python import PythonOperator as PythonOperator
from tradewind.authoring.operators.python import ShortCircuitOperator as ShortCircuitOperator

__getattr__ = later(
    __name__,
    {
        "PythonVirtualenvOperator": "it needs tasks in virtual environments, which this version lacks",
    },
)

__all__ = ["BranchPythonOperator", "PythonOperator", "ShortCircuitOperator"]
