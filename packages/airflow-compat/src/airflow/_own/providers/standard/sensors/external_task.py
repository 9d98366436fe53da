"""Airflow's `airflow.providers.standard.sensors.external_task`.  Written by tools/build_compat.py."""

from tradewind.authoring.external_task import ExternalTaskMarker as ExternalTaskMarker
from tradewind.authoring.external_task import ExternalTaskSensor as ExternalTaskSensor

__all__ = ["ExternalTaskMarker", "ExternalTaskSensor"]
