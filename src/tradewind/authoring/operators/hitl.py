"""Operators that ask people and wait for the answer without a slot.

Airflow: `airflow.providers.standard.operators.hitl`.  `upsert_hitl_detail` is also `airflow.sdk.execution_time.hitl`'s,
for the provider package itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar, TypedDict
from urllib.parse import quote, urlencode

from tradewind.authoring import comms
from tradewind.authoring.addresses import run_url
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operators.branch import BranchMixIn, SkipMixin, downstream_of
from tradewind.authoring.params import Param, ParamsDict, check_schema
from tradewind.authoring.problems import ArgumentValueError
from tradewind.errors import (
    HITLRejectException,
    HITLTimeoutError,
    HITLTriggerEventError,
    ParamValidationError,
    TaskAwaitingInput,
)


class HITLUser(TypedDict):
    """Somebody who may answer."""

    id: str
    name: str


def upsert_hitl_detail(
    ti_id: Any,
    options: Iterable[str],
    subject: str,
    body: str | None = None,
    defaults: Iterable[str] | None = None,
    multiple: bool = False,
    params: Mapping[str, Any] | None = None,
    assigned_users: Iterable[Mapping[str, str]] | None = None,
) -> None:
    """Write what a task instance asks.  Asking again replaces a question that nobody answered."""
    from tradewind.spec import wire  # msgspec: not needed to define a DAG

    comms.request(
        wire.AskPeople(
            ti_id=str(ti_id),
            subject=subject,
            options=tuple(options),
            body=body,
            defaults=None if defaults is None else tuple(defaults),
            multiple=multiple,
            params=dict(params or {}),
            assigned_users=tuple({"id": str(user["id"]), "name": str(user["name"])} for user in assigned_users or ()),
        )
    )


class HITLOperator(BaseOperator):
    """Asks people to choose among `options`, and to fill in `params`; the answer is the result of the task."""

    template_fields: Collection[str] = ("subject", "body")
    ui_color = "#fff3cd"

    def __init__(
        self,
        *,
        subject: str,
        options: Sequence[str],
        body: str | None = None,
        defaults: str | Sequence[str] | None = None,
        multiple: bool = False,
        params: Mapping[str, Any] | ParamsDict | None = None,
        notifiers: Any = None,
        assigned_users: HITLUser | Sequence[HITLUser] | None = None,
        response_timeout: dt.timedelta | None = None,
        **kwargs: Any,
    ) -> None:
        """Without an answer within `response_timeout` the task goes on with `defaults`, or fails.  Raises ValueError
        (as DagAuthoringError) for options, defaults or params that contradict each other."""
        super().__init__(**kwargs)
        self.subject, self.body = subject, body
        self.options = list(options or ())
        self.defaults = [defaults] if isinstance(defaults, str) else None if defaults is None else list(defaults)
        self.multiple = multiple
        self.params = params if isinstance(params, ParamsDict) else ParamsDict(params)
        self.notifiers = [] if notifiers is None else notifiers if isinstance(notifiers, list | tuple) else [notifiers]
        self.assigned_users: Any = [assigned_users] if isinstance(assigned_users, Mapping) else assigned_users
        if response_timeout is None and self.execution_timeout is not None:
            # the older providers' way to say it; as an execution timeout it would never be reached
            response_timeout, self.execution_timeout = self.execution_timeout, None
        self.response_timeout = response_timeout
        self.hitl_summary_extra: dict[str, Any] = {}
        self.validate_options()
        self.validate_params()
        self.validate_defaults()

    # --- what is asked ----------------------------------------------------------------------------------------

    def validate_options(self) -> None:
        """Raises ValueError without options."""
        if not self.options:
            raise ArgumentValueError(f"task {self.task_id!r} asks without options", fix='write options=["Yes", "No"]')

    def validate_params(self) -> None:
        """Raises ValueError for a param with a reserved name."""
        if "_options" in self.params:
            raise ArgumentValueError(
                f"task {self.task_id!r}: a param cannot be named '_options'", fix="give it another name"
            )

    def validate_defaults(self) -> None:
        """Raises ValueError for defaults that nobody could choose."""
        if self.defaults is None:
            return
        unknown = [item for item in self.defaults if item not in self.options]
        if unknown:
            raise ArgumentValueError(
                f"task {self.task_id!r}: the defaults {unknown} are not among the options {self.options}",
                fix="name options only",
            )
        if not self.multiple and len(self.defaults) > 1:
            raise ArgumentValueError(
                f"task {self.task_id!r} has {len(self.defaults)} defaults, but one option may be chosen",
                fix="set multiple=True or give one default",
            )

    @property
    def serialized_params(self) -> dict[str, dict[str, Any]]:
        """The params as the form shows them."""
        return {name: _dumped(param) for name, param in self.params.items()}

    @property
    def hitl_summary(self) -> dict[str, Any]:
        """What is asked, and what came of it, in one dict: for listeners."""
        return {
            "subject": self.subject,
            "body": self.body,
            "options": self.options,
            "defaults": self.defaults,
            "multiple": self.multiple,
            "assigned_users": self.assigned_users,
            "serialized_params": self.serialized_params or None,
            **self.hitl_summary_extra,
        }

    def execute(self, context: Any) -> Any:
        """Write the question, tell the notifiers, and wait.  Raises `TaskAwaitingInput`."""
        upsert_hitl_detail(
            ti_id=context["ti"].id,
            options=self.options,
            subject=self.subject,
            body=self.body,
            defaults=self.defaults,
            multiple=self.multiple,
            params=self.serialized_params,
            assigned_users=self.assigned_users,
        )
        self.log.info("waiting for an answer to: %s", self.subject)
        for notifier in self.notifiers:
            notifier(context)
        raise TaskAwaitingInput(method_name="execute_complete", timeout=self.response_timeout)

    # --- what is answered -------------------------------------------------------------------------------------

    def execute_complete(self, context: Any, event: Mapping[str, Any]) -> Any:
        """Go on with the answer.  Raises `HITLTimeoutError`, and ValueError or ParamValidationError for an answer that
        does not fit."""
        if "error" in event:
            self.process_trigger_event_error(event)
        chosen, given = list(event["chosen_options"]), dict(event["params_input"] or {})
        self.validate_chosen_options(chosen)
        self.validate_params_input(given)
        answer = {
            "chosen_options": chosen,
            "params_input": given,
            "responded_at": event["responded_at"],
            "responded_by_user": event["responded_by_user"],
        }
        self.hitl_summary_extra.update(answer)
        return answer

    def process_trigger_event_error(self, event: Mapping[str, Any]) -> None:
        """Raise the error that an event is."""
        raise (HITLTimeoutError if event["error_type"] == "timeout" else HITLTriggerEventError)(event["error"])

    def validate_chosen_options(self, chosen_options: Sequence[str]) -> None:
        """Raises ValueError for an answer that is not among the options."""
        unknown = [item for item in chosen_options if item not in self.options]
        if unknown:
            raise ValueError(f"the answer {unknown} is not among the options {self.options}")

    def validate_params_input(self, params_input: Mapping[str, Any]) -> None:
        """Raises ValueError for other params than were asked for, ParamValidationError for values that do not match."""
        if self.params and params_input and set(params_input) != set(self.params):
            raise ValueError(f"the answer fills in {sorted(params_input)}, but {sorted(self.params)} were asked for")
        for name, param in self.params.items():
            if name in params_input and (problem := check_schema(params_input[name], _dumped(param)["schema"])):
                raise ParamValidationError(f"param {name!r}: {problem}")

    # --- where it is answered ---------------------------------------------------------------------------------

    def generate_link_to_ui(
        self,
        *,
        task_instance: Any,
        base_url: str | None = None,
        options: str | Sequence[str] | None = None,
        params_input: Mapping[str, Any] | None = None,
    ) -> str:
        """The address where it is answered, with an answer filled in if given.  Raises ValueError for an answer that
        could not be given."""
        chosen = [options] if isinstance(options, str) else list(options or ())
        self.validate_chosen_options(chosen)
        unknown = sorted(set(params_input or ()) - set(self.params))
        if unknown:
            raise ValueError(f"{unknown} are not params of task {self.task_id!r}")
        query: dict[str, Any] = {"_options": chosen} if chosen else {}
        query.update(params_input or {}, map_index=task_instance.map_index)
        run = run_url(task_instance.dag_id, task_instance.run_id, base_url)
        return f"{run}/tasks/{quote(task_instance.task_id, safe='')}/required_actions?{urlencode(query)}"

    @staticmethod
    def generate_link_to_ui_from_context(
        *,
        context: Any,
        base_url: str | None = None,
        options: Sequence[str] | None = None,
        params_input: Mapping[str, Any] | None = None,
    ) -> str:
        """As `generate_link_to_ui`, for the task of a context: for notifiers."""
        task = context["task"]
        if not isinstance(task, HITLOperator):
            raise ValueError(f"task {task.task_id!r} asks nobody")
        return task.generate_link_to_ui(
            task_instance=context["task_instance"], base_url=base_url, options=options, params_input=params_input
        )


class ApprovalOperator(HITLOperator, SkipMixin):
    """Asks for approval; on a rejection the tasks after it are skipped, or it fails."""

    FIXED_ARGS: ClassVar[list[str]] = ["options", "multiple"]
    APPROVE = "Approve"
    REJECT = "Reject"

    def __init__(
        self, *, ignore_downstream_trigger_rules: bool = False, fail_on_reject: bool = False, **kwargs: Any
    ) -> None:
        """`ignore_downstream_trigger_rules`: all tasks below are skipped, not only the next ones."""
        for name in self.FIXED_ARGS:
            if name in kwargs:
                raise ArgumentValueError(f"{name} of an ApprovalOperator is fixed", fix=f"leave {name} out")
        super().__init__(options=[self.APPROVE, self.REJECT], multiple=False, **kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules
        self.fail_on_reject = fail_on_reject

    def execute_complete(self, context: Any, event: Mapping[str, Any]) -> Any:
        """Go on, skip, or raise `HITLRejectException`."""
        answer = super().execute_complete(context, event)
        approved = answer["chosen_options"][0] == self.APPROVE
        self.hitl_summary_extra["approved"] = approved
        if approved:
            return answer
        if self.fail_on_reject:
            raise HITLRejectException(f"task {self.task_id!r} was rejected")
        task = context["task"]
        below = downstream_of(task, direct_only=not self.ignore_downstream_trigger_rules)
        self.skip(context["ti"], [other for other in map(task.dag.get_task, below) if not other.is_teardown])
        return answer


class HITLBranchOperator(HITLOperator, BranchMixIn):
    """Asks with which tasks to go on; `options_mapping` says which task an option stands for."""

    def __init__(self, *, options_mapping: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.options_mapping: dict[str, Any] = dict(options_mapping or {})
        self.validate_options_mapping()

    def validate_options_mapping(self) -> None:
        """Raises ValueError for a mapping of something that is no option, or to something that is no text."""
        unknown = sorted(set(self.options_mapping) - set(self.options))
        if unknown:
            raise ArgumentValueError(
                f"task {self.task_id!r}: options_mapping has {unknown}, which are not among the options",
                fix="map options only",
            )
        wrong = {option: value for option, value in self.options_mapping.items() if not isinstance(value, str)}
        if wrong:
            raise ArgumentValueError(
                f"task {self.task_id!r}: options_mapping maps to what is no task id: {wrong}", fix="give task ids"
            )

    def execute_complete(self, context: Any, event: Mapping[str, Any]) -> Any:
        """Skip what was not chosen; returns the chosen task ids."""
        answer = super().execute_complete(context, event)
        branches = [self.options_mapping.get(option, option) for option in answer["chosen_options"]]
        self.hitl_summary_extra["branches_to_execute"] = branches
        return self.do_branch(context, branches)


class HITLEntryOperator(HITLOperator):
    """Asks people to fill in `params`; there is one option, OK, unless others are given."""

    OK = "OK"

    def __init__(self, **kwargs: Any) -> None:
        if "options" not in kwargs:
            kwargs["options"] = [self.OK]
            kwargs.setdefault("defaults", [self.OK])
        super().__init__(**kwargs)


def _dumped(param: Param) -> dict[str, Any]:
    """A param as the form shows it."""
    value = param.value if param.has_value else None
    return {"value": value, "description": param.description, "schema": dict(param.schema)}
