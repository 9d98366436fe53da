"""Airflow's `airflow.sdk.execution_time.secrets_masker`.  Written by tools/build_compat.py."""

from tradewind.runtime.masking import is_sensitive as should_hide_value_for_key
from tradewind.runtime.masking import mask_secret as mask_secret
from tradewind.runtime.masking import redact as redact

__all__ = ["mask_secret", "redact", "should_hide_value_for_key"]
