"""`macros` in templates.  Airflow: `airflow.macros`, `airflow.sdk.macros`."""

from __future__ import annotations

import importlib
import json
import time
import uuid
from datetime import datetime, timedelta
from random import random
from typing import Any

import dateutil
import dateutil.parser
import dateutil.relativedelta
import yaml

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


def ds_add(ds: str, days: int) -> str:
    """The date `YYYY-MM-DD`, `days` later (or earlier, when negative)."""
    day = datetime.strptime(str(ds), "%Y-%m-%d")  # noqa: DTZ007 - a date, no instant
    return (day + timedelta(days=int(days))).strftime("%Y-%m-%d") if days else str(ds)


def ds_format(ds: str, input_format: str, output_format: str) -> str:
    """A date in another format: `ds_format("2024-01-31", "%Y-%m-%d", "%d.%m.%y")`."""
    return datetime.strptime(str(ds), input_format).strftime(output_format)  # noqa: DTZ007


def ds_format_locale(ds: str, input_format: str, output_format: str, locale: Any = None) -> str:
    """As `ds_format`, with names of months and days in a language; needs the package `babel`."""
    moment = datetime.strptime(str(ds), input_format)  # noqa: DTZ007
    dates = importlib.import_module("babel.dates")  # an optional package
    return str(dates.format_datetime(moment, format=output_format, locale=locale or dates.LC_TIME))


def datetime_diff_for_humans(dt: Any, since: Any = None) -> str:
    """`2 days ago`, or, with `since`, `2 days before`."""
    import pendulum  # only for this macro

    other = pendulum.instance(since) if since is not None else None
    return str(pendulum.instance(dt).diff_for_humans(other))
