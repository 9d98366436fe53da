"""Airflow's `airflow.utils.timezone`.  Written by tools/build_compat.py."""

from tradewind.authoring.timezone import coerce_datetime as coerce_datetime
from tradewind.authoring.timezone import convert_to_utc as convert_to_utc
from tradewind.authoring.timezone import datetime as datetime
from tradewind.authoring.timezone import from_timestamp as from_timestamp
from tradewind.authoring.timezone import is_localized as is_localized
from tradewind.authoring.timezone import is_naive as is_naive
from tradewind.authoring.timezone import local_timezone as local_timezone
from tradewind.authoring.timezone import make_aware as make_aware
from tradewind.authoring.timezone import make_naive as make_naive
from tradewind.authoring.timezone import parse as parse
from tradewind.authoring.timezone import parse_timezone as parse_timezone
from tradewind.authoring.timezone import td_format as td_format
from tradewind.authoring.timezone import utc as utc
from tradewind.authoring.timezone import utc_epoch as utc_epoch
from tradewind.authoring.timezone import utcnow as utcnow

__all__ = [
    "coerce_datetime",
    "convert_to_utc",
    "datetime",
    "from_timestamp",
    "is_localized",
    "is_naive",
    "local_timezone",
    "make_aware",
    "make_naive",
    "parse",
    "parse_timezone",
    "td_format",
    "utc",
    "utc_epoch",
    "utcnow",
]
