"""Airflow's `airflow.sdk.timezone`.  Written by tools/build_compat.py."""

from tradewind.authoring.timezone import coerce_datetime as coerce_datetime
from tradewind.authoring.timezone import convert_to_utc as convert_to_utc
from tradewind.authoring.timezone import datetime as datetime
from tradewind.authoring.timezone import from_timestamp as from_timestamp
from tradewind.authoring.timezone import make_aware as make_aware
from tradewind.authoring.timezone import make_naive as make_naive
from tradewind.authoring.timezone import parse as parse
from tradewind.authoring.timezone import utc as utc
from tradewind.authoring.timezone import utcnow as utcnow

__all__ = [
    "coerce_datetime",
    "convert_to_utc",
    "datetime",
    "from_timestamp",
    "make_aware",
    "make_naive",
    "parse",
    "utc",
    "utcnow",
]
