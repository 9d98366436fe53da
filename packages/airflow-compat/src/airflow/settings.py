"""Airflow's `airflow.settings`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.conf import AIRFLOW_HOME as AIRFLOW_HOME
from tradewind.authoring.conf import DAGS_FOLDER as DAGS_FOLDER
from tradewind.authoring.conf import PLUGINS_FOLDER as PLUGINS_FOLDER
from tradewind.authoring.provider_tools.pod_hook import pod_mutation_hook as pod_mutation_hook
from tradewind.authoring.timezone import TIMEZONE as TIMEZONE

__getattr__ = later(
    __name__,
    {
        "Session": "the metadata database is out of reach here; use the REST API",
        "engine": "the metadata database is out of reach here; use the REST API",
    },
)

__all__ = ["AIRFLOW_HOME", "DAGS_FOLDER", "PLUGINS_FOLDER", "TIMEZONE", "pod_mutation_hook"]
