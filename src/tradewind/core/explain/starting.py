"""Why a queued run does not start.  Used for runs and for their tasks."""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.core import runs
from tradewind.core.explain.facts import MOST_HOLDERS, ActiveRun, Condition, DagFacts, EngineFacts, Holder
from tradewind.core.view import RunView
from tradewind.spec.states import DagRunState, DagRunType


def queued_run(view: RunView, facts: DagFacts, engine: EngineFacts) -> list[Condition]:
    """All that keeps a queued run from starting."""
    running = [other for other in facts.active if other.state is DagRunState.RUNNING]
    counting = [other for other in running if other.run_type is not DagRunType.BACKFILL]
    found = []
    limit = facts.spec.max_active_runs
    texts = runs.start_conditions(view, len(counting), limit, facts.paused, now=engine.now)
    for word, text in texts.items():
        if word == "paused":
            found.append(Condition("dag_paused", text, fix=f"tradewind dags unpause {view.dag_id}"))
        elif word == "run_after":
            found.append(Condition("run_after", text, until=view.run_after))
        elif word != "max_active_runs":
            found.append(Condition(word, text))
        else:
            found.append(Condition(word, text, *run_holders(view.dag_id, counting)))
    return found + engine.missing("scheduler", "start")


def run_holders(dag_id: str, active: Iterable[ActiveRun]) -> tuple[tuple[Holder, ...], int]:
    """The runs of a DAG that hold its places, longest first, and how many they are."""
    holders = [Holder(dag_id, run.run_id, run.state.value, since=run.since) for run in active]
    holders.sort(key=lambda holder: (holder.since is None, str(holder.since)))
    return tuple(holders[:MOST_HOLDERS]), len(holders)
