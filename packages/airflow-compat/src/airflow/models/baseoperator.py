"""Airflow's `airflow.models.baseoperator`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.edges import chain as chain
from tradewind.authoring.edges import chain_linear as chain_linear
from tradewind.authoring.edges import cross_downstream as cross_downstream
from tradewind.authoring.notifier import BaseOperatorLink as BaseOperatorLink
from tradewind.authoring.operator import BaseOperator as BaseOperator

__getattr__ = later(
    __name__,
    {
        "BaseOperatorMeta": "it belongs to the inside of Airflow",
    },
)

__all__ = ["BaseOperator", "BaseOperatorLink", "chain", "chain_linear", "cross_downstream"]
