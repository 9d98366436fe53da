"""Airflow's `airflow.sensors.base`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.authoring.sensors import BaseSensorOperator as BaseSensorOperator
from tradewind.authoring.sensors import PokeReturnValue as PokeReturnValue

__getattr__ = later(
    __name__,
    {
        "poke_mode_only": "a helper of Airflow 2 that Tradewind does not have yet",
    },
)

__all__ = ["BaseSensorOperator", "PokeReturnValue"]
