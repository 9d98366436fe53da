"""Airflow's `airflow.providers.common.compat.sdk`.  Written by tools/build_compat.py."""

from typing import TYPE_CHECKING

from airflow._package import lazy

if TYPE_CHECKING:
    from tradewind.authoring import macros as macros
    from tradewind.authoring import timezone as timezone
    from tradewind.authoring.asset_decorator import asset as asset
    from tradewind.authoring.asset_schedules import PartitionedAssetTimetable as PartitionedAssetTimetable
    from tradewind.authoring.asset_schedules import PartitionedAtRuntime as PartitionedAtRuntime
    from tradewind.authoring.assets import Asset as Asset
    from tradewind.authoring.assets import AssetAccessControl as AssetAccessControl
    from tradewind.authoring.assets import AssetAlias as AssetAlias
    from tradewind.authoring.assets import AssetAll as AssetAll
    from tradewind.authoring.assets import AssetAny as AssetAny
    from tradewind.authoring.assets import AssetWatcher as AssetWatcher
    from tradewind.authoring.assets import Metadata as Metadata
    from tradewind.authoring.callables import fitting_kwargs as determine_kwargs
    from tradewind.authoring.conf import conf as conf
    from tradewind.authoring.connection import Connection as Connection
    from tradewind.authoring.context import AIRFLOW_VAR_NAME_FORMAT_MAPPING as AIRFLOW_VAR_NAME_FORMAT_MAPPING
    from tradewind.authoring.context import Context as Context
    from tradewind.authoring.context import context_merge as context_merge
    from tradewind.authoring.context import context_to_airflow_vars as context_to_airflow_vars
    from tradewind.authoring.context import get_current_context as get_current_context
    from tradewind.authoring.context import get_parsing_context as get_parsing_context
    from tradewind.authoring.dag import DAG as DAG
    from tradewind.authoring.dag import dag as dag
    from tradewind.authoring.deadlines import AsyncCallback as AsyncCallback
    from tradewind.authoring.deadlines import BaseDeadlineReference as BaseDeadlineReference
    from tradewind.authoring.deadlines import DeadlineAlert as DeadlineAlert
    from tradewind.authoring.deadlines import DeadlineReference as DeadlineReference
    from tradewind.authoring.deadlines import SyncCallback as SyncCallback
    from tradewind.authoring.deadlines import deadline_reference as deadline_reference
    from tradewind.authoring.decorators import TaskFunction as TaskDecorator
    from tradewind.authoring.decorators import get_unique_task_id as get_unique_task_id
    from tradewind.authoring.decorators import setup as setup
    from tradewind.authoring.decorators import task as task
    from tradewind.authoring.decorators import task_decorator_factory as task_decorator_factory
    from tradewind.authoring.decorators import task_group as task_group
    from tradewind.authoring.decorators import teardown as teardown
    from tradewind.authoring.edges import EdgeModifier as EdgeModifier
    from tradewind.authoring.edges import Label as Label
    from tradewind.authoring.edges import chain as chain
    from tradewind.authoring.edges import chain_linear as chain_linear
    from tradewind.authoring.edges import cross_downstream as cross_downstream
    from tradewind.authoring.hooks import BaseHook as BaseHook
    from tradewind.authoring.lineage import AssetLineageInfo as AssetLineageInfo
    from tradewind.authoring.lineage import HookLineage as HookLineage
    from tradewind.authoring.lineage import HookLineageCollector as HookLineageCollector
    from tradewind.authoring.lineage import HookLineageReader as HookLineageReader
    from tradewind.authoring.lineage import NoOpCollector as NoOpCollector
    from tradewind.authoring.lineage import get_hook_lineage_collector as get_hook_lineage_collector
    from tradewind.authoring.listeners import hookimpl as hookimpl
    from tradewind.authoring.mapped import DecoratedMappedOperator as DecoratedMappedOperator
    from tradewind.authoring.mapped import MappedOperator as MappedOperator
    from tradewind.authoring.notifier import BaseNotifier as BaseNotifier
    from tradewind.authoring.notifier import BaseOperatorLink as BaseOperatorLink
    from tradewind.authoring.notset import NOTSET as SET_DURING_EXECUTION
    from tradewind.authoring.object_storage import ObjectStoragePath as ObjectStoragePath
    from tradewind.authoring.operator import BaseOperator as BaseOperator
    from tradewind.authoring.operators.asynchronous import BaseAsyncOperator as BaseAsyncOperator
    from tradewind.authoring.operators.branch import BaseBranchOperator as BaseBranchOperator
    from tradewind.authoring.operators.branch import BranchMixIn as BranchMixIn
    from tradewind.authoring.operators.branch import SkipMixin as SkipMixin
    from tradewind.authoring.operators.decorated import DecoratedOperator as DecoratedOperator
    from tradewind.authoring.params import Param as Param
    from tradewind.authoring.params import ParamsDict as ParamsDict
    from tradewind.authoring.partitions import AllowedKeyMapper as AllowedKeyMapper
    from tradewind.authoring.partitions import ChainMapper as ChainMapper
    from tradewind.authoring.partitions import DayWindow as DayWindow
    from tradewind.authoring.partitions import FanOutMapper as FanOutMapper
    from tradewind.authoring.partitions import FixedKeyMapper as FixedKeyMapper
    from tradewind.authoring.partitions import HourWindow as HourWindow
    from tradewind.authoring.partitions import IdentityMapper as IdentityMapper
    from tradewind.authoring.partitions import MinimumCount as MinimumCount
    from tradewind.authoring.partitions import MonthWindow as MonthWindow
    from tradewind.authoring.partitions import PartitionMapper as PartitionMapper
    from tradewind.authoring.partitions import ProductMapper as ProductMapper
    from tradewind.authoring.partitions import QuarterWindow as QuarterWindow
    from tradewind.authoring.partitions import RollupMapper as RollupMapper
    from tradewind.authoring.partitions import SegmentWindow as SegmentWindow
    from tradewind.authoring.partitions import StartOfDayMapper as StartOfDayMapper
    from tradewind.authoring.partitions import StartOfHourMapper as StartOfHourMapper
    from tradewind.authoring.partitions import StartOfMonthMapper as StartOfMonthMapper
    from tradewind.authoring.partitions import StartOfQuarterMapper as StartOfQuarterMapper
    from tradewind.authoring.partitions import StartOfWeekMapper as StartOfWeekMapper
    from tradewind.authoring.partitions import StartOfYearMapper as StartOfYearMapper
    from tradewind.authoring.partitions import WaitForAll as WaitForAll
    from tradewind.authoring.partitions import WeekWindow as WeekWindow
    from tradewind.authoring.partitions import Window as Window
    from tradewind.authoring.partitions import YearWindow as YearWindow
    from tradewind.authoring.plugins import AirflowPlugin as AirflowPlugin
    from tradewind.authoring.provider_tools.stats import Stats as Stats
    from tradewind.authoring.provider_tools.time_limit import timeout as timeout
    from tradewind.authoring.retry_policy import ExceptionRetryPolicy as ExceptionRetryPolicy
    from tradewind.authoring.retry_policy import RetryAction as RetryAction
    from tradewind.authoring.retry_policy import RetryDecision as RetryDecision
    from tradewind.authoring.retry_policy import RetryPolicy as RetryPolicy
    from tradewind.authoring.retry_policy import RetryRule as RetryRule
    from tradewind.authoring.schedules import AssetOrTimeSchedule as AssetOrTimeSchedule
    from tradewind.authoring.schedules import CronDataIntervalTimetable as CronDataIntervalTimetable
    from tradewind.authoring.schedules import CronPartitionTimetable as CronPartitionTimetable
    from tradewind.authoring.schedules import CronTriggerTimetable as CronTriggerTimetable
    from tradewind.authoring.schedules import DeltaDataIntervalTimetable as DeltaDataIntervalTimetable
    from tradewind.authoring.schedules import DeltaTriggerTimetable as DeltaTriggerTimetable
    from tradewind.authoring.schedules import EventsTimetable as EventsTimetable
    from tradewind.authoring.schedules import MultipleCronTriggerTimetable as MultipleCronTriggerTimetable
    from tradewind.authoring.sensors import BaseSensorOperator as BaseSensorOperator
    from tradewind.authoring.sensors import PokeReturnValue as PokeReturnValue
    from tradewind.authoring.sensors import poke_mode_only as poke_mode_only
    from tradewind.authoring.state import NEVER_EXPIRE as NEVER_EXPIRE
    from tradewind.authoring.state import ResumableJobMixin as ResumableJobMixin
    from tradewind.authoring.taskgroup import TaskGroup as TaskGroup
    from tradewind.authoring.templates import literal as literal
    from tradewind.authoring.variable import Variable as Variable
    from tradewind.authoring.xcom import BaseXCom as BaseXCom
    from tradewind.authoring.xcom import BaseXCom as XCom
    from tradewind.authoring.xcom_arg import XComArg as XComArg
    from tradewind.errors import AirflowConfigException as AirflowConfigException
    from tradewind.errors import AirflowException as AirflowException
    from tradewind.errors import AirflowFailException as AirflowFailException
    from tradewind.errors import AirflowNotFoundException as AirflowNotFoundException
    from tradewind.errors import AirflowOptionalProviderFeatureException as AirflowOptionalProviderFeatureException
    from tradewind.errors import AirflowSensorTimeout as AirflowSensorTimeout
    from tradewind.errors import AirflowSkipException as AirflowSkipException
    from tradewind.errors import AirflowTaskTimeout as AirflowTaskTimeout
    from tradewind.errors import DagRunTriggerException as DagRunTriggerException
    from tradewind.errors import DownstreamTasksSkipped as DownstreamTasksSkipped
    from tradewind.errors import ParamValidationError as ParamValidationError
    from tradewind.errors import TaskDeferred as TaskDeferred
    from tradewind.errors import XComNotFound as XComNotFound
    from tradewind.runtime.masking import mask_secret as mask_secret
    from tradewind.runtime.masking import redact as redact
    from tradewind.runtime.task_instance import RuntimeTaskInstance as TaskInstance
    from tradewind.runtime.task_instance import TaskInstanceKey as TaskInstanceKey
    from tradewind.spec.ids import XCOM_RETURN_KEY as XCOM_RETURN_KEY
    from tradewind.spec.states import DagRunState as DagRunState
    from tradewind.spec.states import TaskInstanceState as TaskInstanceState
    from tradewind.spec.states import TriggerRule as TriggerRule
    from tradewind.spec.states import WeightRule as WeightRule

