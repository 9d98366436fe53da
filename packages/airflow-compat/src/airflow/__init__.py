"""Airflow's `airflow`.  Written by tools/build_compat.py."""

from typing import TYPE_CHECKING

from airflow._package import lazy, search_path

if TYPE_CHECKING:
    from tradewind.authoring.assets import Asset as Asset
    from tradewind.authoring.assets import Dataset as Dataset
    from tradewind.authoring.dag import DAG as DAG
    from tradewind.authoring.xcom_arg import XComArg as XComArg
    from tradewind.errors import AirflowException as AirflowException

__path__ = search_path(__path__, __name__)

__version__ = "3.3.2+tradewind"

__getattr__, __dir__ = lazy(
    __name__,
    {
        "AirflowException": "tradewind.errors:AirflowException",
        "Asset": "tradewind.authoring.assets:Asset",
        "DAG": "tradewind.authoring.dag:DAG",
        "Dataset": "tradewind.authoring.assets:Dataset",
        "XComArg": "tradewind.authoring.xcom_arg:XComArg",
    },
)

__all__ = ["DAG", "AirflowException", "Asset", "Dataset", "XComArg", "__version__"]
