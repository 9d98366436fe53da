"""Airflow's `airflow.providers.standard.operators.hitl`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.hitl import ApprovalOperator as ApprovalOperator
from tradewind.authoring.operators.hitl import HITLBranchOperator as HITLBranchOperator
from tradewind.authoring.operators.hitl import HITLEntryOperator as HITLEntryOperator
from tradewind.authoring.operators.hitl import HITLOperator as HITLOperator
from tradewind.authoring.operators.hitl import HITLUser as HITLUser
from tradewind.errors import HITLRejectException as HITLRejectException
from tradewind.errors import HITLTimeoutError as HITLTimeoutError
from tradewind.errors import HITLTriggerEventError as HITLTriggerEventError

__all__ = [
    "ApprovalOperator",
    "HITLBranchOperator",
    "HITLEntryOperator",
    "HITLOperator",
    "HITLRejectException",
    "HITLTimeoutError",
    "HITLTriggerEventError",
    "HITLUser",
]
