"""Airflow's `airflow.providers.standard.operators.python`.  Written by tools/build_compat.py."""

from typing import TYPE_CHECKING

from airflow._package import lazy

if TYPE_CHECKING:
    from tradewind.authoring.context import get_current_context as get_current_context
    from tradewind.authoring.operators.other_python import BranchExternalPythonOperator as BranchExternalPythonOperator
    from tradewind.authoring.operators.other_python import (
        BranchPythonVirtualenvOperator as BranchPythonVirtualenvOperator,
    )
    from tradewind.authoring.operators.other_python import ExternalPythonOperator as ExternalPythonOperator
    from tradewind.authoring.operators.other_python import PythonVirtualenvOperator as PythonVirtualenvOperator
    from tradewind.authoring.operators.python import BranchPythonOperator as BranchPythonOperator
    from tradewind.authoring.operators.python import PythonOperator as PythonOperator
    from tradewind.authoring.operators.python import ShortCircuitOperator as ShortCircuitOperator

__getattr__, __dir__ = lazy(
    __name__,
    {
        "BranchExternalPythonOperator": "tradewind.authoring.operators.other_python:BranchExternalPythonOperator",
        "BranchPythonOperator": "tradewind.authoring.operators.python:BranchPythonOperator",
        "BranchPythonVirtualenvOperator": "tradewind.authoring.operators.other_python:BranchPythonVirtualenvOperator",
        "ExternalPythonOperator": "tradewind.authoring.operators.other_python:ExternalPythonOperator",
        "PythonOperator": "tradewind.authoring.operators.python:PythonOperator",
        "PythonVirtualenvOperator": "tradewind.authoring.operators.other_python:PythonVirtualenvOperator",
        "ShortCircuitOperator": "tradewind.authoring.operators.python:ShortCircuitOperator",
        "get_current_context": "tradewind.authoring.context:get_current_context",
    },
)

__all__ = [
    "BranchExternalPythonOperator",
    "BranchPythonOperator",
    "BranchPythonVirtualenvOperator",
    "ExternalPythonOperator",
    "PythonOperator",
    "PythonVirtualenvOperator",
    "ShortCircuitOperator",
    "get_current_context",
]
