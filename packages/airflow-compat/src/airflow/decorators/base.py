"""Airflow's `airflow.decorators.base`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "DecoratedMappedOperator": "it needs task decorators of providers, which this version lacks",
        "DecoratedOperator": "it needs task decorators of providers, which this version lacks",
        "TaskDecorator": "it needs task decorators of providers, which this version lacks",
        "get_unique_task_id": "it needs task decorators of providers, which this version lacks",
        "task_decorator_factory": "it needs task decorators of providers, which this version lacks",
    },
)
