"""Airflow's `airflow.providers.standard.operators.trigger_dagrun`.  Written by tools/build_compat.py."""

from tradewind.authoring.operators.trigger_dagrun import XCOM_LOGICAL_DATE_ISO as XCOM_LOGICAL_DATE_ISO
from tradewind.authoring.operators.trigger_dagrun import XCOM_RUN_ID as XCOM_RUN_ID
from tradewind.authoring.operators.trigger_dagrun import TriggerDagRunLink as TriggerDagRunLink
from tradewind.authoring.operators.trigger_dagrun import TriggerDagRunOperator as TriggerDagRunOperator
from tradewind.errors import DagIsPaused as DagIsPaused

__all__ = ["XCOM_LOGICAL_DATE_ISO", "XCOM_RUN_ID", "DagIsPaused", "TriggerDagRunLink", "TriggerDagRunOperator"]
