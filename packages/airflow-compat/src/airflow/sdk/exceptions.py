"""Airflow's `airflow.sdk.exceptions`.  Written by tools/build_compat.py."""

from airflow._package import later
from tradewind.errors import AirflowBadRequest as AirflowBadRequest
from tradewind.errors import AirflowConfigException as AirflowConfigException
from tradewind.errors import AirflowDagCycleException as AirflowDagCycleException
from tradewind.errors import AirflowDagInconsistent as AirflowDagInconsistent
from tradewind.errors import AirflowException as AirflowException
from tradewind.errors import AirflowFailException as AirflowFailException
from tradewind.errors import AirflowInternalRuntimeError as AirflowInternalRuntimeError
from tradewind.errors import AirflowNotFoundException as AirflowNotFoundException
from tradewind.errors import AirflowOptionalProviderFeatureException as AirflowOptionalProviderFeatureException
from tradewind.errors import AirflowRescheduleException as AirflowRescheduleException
from tradewind.errors import AirflowSensorTimeout as AirflowSensorTimeout
from tradewind.errors import AirflowSkipException as AirflowSkipException
from tradewind.errors import AirflowTaskTerminated as AirflowTaskTerminated
from tradewind.errors import AirflowTaskTimeout as AirflowTaskTimeout
from tradewind.errors import AirflowTimetableInvalid as AirflowTimetableInvalid
from tradewind.errors import DagNotFound as DagNotFound
from tradewind.errors import DagRunAlreadyExists as DagRunAlreadyExists
from tradewind.errors import DagRunNotFound as DagRunNotFound
from tradewind.errors import DagRunTriggerException as DagRunTriggerException
from tradewind.errors import DownstreamTasksSkipped as DownstreamTasksSkipped
from tradewind.errors import DuplicateTaskIdFound as DuplicateTaskIdFound
from tradewind.errors import ParamValidationError as ParamValidationError
from tradewind.errors import PoolNotFound as PoolNotFound
from tradewind.errors import TaskAlreadyInTaskGroup as TaskAlreadyInTaskGroup
from tradewind.errors import TaskAwaitingInput as TaskAwaitingInput
from tradewind.errors import TaskDeferralError as TaskDeferralError
from tradewind.errors import TaskDeferralTimeout as TaskDeferralTimeout
from tradewind.errors import TaskDeferred as TaskDeferred
from tradewind.errors import TaskInstanceNotFound as TaskInstanceNotFound
from tradewind.errors import TaskNotFound as TaskNotFound
from tradewind.errors import UnknownExecutorException as UnknownExecutorException
from tradewind.errors import UnmappableXComLengthPushed as UnmappableXComLengthPushed
from tradewind.errors import UnmappableXComTypePushed as UnmappableXComTypePushed
from tradewind.errors import XComForMappingNotPushed as XComForMappingNotPushed
from tradewind.errors import XComNotFound as XComNotFound

__getattr__ = later(
    __name__,
    {
        "AirflowClusterPolicyError": "it needs cluster policies, which this version lacks",
        "AirflowClusterPolicySkipDag": "it needs cluster policies, which this version lacks",
        "AirflowClusterPolicyViolation": "it needs cluster policies, which this version lacks",
    },
)

__all__ = [
    "AirflowBadRequest",
    "AirflowConfigException",
    "AirflowDagCycleException",
    "AirflowDagInconsistent",
    "AirflowException",
    "AirflowFailException",
    "AirflowInternalRuntimeError",
    "AirflowNotFoundException",
    "AirflowOptionalProviderFeatureException",
    "AirflowRescheduleException",
    "AirflowSensorTimeout",
    "AirflowSkipException",
    "AirflowTaskTerminated",
    "AirflowTaskTimeout",
    "AirflowTimetableInvalid",
    "DagNotFound",
    "DagRunAlreadyExists",
    "DagRunNotFound",
    "DagRunTriggerException",
    "DownstreamTasksSkipped",
    "DuplicateTaskIdFound",
    "ParamValidationError",
    "PoolNotFound",
    "TaskAlreadyInTaskGroup",
    "TaskAwaitingInput",
    "TaskDeferralError",
    "TaskDeferralTimeout",
    "TaskDeferred",
    "TaskInstanceNotFound",
    "TaskNotFound",
    "UnknownExecutorException",
    "UnmappableXComLengthPushed",
    "UnmappableXComTypePushed",
    "XComForMappingNotPushed",
    "XComNotFound",
]