__getattr__, __dir__ = lazy(
    __name__,
    {
        "AIRFLOW_VAR_NAME_FORMAT_MAPPING": "tradewind.authoring.context:AIRFLOW_VAR_NAME_FORMAT_MAPPING",
        "AirflowConfigException": "tradewind.errors:AirflowConfigException",
        "AirflowException": "tradewind.errors:AirflowException",
        "AirflowFailException": "tradewind.errors:AirflowFailException",
        "AirflowNotFoundException": "tradewind.errors:AirflowNotFoundException",
        "AirflowOptionalProviderFeatureException": "tradewind.errors:AirflowOptionalProviderFeatureException",
        "AirflowPlugin": "tradewind.authoring.plugins:AirflowPlugin",
        "AirflowSensorTimeout": "tradewind.errors:AirflowSensorTimeout",
        "AirflowSkipException": "tradewind.errors:AirflowSkipException",
        "AirflowTaskTimeout": "tradewind.errors:AirflowTaskTimeout",
        "AllowedKeyMapper": "tradewind.authoring.partitions:AllowedKeyMapper",
        "Asset": "tradewind.authoring.assets:Asset",
        "AssetAccessControl": "tradewind.authoring.assets:AssetAccessControl",
        "AssetAlias": "tradewind.authoring.assets:AssetAlias",
        "AssetAll": "tradewind.authoring.assets:AssetAll",
        "AssetAny": "tradewind.authoring.assets:AssetAny",
        "AssetLineageInfo": "tradewind.authoring.lineage:AssetLineageInfo",
        "AssetOrTimeSchedule": "tradewind.authoring.schedules:AssetOrTimeSchedule",
        "AssetWatcher": "tradewind.authoring.assets:AssetWatcher",
        "AsyncCallback": "tradewind.authoring.deadlines:AsyncCallback",
        "BaseAsyncOperator": "tradewind.authoring.operators.asynchronous:BaseAsyncOperator",
        "BaseBranchOperator": "tradewind.authoring.operators.branch:BaseBranchOperator",
        "BaseDeadlineReference": "tradewind.authoring.deadlines:BaseDeadlineReference",
        "BaseHook": "tradewind.authoring.hooks:BaseHook",
        "BaseNotifier": "tradewind.authoring.notifier:BaseNotifier",
        "BaseOperator": "tradewind.authoring.operator:BaseOperator",
        "BaseOperatorLink": "tradewind.authoring.notifier:BaseOperatorLink",
        "BaseSensorOperator": "tradewind.authoring.sensors:BaseSensorOperator",
        "BaseXCom": "tradewind.authoring.xcom:BaseXCom",
        "BranchMixIn": "tradewind.authoring.operators.branch:BranchMixIn",
        "ChainMapper": "tradewind.authoring.partitions:ChainMapper",
        "Connection": "tradewind.authoring.connection:Connection",
        "Context": "tradewind.authoring.context:Context",
        "CronDataIntervalTimetable": "tradewind.authoring.schedules:CronDataIntervalTimetable",
        "CronPartitionTimetable": "tradewind.authoring.schedules:CronPartitionTimetable",
        "CronTriggerTimetable": "tradewind.authoring.schedules:CronTriggerTimetable",
        "DAG": "tradewind.authoring.dag:DAG",
        "DagRunState": "tradewind.spec.states:DagRunState",
        "DagRunTriggerException": "tradewind.errors:DagRunTriggerException",
        "DayWindow": "tradewind.authoring.partitions:DayWindow",
        "DeadlineAlert": "tradewind.authoring.deadlines:DeadlineAlert",
        "DeadlineReference": "tradewind.authoring.deadlines:DeadlineReference",
        "DecoratedMappedOperator": "tradewind.authoring.mapped:DecoratedMappedOperator",
        "DecoratedOperator": "tradewind.authoring.operators.decorated:DecoratedOperator",
        "DeltaDataIntervalTimetable": "tradewind.authoring.schedules:DeltaDataIntervalTimetable",
        "DeltaTriggerTimetable": "tradewind.authoring.schedules:DeltaTriggerTimetable",
        "DownstreamTasksSkipped": "tradewind.errors:DownstreamTasksSkipped",
        "EdgeModifier": "tradewind.authoring.edges:EdgeModifier",
        "EventsTimetable": "tradewind.authoring.schedules:EventsTimetable",
        "ExceptionRetryPolicy": "tradewind.authoring.retry_policy:ExceptionRetryPolicy",
        "FanOutMapper": "tradewind.authoring.partitions:FanOutMapper",
        "FixedKeyMapper": "tradewind.authoring.partitions:FixedKeyMapper",
        "HookLineage": "tradewind.authoring.lineage:HookLineage",
        "HookLineageCollector": "tradewind.authoring.lineage:HookLineageCollector",
        "HookLineageReader": "tradewind.authoring.lineage:HookLineageReader",
        "HourWindow": "tradewind.authoring.partitions:HourWindow",
        "IdentityMapper": "tradewind.authoring.partitions:IdentityMapper",
        "Label": "tradewind.authoring.edges:Label",
        "MappedOperator": "tradewind.authoring.mapped:MappedOperator",
        "Metadata": "tradewind.authoring.assets:Metadata",
        "MinimumCount": "tradewind.authoring.partitions:MinimumCount",
        "MonthWindow": "tradewind.authoring.partitions:MonthWindow",
        "MultipleCronTriggerTimetable": "tradewind.authoring.schedules:MultipleCronTriggerTimetable",
        "NEVER_EXPIRE": "tradewind.authoring.state:NEVER_EXPIRE",
        "NoOpCollector": "tradewind.authoring.lineage:NoOpCollector",
        "ObjectStoragePath": "tradewind.authoring.object_storage:ObjectStoragePath",
        "Param": "tradewind.authoring.params:Param",
        "ParamValidationError": "tradewind.errors:ParamValidationError",
        "ParamsDict": "tradewind.authoring.params:ParamsDict",
        "PartitionMapper": "tradewind.authoring.partitions:PartitionMapper",
        "PartitionedAssetTimetable": "tradewind.authoring.asset_schedules:PartitionedAssetTimetable",
        "PartitionedAtRuntime": "tradewind.authoring.asset_schedules:PartitionedAtRuntime",
        "PokeReturnValue": "tradewind.authoring.sensors:PokeReturnValue",
        "ProductMapper": "tradewind.authoring.partitions:ProductMapper",
        "QuarterWindow": "tradewind.authoring.partitions:QuarterWindow",
        "ResumableJobMixin": "tradewind.authoring.state:ResumableJobMixin",
        "RetryAction": "tradewind.authoring.retry_policy:RetryAction",
        "RetryDecision": "tradewind.authoring.retry_policy:RetryDecision",
        "RetryPolicy": "tradewind.authoring.retry_policy:RetryPolicy",
        "RetryRule": "tradewind.authoring.retry_policy:RetryRule",
        "RollupMapper": "tradewind.authoring.partitions:RollupMapper",
        "SET_DURING_EXECUTION": "tradewind.authoring.notset:NOTSET",
        "SegmentWindow": "tradewind.authoring.partitions:SegmentWindow",
        "SkipMixin": "tradewind.authoring.operators.branch:SkipMixin",
        "StartOfDayMapper": "tradewind.authoring.partitions:StartOfDayMapper",
        "StartOfHourMapper": "tradewind.authoring.partitions:StartOfHourMapper",
        "StartOfMonthMapper": "tradewind.authoring.partitions:StartOfMonthMapper",
        "StartOfQuarterMapper": "tradewind.authoring.partitions:StartOfQuarterMapper",
        "StartOfWeekMapper": "tradewind.authoring.partitions:StartOfWeekMapper",
        "StartOfYearMapper": "tradewind.authoring.partitions:StartOfYearMapper",
        "Stats": "tradewind.authoring.provider_tools.stats:Stats",
        "SyncCallback": "tradewind.authoring.deadlines:SyncCallback",
        "TaskDecorator": "tradewind.authoring.decorators:TaskFunction",
        "TaskDeferred": "tradewind.errors:TaskDeferred",
        "TaskGroup": "tradewind.authoring.taskgroup:TaskGroup",
        "TaskInstance": "tradewind.runtime.task_instance:RuntimeTaskInstance",
        "TaskInstanceKey": "tradewind.runtime.task_instance:TaskInstanceKey",
        "TaskInstanceState": "tradewind.spec.states:TaskInstanceState",
        "TriggerRule": "tradewind.spec.states:TriggerRule",
        "Variable": "tradewind.authoring.variable:Variable",
        "WaitForAll": "tradewind.authoring.partitions:WaitForAll",
        "WeekWindow": "tradewind.authoring.partitions:WeekWindow",
        "WeightRule": "tradewind.spec.states:WeightRule",
        "Window": "tradewind.authoring.partitions:Window",
        "XCOM_RETURN_KEY": "tradewind.spec.ids:XCOM_RETURN_KEY",
        "XCom": "tradewind.authoring.xcom:BaseXCom",
        "XComArg": "tradewind.authoring.xcom_arg:XComArg",
        "XComNotFound": "tradewind.errors:XComNotFound",
        "YearWindow": "tradewind.authoring.partitions:YearWindow",
        "asset": "tradewind.authoring.asset_decorator:asset",
        "chain": "tradewind.authoring.edges:chain",
        "chain_linear": "tradewind.authoring.edges:chain_linear",
        "conf": "tradewind.authoring.conf:conf",
        "context_merge": "tradewind.authoring.context:context_merge",
        "context_to_airflow_vars": "tradewind.authoring.context:context_to_airflow_vars",
        "cross_downstream": "tradewind.authoring.edges:cross_downstream",
        "dag": "tradewind.authoring.dag:dag",
        "deadline_reference": "tradewind.authoring.deadlines:deadline_reference",
        "determine_kwargs": "tradewind.authoring.callables:fitting_kwargs",
        "get_current_context": "tradewind.authoring.context:get_current_context",
        "get_hook_lineage_collector": "tradewind.authoring.lineage:get_hook_lineage_collector",
        "get_parsing_context": "tradewind.authoring.context:get_parsing_context",
        "get_unique_task_id": "tradewind.authoring.decorators:get_unique_task_id",
        "hookimpl": "tradewind.authoring.listeners:hookimpl",
        "literal": "tradewind.authoring.templates:literal",
        "macros": "tradewind.authoring.macros",
        "mask_secret": "tradewind.runtime.masking:mask_secret",
        "poke_mode_only": "tradewind.authoring.sensors:poke_mode_only",
        "redact": "tradewind.runtime.masking:redact",
        "setup": "tradewind.authoring.decorators:setup",
        "task": "tradewind.authoring.decorators:task",
        "task_decorator_factory": "tradewind.authoring.decorators:task_decorator_factory",
        "task_group": "tradewind.authoring.decorators:task_group",
        "teardown": "tradewind.authoring.decorators:teardown",
        "timeout": "tradewind.authoring.provider_tools.time_limit:timeout",
        "timezone": "tradewind.authoring.timezone",
    },
)

