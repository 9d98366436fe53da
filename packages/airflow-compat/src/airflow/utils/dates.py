"""Airflow's `airflow.utils.dates`.  Written by tools/build_compat.py."""

from tradewind.authoring.crons import CRON_PRESETS as cron_presets  # noqa: N811
from tradewind.authoring.dates import date_range as date_range
from tradewind.authoring.dates import days_ago as days_ago
from tradewind.authoring.dates import infer_time_unit as infer_time_unit
from tradewind.authoring.dates import parse_execution_date as parse_execution_date
from tradewind.authoring.dates import round_time as round_time
from tradewind.authoring.dates import scale_time_units as scale_time_units

__all__ = [
    "cron_presets",
    "date_range",
    "days_ago",
    "infer_time_unit",
    "parse_execution_date",
    "round_time",
    "scale_time_units",
]
