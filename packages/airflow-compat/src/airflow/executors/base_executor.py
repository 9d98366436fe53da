"""Airflow's `airflow.executors.base_executor`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BaseExecutor": "tasks run on Tradewind's own workers",
        "ExecutorConf": "tasks run on Tradewind's own workers",
    },
)
