"""Airflow's `airflow.utils.log.file_task_handler`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "FileTaskHandler": "logs of tasks are written and served by Tradewind itself",
        "LogMetadata": "logs of tasks are written and served by Tradewind itself",
        "StructuredLogMessage": "logs of tasks are written and served by Tradewind itself",
    },
)
