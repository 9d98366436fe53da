"""Airflow's `airflow.sdk`.  Written by tools/build_compat.py."""

from typing import TYPE_CHECKING

from airflow._package import lazy

if TYPE_CHECKING:
    from tradewind.authoring import macros as macros
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
    from tradewind.authoring.conf import conf as conf
    from tradewind.authoring.connection import Connection as Connection
    from tradewind.authoring.context import Context as Context
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
    from tradewind.authoring.decorators import setup as setup
    from tradewind.authoring.decorators import task as task
    from tradewind.authoring.decorators import task_group as task_group
    from tradewind.authoring.decorators import teardown as teardown
    from tradewind.authoring.edges import EdgeModifier as EdgeModifier
    from tradewind.authoring.edges import Label as Label
    from tradewind.authoring.edges import chain as chain
    from tradewind.authoring.edges import chain_linear as chain_linear
    from tradewind.authoring.edges import cross_downstream as cross_downstream
    from tradewind.authoring.hooks import BaseHook as BaseHook
    from tradewind.authoring.notifier import BaseNotifier as BaseNotifier
    from tradewind.authoring.notifier import BaseOperatorLink as BaseOperatorLink
    from tradewind.authoring.object_storage import ObjectStoragePath as ObjectStoragePath
    from tradewind.authoring.operator import BaseOperator as BaseOperator
    from tradewind.authoring.operators.asynchronous import BaseAsyncOperator as BaseAsyncOperator
    from tradewind.authoring.operators.branch import BaseBranchOperator as BaseBranchOperator
    from tradewind.authoring.operators.branch import BranchMixIn as BranchMixIn
    from tradewind.authoring.operators.branch import SkipMixin as SkipMixin
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
    from tradewind.authoring.state import NEVER_EXPIRE as NEVER_EXPIRE
    from tradewind.authoring.state import ResumableJobMixin as ResumableJobMixin
    from tradewind.authoring.taskgroup import TaskGroup as TaskGroup
    from tradewind.authoring.templates import literal as literal
    from tradewind.authoring.variable import Variable as Variable
    from tradewind.authoring.xcom import BaseXCom as BaseXCom
    from tradewind.authoring.xcom_arg import XComArg as XComArg
    from tradewind.runtime.task_instance import RuntimeTaskInstance as TaskInstance
    from tradewind.spec.states import DagRunState as DagRunState
    from tradewind.spec.states import TaskInstanceState as TaskInstanceState
    from tradewind.spec.states import TriggerRule as TriggerRule
    from tradewind.spec.states import WeightRule as WeightRule

