"""Airflow's `airflow.models.xcom`.  Written by tools/build_compat.py."""

from tradewind.authoring.xcom import BaseXCom as BaseXCom
from tradewind.authoring.xcom import BaseXCom as XCom
from tradewind.spec.ids import XCOM_RETURN_KEY as XCOM_RETURN_KEY

__all__ = ["XCOM_RETURN_KEY", "BaseXCom", "XCom"]
