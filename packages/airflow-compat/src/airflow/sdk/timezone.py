"""Airflow's `airflow.sdk.timezone`.  Written by tools/build_compat.py."""

from tradewind.authoring.timezone import convert_to_utc as convert_to_utc
from tradewind.authoring.timezone import datetime as datetime
from tradewind.authoring.timezone import make_aware as make_aware
from tradewind.authoring.timezone import make_naive as make_naive
from tradewind.authoring.timezone import parse as parse
from tradewind.authoring.timezone import utc as utc
from tradewind.authoring.timezone import utcnow as utcnow

__all__ = ["convert_to_utc", "datetime", "make_aware", "make_naive", "parse", "utc", "utcnow"]
