"""Airflow's `airflow.sdk.bases.decorator`.  Written by tools/build_compat.py."""

from tradewind.authoring.callables import fitting_kwargs as determine_kwargs
from tradewind.authoring.callables import is_async_callable as is_async_callable
from tradewind.authoring.decorators import TaskFunction as TaskDecorator
from tradewind.authoring.decorators import get_unique_task_id as get_unique_task_id
from tradewind.authoring.decorators import task_decorator_factory as task_decorator_factory
from tradewind.authoring.mapped import DecoratedMappedOperator as DecoratedMappedOperator
from tradewind.authoring.operators.decorated import DecoratedOperator as DecoratedOperator

__all__ = [
    "DecoratedMappedOperator",
    "DecoratedOperator",
    "TaskDecorator",
    "determine_kwargs",
    "get_unique_task_id",
    "is_async_callable",
    "task_decorator_factory",
]
