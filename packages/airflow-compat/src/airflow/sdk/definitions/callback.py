"""Airflow's `airflow.sdk.definitions.callback`.  Written by tools/build_compat.py."""

from tradewind.authoring.deadlines import AsyncCallback as AsyncCallback
from tradewind.authoring.deadlines import Callback as Callback
from tradewind.authoring.deadlines import SyncCallback as SyncCallback

__all__ = ["AsyncCallback", "Callback", "SyncCallback"]
