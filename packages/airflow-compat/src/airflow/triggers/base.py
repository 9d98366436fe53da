"""Airflow's `airflow.triggers.base`.  Written by tools/build_compat.py."""

from airflow._package import later

__getattr__ = later(
    __name__,
    {
        "BaseEventTrigger": "it needs deferrable operators, which this version lacks",
        "BaseTrigger": "it needs deferrable operators, which this version lacks",
        "TriggerEvent": "it needs deferrable operators, which this version lacks",
    },
)
