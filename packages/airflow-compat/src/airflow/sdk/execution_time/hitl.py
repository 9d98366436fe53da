"""Airflow's `airflow.sdk.execution_time.hitl`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.hitl import HITLUser as HITLUser
from tradewind.authoring.operators.hitl import upsert_hitl_detail as upsert_hitl_detail

__all__ = ["HITLUser", "upsert_hitl_detail"]
