"""Airflow's `airflow.sdk.bases.operator`.  Written by tools/build_compat.py."""

from tradewind.authoring.edges import chain as chain
from tradewind.authoring.edges import chain_linear as chain_linear
from tradewind.authoring.edges import cross_downstream as cross_downstream
from tradewind.authoring.operator import BaseOperator as BaseOperator
from tradewind.authoring.operators.asynchronous import BaseAsyncOperator as BaseAsyncOperator

__all__ = ["BaseAsyncOperator", "BaseOperator", "chain", "chain_linear", "cross_downstream"]
