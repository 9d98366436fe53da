"""Explanations: why a DAG, a run or a task waits."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tradewind.core.explain.facts import Condition, Explanation, Holder
from tradewind.server.models.common import Answer
from tradewind.server.models.phrases import PhraseResponse, phrase_answer


class HolderResponse(Answer):
    """A task instance or a run that holds what somebody waits for."""

    dag_id: str
    dag_run_id: str
    task_id: str | None
    map_index: int
    state: str
    since: datetime | None


class ConditionResponse(Answer):
    """Something that must be true first and is not."""

    name: str
    text: str
    said: PhraseResponse | None
    """`text` as data; null when it is text only."""
    holders: list[HolderResponse]
    """The first of them, longest first."""
    held_by: int
    """How many there are."""
    until: datetime | None
    fix: str | None
    fix_said: PhraseResponse | None
    count: int
    """Of a mapped task as a whole: so many of its instances wait for it; else 0."""


class ClauseResponse(Answer):
    """A part of a sentence that says something by itself."""

    text: str
    said: PhraseResponse | None
    """`text` as data."""


class ExplanationResponse(Answer):
    """One plain sentence, and the conditions that are unmet."""

    subject: Literal["dag", "run", "task"]
    dag_id: str
    dag_run_id: str | None
    task_id: str | None
    map_index: int | None
    state: str | None
    since: datetime | None
    sentence: str
    said: PhraseResponse | None
    """`sentence` as data."""
    clauses: list[ClauseResponse]
    """What `sentence` is joined from, of a mapped task as a whole: one for the instances of each kind; else empty."""
    unmet: list[ConditionResponse]


def explanation_answer(found: Explanation) -> ExplanationResponse:
    """From the core's answer."""
    return ExplanationResponse(
        subject=found.subject,
        dag_id=found.dag_id,
        dag_run_id=found.run_id,
        task_id=found.task_id,
        map_index=found.map_index if found.task_id is not None else None,
        state=found.state,
        since=found.since,
        sentence=str(found.sentence),
        said=phrase_answer(found.sentence),
        clauses=[ClauseResponse(text=str(clause), said=phrase_answer(clause)) for clause in found.clauses],
        unmet=[_condition(condition) for condition in found.unmet],
    )


def _condition(condition: Condition) -> ConditionResponse:
    return ConditionResponse(
        name=condition.name,
        text=str(condition.text),
        said=phrase_answer(condition.text),
        holders=[_holder(holder) for holder in condition.holders],
        held_by=condition.held_by,
        until=condition.until,
        fix=str(condition.fix) or None,
        fix_said=phrase_answer(condition.fix),
        count=condition.count,
    )


def _holder(holder: Holder) -> HolderResponse:
    return HolderResponse(
        dag_id=holder.dag_id,
        dag_run_id=holder.run_id,
        task_id=holder.task_id,
        map_index=holder.map_index,
        state=holder.state,
        since=holder.since,
    )
