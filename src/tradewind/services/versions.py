"""DAG versions in the form in which decisions need them.  Used by `services.runbook` and `services.calendar`."""

from __future__ import annotations

from collections import OrderedDict

from tradewind.core.graph import Graph
from tradewind.spec.dag import DagSpec


class Versions:
    """Indexed DAGs by version id; the least recently used goes first."""

    def __init__(self, size: int = 1024) -> None:
        self._size = size
        self._graphs: OrderedDict[int, Graph] = OrderedDict()

    def graph(self, version_id: int, spec: DagSpec) -> Graph:
        """The indexed form of a DAG version, shared by its runs."""
        graph = self._graphs.get(version_id)
        if graph is None:
            graph = self._graphs[version_id] = Graph(spec)
            if len(self._graphs) > self._size:
                self._graphs.popitem(last=False)
        else:
            self._graphs.move_to_end(version_id)
        return graph
