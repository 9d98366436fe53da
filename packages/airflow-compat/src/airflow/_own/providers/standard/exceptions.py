"""Airflow's `airflow.providers.standard.exceptions`.  Written by tools/build_compat.py."""

from tradewind.errors import ExternalDagNotFoundError as ExternalDagNotFoundError
from tradewind.errors import ExternalTaskFailedError as ExternalTaskFailedError
from tradewind.errors import ExternalTaskGroupFailedError as ExternalTaskGroupFailedError
from tradewind.errors import ExternalTaskGroupNotFoundError as ExternalTaskGroupNotFoundError
from tradewind.errors import ExternalTaskNotFoundError as ExternalTaskNotFoundError

__all__ = [
    "ExternalDagNotFoundError",
    "ExternalTaskFailedError",
    "ExternalTaskGroupFailedError",
    "ExternalTaskGroupNotFoundError",
    "ExternalTaskNotFoundError",
]
