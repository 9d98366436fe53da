"""Airflow's `airflow.utils.module_loading`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "import_string": "a helper of Airflow 2 that Tradewind does not have yet",
        "qualname": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)
