"""What runs know of the run before them, for `depends_on_past` and `wait_for_downstream`.  Used by `services.runbook`.

A run reads the states of the previous one when it is loaded, and again after something changed there.
"""

from __future__ import annotations

from tradewind.core.view import RunView
from tradewind.ports.store import HistoryStore


class Past:
    """The runs with tasks that look at the previous run."""

    def __init__(self, history: HistoryStore) -> None:
        self._history = history
        self._watching: dict[str, dict[int, RunView]] = {}
        self._stale: dict[int, RunView] = {}
        """Runs whose previous run changed since they looked at it."""

    def enter(self, run: RunView) -> None:
        """A run was loaded: it looks at its past, if it cares."""
        if run.logical_date is not None and run.waits_for_past:
            self._watching.setdefault(run.dag_id, {})[run.pk] = run
            run.past = self._history.previous_states(run.dag_id, run.logical_date)

    def forget(self, run: RunView) -> None:
        """A run is over, or is read again."""
        self._stale.pop(run.pk, None)
        watching = self._watching.get(run.dag_id)
        if watching is not None:
            watching.pop(run.pk, None)
            if not watching:
                del self._watching[run.dag_id]

    def watched(self, dag_id: str) -> bool:
        """Whether a run of this DAG looks at the one before it."""
        return dag_id in self._watching

    def changed(self, run: RunView) -> None:
        """What the run after this one may look at changed: it looks again before it decides."""
        if run.logical_date is None:
            return
        later = [
            (other.logical_date, pk)
            for pk, other in self._watching.get(run.dag_id, {}).items()
            if other.logical_date is not None and other.logical_date > run.logical_date
        ]
        if later:
            pk = min(later)[1]
            self._stale[pk] = self._watching[run.dag_id][pk]

    @property
    def stale(self) -> bool:
        """Whether a run has to look again."""
        return bool(self._stale)

    def look(self) -> list[int]:
        """Let runs look again; those that were held and may go on now."""
        held = []
        for run_pk, run in sorted(self._stale.items()):
            assert run.logical_date is not None
            run.past = self._history.previous_states(run.dag_id, run.logical_date)
            if run.held_by_past:
                held.append(run_pk)
        self._stale.clear()
        return held
