"""Airflow's `airflow.sdk.bases.resumablejobmixin`.  Written by tools/build_compat.py."""

from tradewind.authoring.state import ResumableJobMixin as ResumableJobMixin

__all__ = ["ResumableJobMixin"]
