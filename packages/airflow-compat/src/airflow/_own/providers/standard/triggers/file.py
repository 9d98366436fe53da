"""Airflow's `airflow.providers.standard.triggers.file`.  Written by tools/build_compat.py."""

from tradewind.authoring.triggers.file import DirectoryFileDeleteTrigger as DirectoryFileDeleteTrigger
from tradewind.authoring.triggers.file import FileDeleteTrigger as FileDeleteTrigger
from tradewind.authoring.triggers.file import FileTrigger as FileTrigger

__all__ = ["DirectoryFileDeleteTrigger", "FileDeleteTrigger", "FileTrigger"]
