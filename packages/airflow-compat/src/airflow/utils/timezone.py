"""Airflow's `airflow.utils.timezone`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.timezone import convert_to_utc as convert_to_utc
from tradewind.authoring.timezone import datetime as datetime
from tradewind.authoring.timezone import is_localized as is_localized
from tradewind.authoring.timezone import is_naive as is_naive
from tradewind.authoring.timezone import make_aware as make_aware
from tradewind.authoring.timezone import make_naive as make_naive
from tradewind.authoring.timezone import parse as parse
from tradewind.authoring.timezone import parse_timezone as parse_timezone
from tradewind.authoring.timezone import utc as utc
from tradewind.authoring.timezone import utcnow as utcnow

__getattr__ = later(
    __name__,
    {
        "coerce_datetime": "a helper of Airflow 2 that Tradewind does not have yet",
        "from_timestamp": "a helper of Airflow 2 that Tradewind does not have yet",
        "local_timezone": "a helper of Airflow 2 that Tradewind does not have yet",
        "td_format": "a helper of Airflow 2 that Tradewind does not have yet",
        "utc_epoch": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = [
    "convert_to_utc",
    "datetime",
    "is_localized",
    "is_naive",
    "make_aware",
    "make_naive",
    "parse",
    "parse_timezone",
    "utc",
    "utcnow",
]
