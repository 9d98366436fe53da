"""Airflow's `airflow.utils.platform`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.host import getuser as getuser
from tradewind.authoring.provider_tools.host import is_tty as is_tty

__all__ = ["getuser", "is_tty"]
