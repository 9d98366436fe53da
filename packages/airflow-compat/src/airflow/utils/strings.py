"""Airflow's `airflow.utils.strings`.  Written by tools/build_compat.py."""

from tradewind.authoring.helpers import TRUE_LIKE_VALUES as TRUE_LIKE_VALUES
from tradewind.authoring.helpers import get_random_string as get_random_string
from tradewind.authoring.helpers import to_boolean as to_boolean

__all__ = ["TRUE_LIKE_VALUES", "get_random_string", "to_boolean"]
