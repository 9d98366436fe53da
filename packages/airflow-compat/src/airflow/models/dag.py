"""Airflow's `airflow.models.dag`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.dag import DAG as DAG
from tradewind.authoring.dag import dag as dag

__getattr__ = later(
    __name__,
    {
        "DagContext": "the metadata database is out of reach here; use the REST API",
        "DagModel": "the metadata database is out of reach here; use the REST API",
        "DagTag": "the metadata database is out of reach here; use the REST API",
    },
)

__all__ = ["DAG", "dag"]
