"""Airflow's `airflow.task.priority_strategy`.  Written by tools/build_compat.py."""

from tradewind.authoring.weights import PriorityWeightStrategy as PriorityWeightStrategy
from tradewind.authoring.weights import _AbsolutePriorityWeightStrategy as _AbsolutePriorityWeightStrategy
from tradewind.authoring.weights import _DownstreamPriorityWeightStrategy as _DownstreamPriorityWeightStrategy
from tradewind.authoring.weights import _UpstreamPriorityWeightStrategy as _UpstreamPriorityWeightStrategy
from tradewind.authoring.weights import (
    validate_and_load_priority_weight_strategy as validate_and_load_priority_weight_strategy,
)

__all__ = [
    "PriorityWeightStrategy",
    "_AbsolutePriorityWeightStrategy",
    "_DownstreamPriorityWeightStrategy",
    "_UpstreamPriorityWeightStrategy",
    "validate_and_load_priority_weight_strategy",
]
