"""Airflow's `airflow.triggers.file`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.file import FileDeleteTrigger as FileDeleteTrigger
from tradewind.authoring.triggers.file import FileTrigger as FileTrigger

__all__ = ["FileDeleteTrigger", "FileTrigger"]
