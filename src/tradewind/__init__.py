"""Tradewind's public face: what DAG files import, each name loaded at its first use.

`import tradewind` loads nothing else; a DAG file pays only for what it names.  The package `airflow` gives the same
objects Airflow's names.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from tradewind.authoring import macros as macros
    from tradewind.authoring.asset_decorator import asset as asset
    from tradewind.authoring.assets import Asset as Asset
    from tradewind.authoring.assets import AssetAlias as AssetAlias
    from tradewind.authoring.assets import AssetAll as AssetAll
    from tradewind.authoring.assets import AssetAny as AssetAny
    from tradewind.authoring.assets import AssetWatcher as AssetWatcher
    from tradewind.authoring.assets import Dataset as Dataset
    from tradewind.authoring.assets import Metadata as Metadata
    from tradewind.authoring.connection import Connection as Connection
    from tradewind.authoring.context import Context as Context
    from tradewind.authoring.context import get_current_context as get_current_context
    from tradewind.authoring.context import get_parsing_context as get_parsing_context
    from tradewind.authoring.dag import DAG as DAG
    from tradewind.authoring.dag import dag as dag
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
    from tradewind.authoring.operator import BaseOperator as BaseOperator
    from tradewind.authoring.operators.bash import BashOperator as BashOperator
    from tradewind.authoring.operators.branch import BaseBranchOperator as BaseBranchOperator
    from tradewind.authoring.operators.empty import EmptyOperator as EmptyOperator
    from tradewind.authoring.operators.python import BranchPythonOperator as BranchPythonOperator
    from tradewind.authoring.operators.python import PythonOperator as PythonOperator
    from tradewind.authoring.operators.python import ShortCircuitOperator as ShortCircuitOperator
    from tradewind.authoring.params import Param as Param
    from tradewind.authoring.params import ParamsDict as ParamsDict
    from tradewind.authoring.s3 import S3Hook as S3Hook
    from tradewind.authoring.schedules import AssetOrTimeSchedule as AssetOrTimeSchedule
    from tradewind.authoring.schedules import CronDataIntervalTimetable as CronDataIntervalTimetable
    from tradewind.authoring.schedules import CronTriggerTimetable as CronTriggerTimetable
    from tradewind.authoring.schedules import DeltaDataIntervalTimetable as DeltaDataIntervalTimetable
    from tradewind.authoring.schedules import DeltaTriggerTimetable as DeltaTriggerTimetable
    from tradewind.authoring.schedules import EventsTimetable as EventsTimetable
    from tradewind.authoring.schedules import MultipleCronTriggerTimetable as MultipleCronTriggerTimetable
    from tradewind.authoring.sensors import BaseSensorOperator as BaseSensorOperator
    from tradewind.authoring.sensors import PokeReturnValue as PokeReturnValue
    from tradewind.authoring.sensors import PythonSensor as PythonSensor
    from tradewind.authoring.sql import SqlHook as SqlHook
    from tradewind.authoring.taskgroup import TaskGroup as TaskGroup
    from tradewind.authoring.templates import literal as literal
    from tradewind.authoring.variable import Variable as Variable
    from tradewind.authoring.xcom_arg import XComArg as XComArg
    from tradewind.spec.states import DagRunState as DagRunState
    from tradewind.spec.states import TaskInstanceState as TaskInstanceState
    from tradewind.spec.states import TriggerRule as TriggerRule
    from tradewind.spec.states import WeightRule as WeightRule

_HOMES: dict[str, tuple[str, ...]] = {
    "authoring.asset_decorator": ("asset",),
    "authoring.assets": ("Asset", "AssetAlias", "AssetAll", "AssetAny", "AssetWatcher", "Dataset", "Metadata"),
    "authoring.connection": ("Connection",),
    "authoring.context": ("Context", "get_current_context", "get_parsing_context"),
    "authoring.dag": ("DAG", "dag"),
    "authoring.decorators": ("setup", "task", "task_group", "teardown"),
    "authoring.edges": ("EdgeModifier", "Label", "chain", "chain_linear", "cross_downstream"),
    "authoring.hooks": ("BaseHook",),
    "authoring.notifier": ("BaseNotifier", "BaseOperatorLink"),
    "authoring.operator": ("BaseOperator",),
    "authoring.operators.bash": ("BashOperator",),
    "authoring.operators.branch": ("BaseBranchOperator",),
    "authoring.operators.empty": ("EmptyOperator",),
    "authoring.operators.python": ("BranchPythonOperator", "PythonOperator", "ShortCircuitOperator"),
    "authoring.params": ("Param", "ParamsDict"),
    "authoring.s3": ("S3Hook",),
    "authoring.schedules": (
        "AssetOrTimeSchedule",
        "CronDataIntervalTimetable",
        "CronTriggerTimetable",
        "DeltaDataIntervalTimetable",
        "DeltaTriggerTimetable",
        "EventsTimetable",
        "MultipleCronTriggerTimetable",
    ),
    "authoring.sensors": ("BaseSensorOperator", "PokeReturnValue", "PythonSensor"),
    "authoring.sql": ("SqlHook",),
    "authoring.taskgroup": ("TaskGroup",),
    "authoring.templates": ("literal",),
    "authoring.variable": ("Variable",),
    "authoring.xcom_arg": ("XComArg",),
    "spec.states": ("DagRunState", "TaskInstanceState", "TriggerRule", "WeightRule"),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "__version__",
    *sorted([*_HOME_OF, "macros"]),
]


def __getattr__(name: str) -> Any:
    """Load a public name (PEP 562)."""
    if name == "macros":
        value: Any = importlib.import_module("tradewind.authoring.macros")
    elif name in _HOME_OF:
        value = getattr(importlib.import_module(f"tradewind.{_HOME_OF[name]}"), name)
    else:
        raise AttributeError(f"module 'tradewind' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All public names."""
    return sorted({*globals(), *__all__})
