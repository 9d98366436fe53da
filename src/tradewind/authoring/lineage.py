"""What hooks of provider packages report about the data they touch.

Airflow: `airflow.sdk.lineage`, `airflow.lineage.hook`.

Hooks call `get_hook_lineage_collector()` after each query and transfer.  Tradewind keeps none of it: outlets and
inlets say what a task writes and reads.  So the collector takes every report and holds nothing.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import Any

from tradewind.authoring.assets import Asset


@dataclass(frozen=True, slots=True)
class AssetLineageInfo:
    """An asset that a hook touched, how often, and for whom."""

    asset: Asset
    count: int
    context: Any


@dataclass(frozen=True, slots=True)
class HookLineage:
    """All that hooks have touched."""

    inputs: list[AssetLineageInfo] = field(default_factory=list)
    outputs: list[AssetLineageInfo] = field(default_factory=list)
    extra: list[Any] = field(default_factory=list)


class HookLineageCollector:
    """Takes what hooks report; `collected_assets` is always empty."""

    def __init__(self) -> None:
        self._extra: dict[str, Any] = {}  # providers look whether it is there

    def create_asset(self, **kwargs: Any) -> Asset | None:
        """None: there is no asset to report."""
        return None

    def add_input_asset(self, context: Any, **kwargs: Any) -> None:
        """A hook has read something."""

    def add_output_asset(self, context: Any, **kwargs: Any) -> None:
        """A hook has written something."""

    def add_extra(self, context: Any, key: str, value: Any) -> None:
        """A hook tells something else, such as a query."""

    @property
    def collected_assets(self) -> HookLineage:
        """What was kept: nothing."""
        return HookLineage()

    @property
    def has_collected(self) -> bool:
        """Whether there is anything: no."""
        return False


class NoOpCollector(HookLineageCollector):
    """The same (Airflow's name for it)."""


class HookLineageReader:
    """Base of the readers that plugins bring."""

    def __init__(self, **kwargs: Any) -> None:
        self.lineage_collector = get_hook_lineage_collector()

    def retrieve_hook_lineage(self) -> HookLineage:
        """What hooks have touched."""
        return self.lineage_collector.collected_assets


@functools.cache
def get_hook_lineage_collector() -> HookLineageCollector:
    """The collector of this process."""
    return NoOpCollector()
