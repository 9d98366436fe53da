"""Retry policies: what becomes of a failed try depends on its exception.

Airflow: `ExceptionRetryPolicy`, `RetryRule` and their kin of `airflow.sdk`.  A policy is asked in the worker, with the
exception in hand; the scheduler only sees what it decided.  It can end a task early or choose the delay, and never
gives more tries than `retries` allows.
"""

from __future__ import annotations

import abc
import datetime as dt
import enum
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tradewind.authoring.module_loading import import_string
from tradewind.authoring.problems import ArgumentTypeError, ArgumentValueError

_log = logging.getLogger("airflow.task")

ExceptionSpec = type[BaseException] | str
"""An exception class, or its dotted import path."""


class RetryAction(enum.Enum):
    """What to do after a failure."""

    RETRY = "retry"
    """Try again, if a retry is left."""
    FAIL = "fail"
    """End the task as failed, whatever retries are left."""
    DEFAULT = "default"
    """As without a policy."""


@dataclass(frozen=True)
class RetryDecision:
    """What a policy decided.  `retry_delay` replaces the task's own delay this once; None keeps it."""

    action: RetryAction = RetryAction.DEFAULT
    retry_delay: dt.timedelta | None = None
    reason: str | None = None

    @classmethod
    def fail(cls, reason: str | None = None) -> RetryDecision:
        """No further try."""
        return cls(RetryAction.FAIL, None, reason)

    @classmethod
    def retry(cls, delay: dt.timedelta | None = None, reason: str | None = None) -> RetryDecision:
        """Another try, after `delay` if given."""
        return cls(RetryAction.RETRY, delay, reason)

    @classmethod
    def default(cls) -> RetryDecision:
        """As without a policy."""
        return cls()


class RetryPolicy(abc.ABC):
    """Base of policies: subclasses implement `evaluate`."""

    @abc.abstractmethod
    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        """Decide about a failed try.

        `try_number` counts from 1, `max_tries` is the task's number of retries.  It is not asked about
        AirflowFailException and AirflowSensorTimeout, which are always final.
        """


@dataclass
class RetryRule:
    """What to do about some exceptions: a class, its dotted path, or a list of those.

    With `match_subclasses` false only exactly these classes match.
    """

    exception: ExceptionSpec | Sequence[ExceptionSpec]
    action: RetryAction = RetryAction.RETRY
    retry_delay: dt.timedelta | None = None
    reason: str | None = None
    match_subclasses: bool = True

    def __post_init__(self) -> None:
        for wanted in self._wanted():
            if isinstance(wanted, str) and "." not in wanted.strip("."):
                raise ArgumentValueError(
                    f"RetryRule: exception={wanted!r} is no dotted path of a class",
                    fix=f'write exception="builtins.{wanted or "ValueError"}", or give the class',
                )
            if not isinstance(wanted, str) and not _is_exception(wanted):
                raise ArgumentTypeError(
                    f"RetryRule: exception={wanted!r} is no exception class",
                    fix="give a class such as ConnectionError, or its dotted path",
                )
        if not isinstance(self.action, RetryAction):
            raise ArgumentTypeError(
                f"RetryRule: action={self.action!r} is no RetryAction", fix="write action=RetryAction.FAIL"
            )

    def matches(self, exc: BaseException) -> bool:
        """Whether the exception is one of the rule's; a path that cannot be imported matches nothing, and is logged."""
        classes = tuple(found for wanted in self._wanted() if (found := _resolve(wanted)) is not None)
        return isinstance(exc, classes) if self.match_subclasses else type(exc) in classes

    @property
    def exception_path(self) -> str:
        """The classes as dotted paths, with commas between them."""
        paths = (
            wanted if isinstance(wanted, str) else f"{wanted.__module__}.{wanted.__qualname__}"
            for wanted in self._wanted()
        )
        return ",".join(paths)

    def _wanted(self) -> list[ExceptionSpec]:
        given = self.exception
        return [given] if isinstance(given, str | type) or not isinstance(given, Sequence) else list(given)


class ExceptionRetryPolicy(RetryPolicy):
    """Rules in order: the first that matches decides; where none does, `default`."""

    def __init__(self, rules: Sequence[RetryRule], default: RetryAction = RetryAction.DEFAULT) -> None:
        self.rules = list(rules)
        self.default = default

    def evaluate(self, exception: BaseException, try_number: int, max_tries: int, context: Any = None) -> RetryDecision:
        """The decision of the first rule that matches."""
        for rule in self.rules:
            if rule.matches(exception):
                reason = rule.reason or f"the rule for {rule.exception_path} matched"
                return RetryDecision(rule.action, rule.retry_delay, reason)
        return RetryDecision(self.default)


def _resolve(wanted: ExceptionSpec) -> type[BaseException] | None:
    if not isinstance(wanted, str):
        return wanted
    try:
        found = import_string(wanted)
    except ImportError as error:
        _log.warning("a retry rule names %r, which cannot be imported and matches nothing: %s", wanted, error)
        return None
    return found if _is_exception(found) else None


def _is_exception(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseException)


def check_policy(where: str, value: Any) -> Any:
    """A policy as given, or None.  Raises `ArgumentTypeError`."""
    if value is not None and not callable(getattr(value, "evaluate", None)):
        raise ArgumentTypeError(
            f"{where}: retry_policy={value!r} is no retry policy",
            fix="give an ExceptionRetryPolicy, or an object of a subclass of RetryPolicy",
        )
    return value
