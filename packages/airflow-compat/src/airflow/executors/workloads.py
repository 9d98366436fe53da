"""Airflow's `airflow.executors.workloads`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "ExecuteCallback": "tasks run on Tradewind's own workers",
        "ExecuteTask": "tasks run on Tradewind's own workers",
    },
)
