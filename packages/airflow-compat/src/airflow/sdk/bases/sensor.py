"""Airflow's `airflow.sdk.bases.sensor`.  Written by tools/build_compat.py."""

from tradewind.authoring.sensors import BaseSensorOperator as BaseSensorOperator
from tradewind.authoring.sensors import PokeReturnValue as PokeReturnValue
from tradewind.authoring.sensors import poke_mode_only as poke_mode_only

__all__ = ["BaseSensorOperator", "PokeReturnValue", "poke_mode_only"]
