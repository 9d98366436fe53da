"""An operator that does nothing.  Airflow: `EmptyOperator` (once `DummyOperator`)."""

from __future__ import annotations

from typing import Any

from tradewind.authoring.operator import BaseOperator


class EmptyOperator(BaseOperator):
    """Joins or splits other tasks.  Without callbacks and outlets it takes no worker: see `TaskSpec.does_nothing`."""

    ui_color = "#e8f7e4"
    _is_empty = True

    def execute(self, context: Any) -> None:
        """Nothing."""


DummyOperator = EmptyOperator
