"""Airflow's `airflow.configuration`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.conf import AIRFLOW_HOME as AIRFLOW_HOME
from tradewind.authoring.conf import AirflowConfigParser as AirflowConfigParser
from tradewind.authoring.conf import conf as conf
from tradewind.authoring.conf import get_airflow_home as get_airflow_home

__getattr__ = later(
    __name__,
    {
        "AIRFLOW_CONFIG": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = ["AIRFLOW_HOME", "AirflowConfigParser", "conf", "get_airflow_home"]
