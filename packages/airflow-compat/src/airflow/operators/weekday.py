"""Airflow's `airflow.operators.weekday`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BranchDayOfWeekOperator": "an operator that Tradewind does not have yet",
    },
)
