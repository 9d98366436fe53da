"""Airflow's `airflow.models.mappedoperator`.  Written by tools/build_compat.py."""

from tradewind.authoring.mapped import MappedOperator as MappedOperator
from tradewind.authoring.mapped import OperatorPartial as OperatorPartial

__all__ = ["MappedOperator", "OperatorPartial"]
