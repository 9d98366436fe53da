"""What tasks ask people: list, show and answer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import HTTPException, Query

from tradewind.errors import NotFoundError
from tradewind.server.api.responses import errors
from tradewind.server.api.router import api_router
from tradewind.server.api.task_instances import found_task_instance
from tradewind.server.auth import USER, VIEWER, User
from tradewind.server.context import Context, ServerContext
from tradewind.server.models.hitl import (
    HITLDetail,
    HITLDetailCollection,
    HITLDetailHistory,
    HITLDetailResponse,
    HITLUser,
    UpdateHITLDetailPayload,
    question_answer,
    question_fields,
)
from tradewind.server.models.task_instances import try_answer
from tradewind.server.params import (
    MAX_INT,
    DagId,
    MapIndexPath,
    Paged,
    Pattern,
    RunId,
    TaskId,
    one_or_all,
    pattern,
    within,
)
from tradewind.spec.states import TaskInstanceState
from tradewind.store.questions import Answer, NotAskedError, QuestionFilter
from tradewind.store.reads import Range, Row

router = api_router("Task Instance", VIEWER)
answering = api_router("Task Instance", USER)
_ONE = "/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails"
Names = Annotated[list[str] | None, Query(max_length=200)]
State = TaskInstanceState | Literal["none", "no_status"]


def _question(context: ServerContext, instance: Row, try_number: int) -> Row:
    found = context.store.questions.of(instance["id"], try_number)
    if found is None:
        raise NotFoundError(f"task {instance['task_id']!r} of run {instance['run_id']!r} asked nothing")
    return found


@router.get("/dags/{dag_id}/dagRuns/{dag_run_id}/hitlDetails", responses=errors())
def get_hitl_details(
    context: Context,
    dag_id: DagId,
    dag_run_id: RunId,
    page: Paged,
    dags: Annotated[Pattern, pattern("dag_id")],
    tasks: Annotated[Pattern, pattern("task_id")],
    created_at: Annotated[Range, within("created_at")],
    task_id: str | None = None,
    map_index: Annotated[int | None, Query(ge=-1, le=MAX_INT)] = None,
    state: Annotated[list[State] | None, Query()] = None,
    response_received: bool | None = None,
    responded_by_user_id: Names = None,
    responded_by_user_name: Names = None,
    subject_search: Annotated[str | None, Query(max_length=2000)] = None,
    body_search: Annotated[str | None, Query(max_length=2000)] = None,
) -> HITLDetailCollection:
    """What tasks ask in their present try; `~` stands for all DAGs, or all runs."""
    rows = context.store.questions.page(
        QuestionFilter(
            dag_ids=one_or_all(dag_id),
            run_ids=one_or_all(dag_run_id),
            task_ids=None if task_id is None else [task_id],
            map_indexes=None if map_index is None else [map_index],
            states=None if state is None else [None if item in ("none", "no_status") else str(item) for item in state],
            answered=response_received,
            by_ids=responded_by_user_id,
            by_names=responded_by_user_name,
            subject=subject_search,
            body=body_search,
            dag_id_pattern=dags.pattern,
            dag_id_prefix=dags.prefix,
            task_id_pattern=tasks.pattern,
            task_id_prefix=tasks.prefix,
            created_at=created_at,
        ),
        page,
    )
    answers = [question_answer(row, row["task_instance"]) for row in rows.items]
    return HITLDetailCollection(hitl_details=answers, total_entries=rows.total)


@router.get(_ONE, responses=errors(404))
def get_hitl_detail(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndexPath
) -> HITLDetail:
    """What a task instance asks in its present try."""
    instance = found_task_instance(context, dag_id, dag_run_id, task_id, map_index)
    return question_answer(_question(context, instance, instance["try_number"]), instance)


@router.get(_ONE + "/tries/{try_number}", responses=errors(404))
def get_hitl_detail_try_detail(
    context: Context, dag_id: DagId, dag_run_id: RunId, task_id: TaskId, map_index: MapIndexPath, try_number: int
) -> HITLDetailHistory:
    """What a task instance asked in one of its tries."""
    instance = found_task_instance(context, dag_id, dag_run_id, task_id, map_index)
    question = _question(context, instance, try_number)
    attempts = context.store.reads.task_instances.attempts_of_try(instance["id"], try_number)
    return HITLDetailHistory(**question_fields(question), task_instance=try_answer(instance, attempts))


@answering.patch(_ONE, responses=errors(404, 409))
def update_hitl_detail(
    context: Context,
    user: User,
    dag_id: DagId,
    dag_run_id: RunId,
    task_id: TaskId,
    map_index: MapIndexPath,
    body: UpdateHITLDetailPayload,
) -> HITLDetailResponse:
    """Answer what a task asks; it goes on at once.  There is one answer, and only those who were asked may give it."""
    try:
        row = context.store.questions.answer(
            Answer(
                dag_id=dag_id,
                run_id=dag_run_id,
                task_id=task_id,
                map_index=map_index,
                chosen=body.chosen_options,
                params=body.params_input,
                user_id=user.username,
                user_name=user.username,
                anybody=context.no_auth,
            ),
            context.now(),
        )
    except NotAskedError as error:
        raise HTTPException(403, str(error)) from None
    return HITLDetailResponse(
        responded_by=HITLUser(id=row["responded_by_id"], name=row["responded_by_name"]),
        responded_at=row["responded_at"],
        chosen_options=row["chosen_options"],
        params_input=row["params_input"],
    )
