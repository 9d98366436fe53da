"""Airflow's `airflow.secrets`.  Written by tools/build_compat.py."""

from tradewind.authoring.provider_tools.secrets_backend import BaseSecretsBackend as BaseSecretsBackend

__all__ = ["BaseSecretsBackend"]
