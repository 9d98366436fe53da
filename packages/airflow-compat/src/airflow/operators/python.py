"""Airflow's `airflow.operators.python`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.context import get_current_context as get_current_context
from tradewind.authoring.decorators import task as task
from tradewind.authoring.operators.python import BranchPythonOperator as BranchPythonOperator
from tradewind.authoring.operators.python import PythonOperator as PythonOperator
from tradewind.authoring.operators.python import ShortCircuitOperator as ShortCircuitOperator

__getattr__ = later(
    __name__,
    {
        "BranchExternalPythonOperator": "it needs tasks in virtual environments, which this version lacks",
        "BranchPythonVirtualenvOperator": "it needs tasks in virtual environments, which this version lacks",
        "ExternalPythonOperator": "it needs tasks in virtual environments, which this version lacks",
        "PythonVirtualenvOperator": "it needs tasks in virtual environments, which this version lacks",
    },
)

__all__ = ["BranchPythonOperator", "PythonOperator", "ShortCircuitOperator", "get_current_context", "task"]
