"""Airflow's `airflow.sdk.definitions.timetables.assets`.  Written by tools/build_compat.py."""

from tradewind.authoring.asset_schedules import PartitionedAssetTimetable as PartitionedAssetTimetable
from tradewind.authoring.asset_schedules import PartitionedAtRuntime as PartitionedAtRuntime
from tradewind.authoring.schedules import AssetOrTimeSchedule as AssetOrTimeSchedule
from tradewind.authoring.schedules import AssetTriggeredTimetable as AssetTriggeredTimetable

__all__ = ["AssetOrTimeSchedule", "AssetTriggeredTimetable", "PartitionedAssetTimetable", "PartitionedAtRuntime"]