__getattr__, __dir__ = lazy(
    __name__,
    {
        "AllowedKeyMapper": "tradewind.authoring.partitions:AllowedKeyMapper",
        "Asset": "tradewind.authoring.assets:Asset",
        "AssetAccessControl": "tradewind.authoring.assets:AssetAccessControl",
        "AssetAlias": "tradewind.authoring.assets:AssetAlias",
        "AssetAll": "tradewind.authoring.assets:AssetAll",
        "AssetAny": "tradewind.authoring.assets:AssetAny",
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
        "DayWindow": "tradewind.authoring.partitions:DayWindow",
        "DeadlineAlert": "tradewind.authoring.deadlines:DeadlineAlert",
        "DeadlineReference": "tradewind.authoring.deadlines:DeadlineReference",
        "DeltaDataIntervalTimetable": "tradewind.authoring.schedules:DeltaDataIntervalTimetable",
        "DeltaTriggerTimetable": "tradewind.authoring.schedules:DeltaTriggerTimetable",
        "EdgeModifier": "tradewind.authoring.edges:EdgeModifier",
        "EventsTimetable": "tradewind.authoring.schedules:EventsTimetable",
        "ExceptionRetryPolicy": "tradewind.authoring.retry_policy:ExceptionRetryPolicy",
        "FanOutMapper": "tradewind.authoring.partitions:FanOutMapper",
        "FixedKeyMapper": "tradewind.authoring.partitions:FixedKeyMapper",
        "HourWindow": "tradewind.authoring.partitions:HourWindow",
        "IdentityMapper": "tradewind.authoring.partitions:IdentityMapper",
        "Label": "tradewind.authoring.edges:Label",
        "Metadata": "tradewind.authoring.assets:Metadata",
        "MinimumCount": "tradewind.authoring.partitions:MinimumCount",
        "MonthWindow": "tradewind.authoring.partitions:MonthWindow",
        "MultipleCronTriggerTimetable": "tradewind.authoring.schedules:MultipleCronTriggerTimetable",
        "NEVER_EXPIRE": "tradewind.authoring.state:NEVER_EXPIRE",
        "ObjectStoragePath": "tradewind.authoring.object_storage:ObjectStoragePath",
        "Param": "tradewind.authoring.params:Param",
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
        "SegmentWindow": "tradewind.authoring.partitions:SegmentWindow",
        "SkipMixin": "tradewind.authoring.operators.branch:SkipMixin",
        "StartOfDayMapper": "tradewind.authoring.partitions:StartOfDayMapper",
        "StartOfHourMapper": "tradewind.authoring.partitions:StartOfHourMapper",
        "StartOfMonthMapper": "tradewind.authoring.partitions:StartOfMonthMapper",
        "StartOfQuarterMapper": "tradewind.authoring.partitions:StartOfQuarterMapper",
        "StartOfWeekMapper": "tradewind.authoring.partitions:StartOfWeekMapper",
        "StartOfYearMapper": "tradewind.authoring.partitions:StartOfYearMapper",
        "SyncCallback": "tradewind.authoring.deadlines:SyncCallback",
        "TaskGroup": "tradewind.authoring.taskgroup:TaskGroup",
        "TaskInstance": "tradewind.runtime.task_instance:RuntimeTaskInstance",
        "TaskInstanceState": "tradewind.spec.states:TaskInstanceState",
        "TriggerRule": "tradewind.spec.states:TriggerRule",
        "Variable": "tradewind.authoring.variable:Variable",
        "WaitForAll": "tradewind.authoring.partitions:WaitForAll",
        "WeekWindow": "tradewind.authoring.partitions:WeekWindow",
        "WeightRule": "tradewind.spec.states:WeightRule",
        "Window": "tradewind.authoring.partitions:Window",
        "XComArg": "tradewind.authoring.xcom_arg:XComArg",
        "YearWindow": "tradewind.authoring.partitions:YearWindow",
        "asset": "tradewind.authoring.asset_decorator:asset",
        "chain": "tradewind.authoring.edges:chain",
        "chain_linear": "tradewind.authoring.edges:chain_linear",
        "conf": "tradewind.authoring.conf:conf",
        "cross_downstream": "tradewind.authoring.edges:cross_downstream",
        "dag": "tradewind.authoring.dag:dag",
        "deadline_reference": "tradewind.authoring.deadlines:deadline_reference",
        "get_current_context": "tradewind.authoring.context:get_current_context",
        "get_parsing_context": "tradewind.authoring.context:get_parsing_context",
        "literal": "tradewind.authoring.templates:literal",
        "macros": "tradewind.authoring.macros",
        "setup": "tradewind.authoring.decorators:setup",
        "task": "tradewind.authoring.decorators:task",
        "task_group": "tradewind.authoring.decorators:task_group",
        "teardown": "tradewind.authoring.decorators:teardown",
    },
    {
        "SecretCache": "it belongs to the inside of Airflow",
        "result": "it needs results of DAG runs, which this version lacks",
    },
)

__all__ = [
    "DAG",
    "NEVER_EXPIRE",
    "AllowedKeyMapper",
    "Asset",
    "AssetAccessControl",
    "AssetAlias",
    "AssetAll",
    "AssetAny",
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
    "DayWindow",
    "DeadlineAlert",
    "DeadlineReference",
    "DeltaDataIntervalTimetable",
    "DeltaTriggerTimetable",
    "EdgeModifier",
    "EventsTimetable",
    "ExceptionRetryPolicy",
    "FanOutMapper",
    "FixedKeyMapper",
    "HourWindow",
    "IdentityMapper",
    "Label",
    "Metadata",
    "MinimumCount",
    "MonthWindow",
    "MultipleCronTriggerTimetable",
    "ObjectStoragePath",
    "Param",
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
    "SyncCallback",
    "TaskGroup",
    "TaskInstance",
    "TaskInstanceState",
    "TriggerRule",
    "Variable",
    "WaitForAll",
    "WeekWindow",
    "WeightRule",
    "Window",
    "XComArg",
    "YearWindow",
    "asset",
    "chain",
    "chain_linear",
    "conf",
    "cross_downstream",
    "dag",
    "deadline_reference",
    "get_current_context",
    "get_parsing_context",
    "literal",
    "macros",
    "setup",
    "task",
    "task_group",
    "teardown",
]
