"""Airflow's `airflow.sdk.execution_time.xcom`.  Written by tools/build_compat.py."""

from tradewind.authoring.xcom import BaseXCom as BaseXCom
from tradewind.authoring.xcom import BaseXCom as XCom

__all__ = ["BaseXCom", "XCom"]
