"""Airflow's `airflow.models`.  Written by tools/build_compat.py."""

from typing import TYPE_CHECKING

from airflow._package import lazy

if TYPE_CHECKING:
    from tradewind.authoring.connection import Connection as Connection
    from tradewind.authoring.dag import DAG as DAG
    from tradewind.authoring.mapped import MappedOperator as MappedOperator
    from tradewind.authoring.notifier import BaseOperatorLink as BaseOperatorLink
    from tradewind.authoring.operator import BaseOperator as BaseOperator
    from tradewind.authoring.operators.branch import SkipMixin as SkipMixin
    from tradewind.authoring.params import Param as Param
    from tradewind.authoring.variable import Variable as Variable
    from tradewind.authoring.xcom import BaseXCom as XCom
    from tradewind.authoring.xcom_arg import XComArg as XComArg
    from tradewind.runtime.dag_run import RuntimeDagRun as DagRun
    from tradewind.runtime.task_instance import RuntimeTaskInstance as TaskInstance

__getattr__, __dir__ = lazy(
    __name__,
    {
        "BaseOperator": "tradewind.authoring.operator:BaseOperator",
        "BaseOperatorLink": "tradewind.authoring.notifier:BaseOperatorLink",
        "Connection": "tradewind.authoring.connection:Connection",
        "DAG": "tradewind.authoring.dag:DAG",
        "DagRun": "tradewind.runtime.dag_run:RuntimeDagRun",
        "MappedOperator": "tradewind.authoring.mapped:MappedOperator",
        "Param": "tradewind.authoring.params:Param",
        "SkipMixin": "tradewind.authoring.operators.branch:SkipMixin",
        "TaskInstance": "tradewind.runtime.task_instance:RuntimeTaskInstance",
        "Variable": "tradewind.authoring.variable:Variable",
        "XCom": "tradewind.authoring.xcom:BaseXCom",
        "XComArg": "tradewind.authoring.xcom_arg:XComArg",
    },
    {
        "DagBag": "the metadata database is out of reach here; use the REST API",
        "DagModel": "the metadata database is out of reach here; use the REST API",
        "DagPickle": "Airflow 3 removed it",
        "DagTag": "the metadata database is out of reach here; use the REST API",
        "DagWarning": "the metadata database is out of reach here; use the REST API",
        "Log": "the metadata database is out of reach here; use the REST API",
        "Operator": "use BaseOperator",
        "Pool": "the metadata database is out of reach here; use the REST API",
        "RenderedTaskInstanceFields": "the metadata database is out of reach here; use the REST API",
        "SlaMiss": "Airflow 3 removed it",
        "TaskFail": "Airflow 3 removed it",
        "TaskReschedule": "the metadata database is out of reach here; use the REST API",
        "Trigger": "the metadata database is out of reach here; use the REST API",
    },
)

__all__ = [
    "DAG",
    "BaseOperator",
    "BaseOperatorLink",
    "Connection",
    "DagRun",
    "MappedOperator",
    "Param",
    "SkipMixin",
    "TaskInstance",
    "Variable",
    "XCom",
    "XComArg",
]
