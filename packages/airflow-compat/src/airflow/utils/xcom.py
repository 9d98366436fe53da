"""Airflow's `airflow.utils.xcom`.  Written by tools/build_compat.py."""

from tradewind.spec.ids import XCOM_RETURN_KEY as XCOM_RETURN_KEY

__all__ = ["XCOM_RETURN_KEY"]
