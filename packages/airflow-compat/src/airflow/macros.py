"""Airflow's `airflow.macros`.  Written by tools/build_compat.py."""

from tradewind.authoring.macros import datetime as datetime
from tradewind.authoring.macros import datetime_diff_for_humans as datetime_diff_for_humans
from tradewind.authoring.macros import dateutil as dateutil
from tradewind.authoring.macros import ds_add as ds_add
from tradewind.authoring.macros import ds_format as ds_format
from tradewind.authoring.macros import ds_format_locale as ds_format_locale
from tradewind.authoring.macros import json as json
from tradewind.authoring.macros import random as random
from tradewind.authoring.macros import time as time
from tradewind.authoring.macros import timedelta as timedelta
from tradewind.authoring.macros import uuid as uuid
from tradewind.authoring.macros import yaml as yaml

__all__ = [
    "datetime",
    "datetime_diff_for_humans",
    "dateutil",
    "ds_add",
    "ds_format",
    "ds_format_locale",
    "json",
    "random",
    "time",
    "timedelta",
    "uuid",
    "yaml",
]