__all__ = [
    "AIRFLOW_VAR_NAME_FORMAT_MAPPING",
    "DAG",
    "NEVER_EXPIRE",
    "SET_DURING_EXECUTION",
    "XCOM_RETURN_KEY",
    "AirflowConfigException",
    "AirflowException",
    "AirflowFailException",
    "AirflowNotFoundException",
    "AirflowOptionalProviderFeatureException",
    "AirflowPlugin",
    "AirflowSensorTimeout",
    "AirflowSkipException",
    "AirflowTaskTimeout",
    "AllowedKeyMapper",
    "Asset",
    "AssetAccessControl",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
    "AssetLineageInfo",
    "AssetOrTimeSchedule",
    "AssetWatcher",
    "AsyncCallback",
    "BaseAsyncOperator",
    "BaseBranchOperator",
    "BaseDeadlineReference",
    "BaseHook",
    "BaseNotifier",
    "BaseOperator",
    "BaseOperatorLink",
    "BaseSensorOperator",
    "BaseXCom",
    "BranchMixIn",
    "ChainMapper",
    "Connection",
    "Context",
    "CronDataIntervalTimetable",
    "CronPartitionTimetable",
    "CronTriggerTimetable",
    "DagRunState",
    "DagRunTriggerException",
    "DayWindow",
    "DeadlineAlert",
    "DeadlineReference",
    "DecoratedMappedOperator",
    "DecoratedOperator",
    "DeltaDataIntervalTimetable",
    "DeltaTriggerTimetable",
    "DownstreamTasksSkipped",
    "EdgeModifier",
    "EventsTimetable",
    "ExceptionRetryPolicy",
    "FanOutMapper",
    "FixedKeyMapper",
    "HookLineage",
    "HookLineageCollector",
    "HookLineageReader",
    "HourWindow",
    "IdentityMapper",
    "Label",
    "MappedOperator",
    "Metadata",
    "MinimumCount",
    "MonthWindow",
    "MultipleCronTriggerTimetable",
    "NoOpCollector",
    "ObjectStoragePath",
    "Param",
    "ParamValidationError",
    "ParamsDict",
    "PartitionMapper",
    "PartitionedAssetTimetable",
    "PartitionedAtRuntime",
    "PokeReturnValue",
    "ProductMapper",
    "QuarterWindow",
    "ResumableJobMixin",
    "RetryAction",
    "RetryDecision",
    "RetryPolicy",
    "RetryRule",
    "RollupMapper",
    "SegmentWindow",
    "SkipMixin",
    "StartOfDayMapper",
    "StartOfHourMapper",
    "StartOfMonthMapper",
    "StartOfQuarterMapper",
    "StartOfWeekMapper",
    "StartOfYearMapper",
    "Stats",
    "SyncCallback",
    "TaskDecorator",
    "TaskDeferred",
    "TaskGroup",
    "TaskInstance",
    "TaskInstanceKey",
    "TaskInstanceState",
    "TriggerRule",
    "Variable",
    "WaitForAll",
    "WeekWindow",
    "WeightRule",
    "Window",
    "XCom",
    "XComArg",
    "XComNotFound",
    "YearWindow",
    "asset",
    "chain",
    "chain_linear",
    "conf",
    "context_merge",
    "context_to_airflow_vars",
    "cross_downstream",
    "dag",
    "deadline_reference",
    "determine_kwargs",
    "get_current_context",
    "get_hook_lineage_collector",
    "get_parsing_context",
    "get_unique_task_id",
    "hookimpl",
    "literal",
    "macros",
    "mask_secret",
    "poke_mode_only",
    "redact",
    "setup",
    "task",
    "task_decorator_factory",
    "task_group",
    "teardown",
    "timeout",
    "timezone",
]
