"""Airflow's `airflow.utils.dates`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.schedules import CRON_PRESETS as cron_presets  # noqa: N811

__getattr__ = later(
    __name__,
    {
        "date_range": "a helper of Airflow 2 that Tradewind does not have yet",
        "days_ago": "write pendulum.today('UTC').add(days=-n)",
        "infer_time_unit": "a helper of Airflow 2 that Tradewind does not have yet",
        "parse_execution_date": "a helper of Airflow 2 that Tradewind does not have yet",
        "round_time": "a helper of Airflow 2 that Tradewind does not have yet",
        "scale_time_units": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = ["cron_presets"]
