"""What tasks ask people, for those who answer: the most urgent first, with what happens when nobody does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Query

from tradewind.server.api.responses import errors
from tradewind.server.auth import Principal, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.drawing.common import router as make_router
from tradewind.server.models.common import Answer
from tradewind.server.models.hitl import HITLDetail, question_answer
from tradewind.server.params import Cursor
from tradewind.store.questions import QuestionFilter
from tradewind.store.reads import Page, Row

router = make_router()
OnTimeout = Literal["defaults", "retry", "fail"]


class QuestionPart(Answer):
    """A question, and how urgent it is."""

    detail: HITLDetail
    due_at: datetime | None
    """When it is too late for an answer; null: never, or the question is over."""
    on_timeout: OnTimeout | None
    """What happens then: its `defaults` count as the answer, the task fails and tries (asks) again, or fails."""
    may_answer: bool
    """Whoever asks may answer it: may run the DAG, and is among those who were asked."""


class QuestionsResponse(Answer):
    """A page of questions."""

    position: int
    now: datetime
    questions: list[QuestionPart]
    next_cursor: str | None
    previous_cursor: str | None


@router.get("/questions", responses=errors())
def list_questions(
    context: Context,
    user: User,
    answered: Annotated[bool, Query(description="Those that were answered, the newest question first.")] = False,
    cursor: Cursor = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> QuestionsResponse:
    """What waits for an answer of people, what is due first at the top; or what was answered."""
    position = context.store.reads.changes.position()
    which = QuestionFilter(answered=True) if answered else QuestionFilter(waiting=True)
    order = ("-created_at",) if answered else ("due_at", "created_at")
    page = context.store.questions.page(which, Page(limit, order_by=order, cursor=cursor or ""))
    return QuestionsResponse(
        position=position,
        now=context.now(),
        questions=[_part(context, user, row) for row in page.items],
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
    )


def _part(context: ServerContext, user: Principal, row: Row) -> QuestionPart:
    instance = row["task_instance"]
    due_at = row["next_at"] if row["responded_at"] is None else None
    return QuestionPart(
        detail=question_answer(row, instance),
        due_at=due_at,
        on_timeout=None if due_at is None else on_timeout(row["defaults"], instance),
        may_answer=may_answer(context, user, instance["dag_id"], [person["id"] for person in row["assigned_users"]]),
    )


def on_timeout(defaults: list[str] | None, instance: Row) -> OnTimeout:
    """What happens when nobody answers in time; `instance` has `try_number` and `max_tries`."""
    if defaults is not None:
        return "defaults"
    return "retry" if instance["try_number"] <= instance["max_tries"] else "fail"


def may_answer(context: ServerContext, user: Principal, dag_id: str, asked: list[str]) -> bool:
    """As `store.questions` decides when the answer comes."""
    return user.runs(dag_id) and (not asked or context.no_auth or user.username in asked)
