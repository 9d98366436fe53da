"""Airflow's `airflow.sdk.bases.xcom`.  Written by tools/build_compat.py."""

from tradewind.authoring.xcom import BaseXCom as BaseXCom

__all__ = ["BaseXCom"]
