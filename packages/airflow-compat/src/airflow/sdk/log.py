"""Airflow's `airflow.sdk.log`.  Written by tools/build_compat.py."""

from tradewind.runtime.masking import mask_secret as mask_secret
from tradewind.runtime.masking import redact as redact

__all__ = ["mask_secret", "redact"]
