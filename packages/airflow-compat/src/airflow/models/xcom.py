"""Airflow's `airflow.models.xcom`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.spec.ids import XCOM_RETURN_KEY as XCOM_RETURN_KEY

__getattr__ = later(
    __name__,
    {
        "BaseXCom": "use ti.xcom_pull and ti.xcom_push",
        "XCom": "use ti.xcom_pull and ti.xcom_push",
    },
)

__all__ = ["XCOM_RETURN_KEY"]
