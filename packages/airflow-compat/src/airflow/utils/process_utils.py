"""Airflow's `airflow.utils.process_utils`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.processes import execute_in_subprocess as execute_in_subprocess
from tradewind.authoring.provider_tools.processes import (
    execute_in_subprocess_with_kwargs as execute_in_subprocess_with_kwargs,
)
from tradewind.authoring.provider_tools.processes import patch_environ as patch_environ

__all__ = ["execute_in_subprocess", "execute_in_subprocess_with_kwargs", "patch_environ"]
