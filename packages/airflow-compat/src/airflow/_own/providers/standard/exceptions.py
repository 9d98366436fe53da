"""Airflow's `airflow.providers.standard.exceptions`.  Written by tools/build_compat.py."""

from tradewind.errors import AirflowExternalTaskSensorException as AirflowExternalTaskSensorException
from tradewind.errors import DuplicateStateError as DuplicateStateError
from tradewind.errors import ExternalDagDeletedError as ExternalDagDeletedError
from tradewind.errors import ExternalDagFailedError as ExternalDagFailedError
from tradewind.errors import ExternalDagNotFoundError as ExternalDagNotFoundError
from tradewind.errors import ExternalTaskFailedError as ExternalTaskFailedError
from tradewind.errors import ExternalTaskGroupFailedError as ExternalTaskGroupFailedError
from tradewind.errors import ExternalTaskGroupNotFoundError as ExternalTaskGroupNotFoundError
from tradewind.errors import ExternalTaskNotFoundError as ExternalTaskNotFoundError

__all__ = [
    "AirflowExternalTaskSensorException",
    "DuplicateStateError",
    "ExternalDagDeletedError",
    "ExternalDagFailedError",
    "ExternalDagNotFoundError",
    "ExternalTaskFailedError",
    "ExternalTaskGroupFailedError",
    "ExternalTaskGroupNotFoundError",
    "ExternalTaskNotFoundError",
]
