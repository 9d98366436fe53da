"""Airflow's `airflow.partition_mappers.temporal`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import FanOutMapper as FanOutMapper
from tradewind.authoring.partitions import StartOfDayMapper as StartOfDayMapper
from tradewind.authoring.partitions import StartOfHourMapper as StartOfHourMapper
from tradewind.authoring.partitions import StartOfMonthMapper as StartOfMonthMapper
from tradewind.authoring.partitions import StartOfQuarterMapper as StartOfQuarterMapper
from tradewind.authoring.partitions import StartOfWeekMapper as StartOfWeekMapper
from tradewind.authoring.partitions import StartOfYearMapper as StartOfYearMapper

__all__ = [
    "FanOutMapper",
    "StartOfDayMapper",
    "StartOfHourMapper",
    "StartOfMonthMapper",
    "StartOfQuarterMapper",
    "StartOfWeekMapper",
    "StartOfYearMapper",
]
