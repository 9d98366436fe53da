"""When a wait for runs or tasks of other DAGs is over.  Called by `authoring.external_state` for sensors that look
themselves, and by `services.subscriptions` for those that the leader resolves: one rule for both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tradewind.core.phrases import names, say
from tradewind.core.words import moment
from tradewind.spec.external import ExternalWait

Verdict = Literal["success", "failed", "skipped", "missing", "waiting"]
"""`missing`: something that had to exist does not."""
ANY_TASK = "*"
"""Members of task groups are not told apart; no task has this id."""


def verdict(wait: ExternalWait, answer: Mapping[str, Any]) -> Verdict:
    """What an answer to `wire.GetExternal` means: one failed or skipped is enough, all must be in an allowed state."""
    if wait.check_existence and (not answer["known"] or answer["missing"]):
        return "missing"
    runs = answer["runs"]
    if wait.form == "runs":
        ended = all(state is None or state in wait.allowed for state in run_states(wait, answer).values())
        return "success" if ended else "waiting"
    found: list[str | None] = []
    complete = len(runs) >= len(wait.dates) + len(wait.run_ids)
    for _, state, tasks in runs:
        if wait.whole:
            found.append(state)
            continue
        found += tasks.values()
        names = {name.partition("[")[0] for name in tasks}
        complete = complete and bool(names) and names >= set(wait.task_ids or ())
    if any(state in wait.failed for state in found):
        return "failed"
    if any(state in wait.skipped for state in found):
        return "skipped"
    return "success" if complete and found and all(state in wait.allowed for state in found) else "waiting"


def run_states(wait: ExternalWait, answer: Mapping[str, Any]) -> dict[str, str | None]:
    """The state of each run that is named by its id; a run that is gone has none."""
    states = {run_id: state for run_id, state, _ in answer["runs"]}
    return {run_id: states.get(run_id) for run_id in wait.run_ids}


def event(wait: ExternalWait, answer: Mapping[str, Any], trigger_class: str) -> object:
    """What a deferred task is told at the end of its wait: exactly what the trigger would have brought."""
    if wait.form == "states":
        return {"status": verdict(wait, answer)}
    arguments = {
        "dag_id": wait.dag_id,
        "states": list(wait.allowed),
        "run_ids": list(wait.run_ids),
        "execution_dates": list(wait.dates),
        "poll_interval": wait.poll_interval,
    }
    return (trigger_class, {**arguments, **run_states(wait, answer)})


def parts(wait: ExternalWait) -> tuple[str | None, ...]:
    """The tasks of a run whose changes may end the wait: their ids, `ANY_TASK`, or None for the run itself."""
    if wait.whole:
        return (None,)
    return (ANY_TASK,) if wait.task_ids is None else wait.task_ids


def describe(wait: ExternalWait) -> str:
    """What is waited for, in words: task `load` of sales in the run of 2024-08-06 00:00:00 UTC to end."""
    if wait.run_ids:
        runs = say("external.run", count=len(wait.run_ids), runs=names(wait.run_ids))
    else:
        runs = say("external.date", count=len(wait.dates), dates=names(map(moment, wait.dates), code=False))
    states = [*wait.allowed, *wait.failed, *wait.skipped]
    plain = all(state in ("success", "failed") for state in states)
    end = say("external.end") if plain else say("external.be", states=names(states))
    if wait.group_id is not None:
        return say("external.group", group=wait.group_id, dag=wait.dag_id, runs=runs, end=end)
    if wait.task_ids is None:
        return say("external.dag", runs=runs, dag=wait.dag_id, end=end)
    tasks = names(wait.task_ids)
    return say("external.task", count=len(wait.task_ids), tasks=tasks, dag=wait.dag_id, runs=runs, end=end)
