"""Airflow's `airflow.utils.session`.  Written by tools/build_compat.py."""

from tradewind.authoring.session import NEW_SESSION as NEW_SESSION
from tradewind.authoring.session import create_session as create_session
from tradewind.authoring.session import provide_session as provide_session

__all__ = ["NEW_SESSION", "create_session", "provide_session"]
