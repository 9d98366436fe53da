"""Airflow's `airflow.template.templater`.  Written by tools/build_compat.py."""

from tradewind.authoring.templates import LiteralValue as LiteralValue
from tradewind.authoring.templates import Templater as Templater

__all__ = ["LiteralValue", "Templater"]
