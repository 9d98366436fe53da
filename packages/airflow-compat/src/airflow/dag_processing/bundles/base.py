"""Airflow's `airflow.dag_processing.bundles.base`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BaseDagBundle": "DAG files are read from the folder dags_folder, not from bundles",
        "BundleVersion": "DAG files are read from the folder dags_folder, not from bundles",
    },
)
