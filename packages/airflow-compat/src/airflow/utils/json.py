"""Airflow's `airflow.utils.json`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.xcom_json import WebEncoder as WebEncoder
from tradewind.authoring.provider_tools.xcom_json import XComDecoder as XComDecoder
from tradewind.authoring.provider_tools.xcom_json import XComEncoder as XComEncoder

__all__ = ["WebEncoder", "XComDecoder", "XComEncoder"]
