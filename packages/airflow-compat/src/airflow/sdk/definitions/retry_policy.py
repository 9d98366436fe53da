"""Airflow's `airflow.sdk.definitions.retry_policy`.  Written by tools/build_compat.py."""

from tradewind.authoring.retry_policy import ExceptionRetryPolicy as ExceptionRetryPolicy
from tradewind.authoring.retry_policy import RetryAction as RetryAction
from tradewind.authoring.retry_policy import RetryDecision as RetryDecision
from tradewind.authoring.retry_policy import RetryPolicy as RetryPolicy
from tradewind.authoring.retry_policy import RetryRule as RetryRule

__all__ = ["ExceptionRetryPolicy", "RetryAction", "RetryDecision", "RetryPolicy", "RetryRule"]
