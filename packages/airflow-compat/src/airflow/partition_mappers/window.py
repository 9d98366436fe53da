"""Airflow's `airflow.partition_mappers.window`.  Written by tools/build_compat.py."""

from tradewind.authoring.partitions import DayWindow as DayWindow
from tradewind.authoring.partitions import HourWindow as HourWindow
from tradewind.authoring.partitions import MonthWindow as MonthWindow
from tradewind.authoring.partitions import QuarterWindow as QuarterWindow
from tradewind.authoring.partitions import SegmentWindow as SegmentWindow
from tradewind.authoring.partitions import WeekWindow as WeekWindow
from tradewind.authoring.partitions import Window as Window
from tradewind.authoring.partitions import YearWindow as YearWindow

__all__ = [
    "DayWindow",
    "HourWindow",
    "MonthWindow",
    "QuarterWindow",
    "SegmentWindow",
    "WeekWindow",
    "Window",
    "YearWindow",
]
